"""Shapes of what a person types on the sheet's screens."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errori import Rifiuto
from monitoraggio.models import Fase, Obiettivo
from monitoraggio.services import controlla_data

MASSIMO_DEFINIZIONE = 512 * 1024


def _campo_data(etichetta: Any, **altro: Any) -> forms.DateField:
    # The browser's own date field wants ISO, whatever the language.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=etichetta,
        widget=widget,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Questa non è una data: scrivila come 31/12/2023.")},
        **altro,
    )


class DataSchedaForm(forms.Form):
    """The day of the sheet, in the URL as `al`; empty means the default."""

    al = _campo_data(_("Scheda al giorno"), required=False)

    def __init__(self, *args: Any, obiettivo: Obiettivo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obiettivo = obiettivo

    def clean_al(self) -> Any:
        if al := self.cleaned_data["al"]:
            controlla_data(self.obiettivo, al)
        return al


class ValoreForm(forms.Form):
    """A value entered by hand, with its evidence."""

    valore = forms.DecimalField(
        label=_("Valore raggiunto"), max_digits=12, decimal_places=2, min_value=Decimal(0), localize=True
    )
    al = _campo_data(_("Riferito al giorno"))
    nota = forms.CharField(
        label=_("Nota"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Da dove viene il numero e dove si trova la prova."),
    )


class FaseForm(forms.Form):
    """What happened of a phase."""

    inizio_effettivo = _campo_data(_("Iniziata il"), required=False)
    fine_effettiva = _campo_data(_("Conclusa il"), required=False)
    avanzamento = forms.IntegerField(
        label=_("Avanzamento in percento"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("100 soltanto se la fase è conclusa."),
    )

    @classmethod
    def valori_di(cls, fase: Fase) -> dict[str, Any]:
        """Initial values."""
        return {nome: getattr(fase, nome) for nome in cls.base_fields}


class CongelaForm(forms.Form):
    """Freeze the sheet as of a day."""

    al = _campo_data(_("Scheda al giorno"))
    nota = forms.CharField(
        label=_("Nota"), max_length=255, required=False, help_text=_("Per esempio: consegna al Nucleo di valutazione.")
    )


class ImportaForm(forms.Form):
    """A definition of an objective as a JSON file."""

    definizione = forms.FileField(
        label=_("Definizione (file JSON)"), help_text=_("Il formato è descritto in docs/peg.md.")
    )
    consegna_entro = _campo_data(_("Scheda da consegnare entro"), required=False)

    def clean_definizione(self) -> dict[str, Any]:
        file = self.cleaned_data["definizione"]
        if file.size > MASSIMO_DEFINIZIONE:
            raise ValidationError(
                _("Il file supera 512 kB: una scheda è molto più piccola. Controlla di averlo scelto giusto.")
            )
        try:
            letta = json.loads(file.read().decode("utf-8-sig"))
        except ValueError:
            raise ValidationError(_("Il file non è JSON valido: esportalo di nuovo e riprova."))
        if not isinstance(letta, dict):
            raise Rifiuto(_("Il file dev'essere una sola scheda, con «obiettivo», «fasi» e «indicatori»."))
        return letta


class CopiaForm(forms.Form):
    """The same objective for another year."""

    anno = forms.IntegerField(label=_("Anno della nuova scheda"), min_value=2000, max_value=2099)
    consegna_entro = _campo_data(_("Scheda da consegnare entro"), required=False)
