"""Search in the register, import of a file, reason of a change of state."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reti.forms.grafo import comuni_con_sedi
from reti.models import Accreditamento, Soggetto
from reti.queries.soggetti import RicercaSoggetti
from reti.tabella_csv import DIMENSIONE_MASSIMA


class RicercaSoggettiForm(forms.Form):
    """Filters of the public register, in the URL; an invalid one is left out."""

    q = forms.CharField(label=_("Cerca"), required=False, max_length=100)
    natura = forms.ChoiceField(label=_("Natura"), required=False, choices=[("", _("Tutte")), *Soggetto.Natura.choices])
    tipo = forms.ChoiceField(label=_("Tipo"), required=False, choices=[("", _("Tutti")), *Soggetto.Tipo.choices])
    comune = forms.ChoiceField(label=_("Comune"), required=False)
    accreditamento = forms.ChoiceField(
        label=_("Accreditamento in vigore"),
        required=False,
        choices=[("", _("Non importa")), *Accreditamento.Registro.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].choices = [("", _("Tutti")), *comuni_con_sedi()]
        for campo in ("natura", "tipo", "comune", "accreditamento"):
            self.fields[campo].error_messages["invalid_choice"] = _("«%(value)s» non è fra le scelte: l'ho ignorato.")

    @property
    def ricerca(self) -> RicercaSoggetti:
        return RicercaSoggetti(**{campo: self.cleaned_data.get(campo, "") for campo in self.fields})


class ImportaForm(forms.Form):
    """The CSV to try: its content is checked line by line by the service."""

    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("Al massimo 2 MB, con i nomi delle colonne nella prima riga."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > DIMENSIONE_MASSIMA:
            raise ValidationError(_("Il file supera 2 MB: dividilo in più file."))
        return file


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Resta nel registro delle operazioni."),
    )
