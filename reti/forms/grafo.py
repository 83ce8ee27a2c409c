"""Filters of the network, in the URL."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from reti.grafo import Filtro
from reti.models import Comune, Soggetto
from reti.queries.grafo import TIPI_ARCO


def comuni_con_sedi() -> list[tuple[str, str]]:
    """(ISTAT code, name) of every comune where a body has a seat."""
    return list(Comune.objects.filter(sedi__isnull=False).distinct().values_list("codice_istat", "nome"))


class FiltroReteForm(forms.Form):
    """An invalid filter is said and left out; the others hold."""

    al = forms.DateField(
        label=_("La rete al giorno"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Scrivi una data che esiste, come 2023-12-31: intanto vedi la rete di oggi.")},
    )
    natura = forms.ChoiceField(label=_("Natura"), required=False, choices=[("", _("Tutte")), *Soggetto.Natura.choices])
    tipo_arco = forms.ChoiceField(
        label=_("Tipo di legame"), required=False, choices=[("", _("Tutti")), *TIPI_ARCO.items()]
    )
    comune = forms.ChoiceField(label=_("Comune"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].choices = [("", _("Tutti")), *comuni_con_sedi()]
        for campo in ("natura", "tipo_arco", "comune"):
            self.fields[campo].error_messages["invalid_choice"] = _("«%(value)s» non è fra le scelte: l'ho ignorato.")

    def indirizzo(self) -> str:
        """The valid filters as a query string, for links that keep them."""
        valori = {campo: valore for campo, valore in self.cleaned_data.items() if valore}
        return urlencode(valori)

    @property
    def giorno(self) -> date:
        return self.cleaned_data.get("al") or oggi()

    @property
    def filtro(self) -> Filtro:
        scelte = self.cleaned_data
        return Filtro(*(scelte.get(campo, "") for campo in ("natura", "comune", "tipo_arco")))
