"""Forms of signing and of public verification."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.validators import valida_file

MASSIMO_FIRMATO = 30 * 1024 * 1024
TROPPO_GRANDE = _("Il file supera 30 MB: il documento preso da qui è molto più piccolo. Controlla quale hai scelto.")
MASSIMO_VERIFICA = 30 * 1024 * 1024


class FirmaForm(forms.Form):
    """What a signatory declares; `impronta` is the fingerprint of the document that the page offered."""

    impronta = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    letto = forms.BooleanField(
        label=_("Ho aperto il documento, l'ho letto e lo firmo"),
        error_messages={"required": _("Per firmare conferma di aver letto il documento.")},
    )
    codice = forms.CharField(
        label=_("Codice"),
        min_length=6,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": _("Scrivi il codice di sei cifre."),
            "min_length": _("Il codice ha sei cifre: scrivile tutte."),
        },
    )

    def clean_codice(self) -> str:
        return self.cleaned_data["codice"].replace(" ", "")


class FirmaEsternaForm(forms.Form):
    """The document as it came out of the signing program; what it is, the content says and not the name."""

    file = forms.FileField(
        label=_("Il file firmato"),
        help_text=_("Quello salvato dal programma di firma, fino a 30 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.p7m,application/pdf,application/pkcs7-mime"}),
        error_messages={
            "required": _("Scegli il file firmato."),
            "empty": _("Il file è vuoto: scegli quello che il programma di firma ha salvato."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MASSIMO_FIRMATO:
            raise forms.ValidationError(TROPPO_GRANDE)
        return file


class VerificaCodiceForm(forms.Form):
    codice = forms.CharField(
        label=_("Codice di verifica"),
        max_length=20,
        help_text=_("È in fondo a ogni pagina del documento: dodici caratteri, per esempio ABCD-2345-EFGH."),
        error_messages={"required": _("Scrivi il codice di verifica.")},
    )

    def clean_codice(self) -> str:
        """Accept small letters, spaces and missing hyphens."""
        grezzo = "".join(c for c in self.cleaned_data["codice"].upper() if c.isalnum())
        return "-".join(grezzo[i : i + 4] for i in range(0, len(grezzo), 4))


class VerificaFileForm(forms.Form):
    file = forms.FileField(
        label=_("Documento PDF o busta .p7m"),
        help_text=_("Il file firmato, fino a 30 MB. Viene controllato e non viene conservato."),
        validators=[valida_file(tipi={"pdf": b"%PDF-", "p7m": b""}, massimo=MASSIMO_VERIFICA)],
        widget=forms.FileInput(attrs={"accept": ".pdf,.p7m,application/pdf,application/pkcs7-mime"}),
        error_messages={"required": _("Scegli il file da verificare.")},
    )
