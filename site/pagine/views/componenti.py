"""The pattern page: every component of the public templates, in each of its states."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.scrivania import Ente


class CampiForm(forms.Form):
    """A field of each kind; the page shows it empty and refused."""

    testo = forms.CharField(label=_("Testo"), help_text=_("Un aiuto sotto il campo."))
    lungo = forms.CharField(label=_("Testo lungo"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    scelta = forms.ChoiceField(label=_("Scelta"), choices=[("", "…"), ("a", _("Prima"))])
    una = forms.ChoiceField(label=_("Una sola"), choices=[("a", _("Prima"))], widget=forms.RadioSelect)
    giorno = forms.DateField(label=_("Giorno"), widget=forms.DateInput(attrs={"type": "date"}))
    si = forms.BooleanField(label=_("Sono d'accordo"))


@require_safe
def componenti(request: HttpRequest) -> HttpResponse:
    """For who writes templates and for the automatic check of barriers: in no menu, in no search engine."""
    contesto = {
        "vuoto": CampiForm(prefix="vuoto"),
        "errato": CampiForm({}, prefix="errato"),
        "avvisi": ["info", "success", "warning", "danger"],
        "etichette": ["verde", "gialla", "rossa", "grigia"],
        "bottoni": ["primary", "secondary", "outline-primary", "danger"],
        "enti": [Ente("uno", "Ente uno"), Ente("due", "Ente due")],
        "ente": "uno",
        "pagina": Paginator(range(30), 10).get_page(2),
        "giorno": date(2023, 5, 15),
        "istante": datetime(2023, 5, 15, 12, tzinfo=ZoneInfo("Europe/Rome")),
        "precedenti": [("Sezione", "/")],
    }
    return render(request, "pagine/componenti.html", contesto)
