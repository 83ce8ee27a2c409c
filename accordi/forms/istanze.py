"""Shapes of what people write about applications."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.composizione import dichiarazioni_chieste
from accordi.models import Istanza
from reti.models import Soggetto


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


class IstanzaForm(forms.Form):
    """The draft: everything may stay unfinished until it is presented."""

    motivazione = forms.CharField(
        label=_("Perché partecipate"),
        help_text=_("Che cosa offrite alla rete e a chi vi rivolgete."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
        required=False,
    )
    dichiarazione_dote = forms.BooleanField(
        label=_("Dichiaro che l'operatore accreditato ha preso in carico destinatari di Dote ricollocazione"),
        required=False,
    )
    dichiarazione_poteri = forms.BooleanField(
        label=_("Dichiaro di avere i poteri per impegnare il soggetto che rappresento"),
        help_text=_("Chi dichiara il falso ne risponde per legge (DPR 445/2000, art. 76)."),
        required=False,
    )

    def __init__(self, *args: Any, istanza: Istanza, **kwargs: Any) -> None:
        super().__init__(
            *args,
            initial={
                "motivazione": istanza.motivazione,
                "dichiarazione_dote": istanza.dichiarazione_dote,
                "dichiarazione_poteri": istanza.dichiarazione_poteri,
            },
            **kwargs,
        )
        if "dote" not in dichiarazioni_chieste(istanza.avviso.regola_composizione):
            del self.fields["dichiarazione_dote"]


class RispostaForm(forms.Form):
    """The partner's answer to a request for integration."""

    risposta = forms.CharField(label=_("La tua risposta"), widget=forms.Textarea(attrs={"rows": 5}), max_length=8000)


class RitiroForm(forms.Form):
    motivi = forms.CharField(
        label=_("Perché ritiri l'istanza"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


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


class RespingimentoForm(forms.Form):
    motivi = forms.CharField(
        label=_("Motivi"),
        help_text=_("Il richiedente li riceve per email."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
