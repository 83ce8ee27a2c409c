"""Forms of the back office on agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.models import ModelloAccordo
from accordi.scelte import TipoAccordo
from core.orologio import oggi
from reti.models import Soggetto


def _data(etichetta: str, **altro: object) -> forms.DateField:
    return forms.DateField(label=etichetta, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **altro)


class BozzaForm(forms.Form):
    """The draft: object, text, determination."""

    titolo = forms.CharField(label=_("Oggetto"), max_length=255)
    testo = forms.CharField(
        label=_("Testo"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Un paragrafo per riga; una riga che comincia con «# » apre un articolo."),
    )
    determina_numero = forms.CharField(
        label=_("Determinazione n."),
        max_length=40,
        required=False,
        help_text=_("Con una parte privata serve prima di mandare in firma."),
    )
    determina_data = _data(_("Determinazione del"), required=False)


class NuovoAccordoForm(BozzaForm):
    """An agreement that no application asks for."""

    tipo = forms.ChoiceField(label=_("Tipo"), choices=TipoAccordo.choices, initial=TipoAccordo.COLLABORAZIONE)
    parti = forms.ModelMultipleChoiceField(
        label=_("Parti"),
        queryset=Soggetto.objects.none(),
        help_text=_("Chi firma con la Provincia. Tieni premuto Ctrl per sceglierne più di una."),
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )
    modello = forms.ModelChoiceField(
        label=_("Modello"),
        queryset=ModelloAccordo.objects.none(),
        required=False,
        empty_label=_("Nessuno: scrivo il testo"),
        help_text=_("Il testo del modello entra nella bozza con i dati delle parti: poi lo puoi correggere."),
    )
    field_order = ("tipo", "titolo", "parti", "modello", "testo", "determina_numero", "determina_data")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parti"].queryset = Soggetto.objects.filter(titolare_piattaforma=False)
        self.fields["modello"].queryset = ModelloAccordo.objects.filter(live=True)
        self.fields["testo"].required = False

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if bool(dati.get("testo", "").strip()) == bool(dati.get("modello")) and "modello" not in self.errors:
            self.add_error("testo", _("Scegli un modello oppure scrivi il testo: uno dei due, non entrambi."))
        return dati


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label=_("Motivo"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Lo leggono le parti.")
    )


class ConfermaForm(forms.Form):
    """A verb that needs no data."""


class AttivazioneForm(forms.Form):
    efficace_dal = _data(_("Efficace dal"), initial=oggi)
    scade_il = _data(_("Scade il"), required=False, help_text=_("Vuoto: senza scadenza."))
    preavviso_giorni = forms.IntegerField(
        label=_("Giorni di preavviso"),
        min_value=0,
        max_value=730,
        required=False,
        help_text=_("Per la disdetta e per il recesso di una parte. Vuoto: quelli già scritti nell'accordo."),
    )


class VersamentoForm(forms.Form):
    """The receipt of the preservation system."""

    versato_il = _data(_("Versato il"), initial=oggi)
    rapporto = forms.CharField(
        label=_("Rapporto di versamento"),
        max_length=200,
        help_text=_("Numero o identificativo della ricevuta del sistema di conservazione."),
    )
