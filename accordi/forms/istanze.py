"""Shapes of what people write about applications."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reti.models import Soggetto


class PiuFileInput(forms.FileInput):
    allow_multiple_selected = True


class PiuFileField(forms.FileField):
    """Several files at once; an empty list when there is none."""

    widget = PiuFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(PiuFileField, self).clean(uno, initial) for uno in data or []]


class CandidaturaForm(forms.Form):
    """For which body the person answers the call."""

    soggetto = forms.ModelChoiceField(
        Soggetto.objects.none(),
        to_field_name="slug",
        label=_("Per quale soggetto rispondi"),
        empty_label=None,
        help_text=_("Sono i soggetti per cui oggi puoi presentare istanze."),
    )

    def __init__(self, *args: Any, candidabili: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soggetto"].queryset = candidabili


class RispostaForm(forms.Form):
    """The partner's answer to a request for integration."""

    risposta = forms.CharField(label=_("La tua risposta"), widget=forms.Textarea(attrs={"rows": 5}), max_length=8000)
    file = PiuFileField(
        label=_("File da mandare"),
        help_text=_("Anche più d'uno: PDF, P7M, DOCX, XLSX, JPG o PNG, 20 MB ciascuno."),
        required=False,
    )


class ConfermaForm(forms.Form):
    """A body's own part of another's application."""

    ruolo = forms.CharField(
        label=_("Che cosa fate nella rete"),
        help_text=_("In poche parole: per esempio «orientamento e tirocini»."),
        max_length=80,
        required=False,
    )
    nota = forms.CharField(
        label=_("Nota per il capofila"),
        help_text=_(
            "Se non partecipate, scrivi qui perché: dopo non vedrete più l'istanza, e per rientrare "
            "serve un nuovo invito del capofila."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=255,
        required=False,
    )


class RitiroForm(forms.Form):
    """Definitive, so never by one press alone."""

    certo = forms.BooleanField(
        label=_("Sì, ritiro l'istanza: so che è definitivo"),
        error_messages={"required": _("Per ritirare l'istanza spunta la casella: è definitivo.")},
    )
    motivi = forms.CharField(
        label=_("Perché ritiri l'istanza"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    field_order = ("motivi", "certo")


class PresaInCaricoForm(forms.Form):
    """Nothing to write: who presses becomes the person responsible."""


class IntegrazioneForm(forms.Form):
    richiesta = forms.CharField(
        label=_("Che cosa manca"),
        help_text=_("Il richiedente legge queste parole: di' che cosa serve e come mandarlo."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class AmmissioneForm(forms.Form):
    motivi = forms.CharField(
        label=_("Nota per il richiedente"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )


class PreavvisoForm(forms.Form):
    motivi = forms.CharField(
        label=_("Motivi che impediscono di accogliere l'istanza"),
        help_text=_("Il richiedente li riceve per email e può mandare osservazioni."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class NuovoTentativoForm(forms.Form):
    """Nothing to say: the draft comes from the application."""


class RevocaForm(forms.Form):
    motivi = forms.CharField(
        label=_("Perché l'accordo non si fa"),
        help_text=_("Il richiedente lo riceve per email. Il conteggio dei giorni si ferma oggi."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class RespingimentoForm(forms.Form):
    motivi = forms.CharField(
        label=_("Motivi"),
        help_text=_("Il richiedente li riceve per email. Se ha mandato osservazioni, di' perché non bastano."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
