"""Filters of the public register of agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.queries.pubblicazione import RicercaAccordi, anni_del_registro, enti_del_registro
from accordi.scelte import TipoAccordo

IGNORATA = _("«%(value)s» non è fra le scelte: l'ho ignorato.")


class FiltroRegistroForm(forms.Form):
    """In the URL; a filter that can't be read filters nothing and is said beside its field."""

    q = forms.CharField(
        label=_("Cerca"), max_length=100, required=False, help_text=_("Parole dell'oggetto o di una parte.")
    )
    tipo = forms.ChoiceField(
        label=_("Tipo di accordo"), choices=[("", _("Tutti i tipi")), *TipoAccordo.choices], required=False
    )
    ente = forms.ModelChoiceField(
        None, to_field_name="slug", label=_("Con chi"), required=False, empty_label=_("Tutti i soggetti")
    )
    anno = forms.ChoiceField(label=_("Anno della firma"), required=False)
    in_vigore = forms.DateField(
        label=_("In vigore il"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Scrivi il giorno così: 31/12/2026. Intanto l'ho ignorato.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti_del_registro()
        self.fields["ente"].error_messages["invalid_choice"] = _("Questo soggetto non ha accordi pubblici.")
        self.fields["anno"].choices = [("", _("Tutti gli anni")), *((str(a), a) for a in anni_del_registro())]
        for campo in ("tipo", "anno"):
            self.fields[campo].error_messages["invalid_choice"] = IGNORATA

    @property
    def ricerca(self) -> RicercaAccordi:
        """What may be searched of it, after `is_valid`."""
        return RicercaAccordi(**{c: v for c, v in self.cleaned_data.items() if v})
