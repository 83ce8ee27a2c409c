"""The file of points to try, and how its new points begin."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from punti_informativi.colonne import RIGHE_MASSIME
from reti.tabella_csv import DIMENSIONE_MASSIMA


class FilePuntiForm(forms.Form):
    """Its content is checked line by line by the service."""

    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("Al massimo 2 MB e %d righe, con i nomi delle colonne nella prima.") % RIGHE_MASSIME,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > DIMENSIONE_MASSIMA:
            raise ValidationError(_("Il file supera 2 MB: dividilo in più file."))
        return file


class ConfermaForm(forms.Form):
    aprire = forms.ChoiceField(
        label=_("I punti nuovi"),
        choices=[
            ("no", _("restano candidati: li verifichi e li apri uno per uno")),
            ("si", _("sono già verificati: vanno subito al pubblico, e gli ospiti ricevono un'email")),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )
