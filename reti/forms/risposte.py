"""Shapes of input on the public face: an answer, the year to look at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.models import Convocazione


class RispostaForm(forms.Form):
    """Yes, no, perhaps, or a delegate with a name."""

    risposta = forms.ChoiceField(
        label=_("La tua risposta"),
        choices=[c for c in Convocazione.Risposta.choices if c[0] != Convocazione.Risposta.ATTESA],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli una risposta.")},
    )
    delegato = forms.CharField(
        label=_("Nome e cognome del delegato"),
        max_length=160,
        required=False,
        help_text=_("Solo se mandi un delegato."),
    )

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("risposta") == Convocazione.Risposta.DELEGA and not dati.get("delegato", "").strip():
            self.add_error("delegato", _("Scrivi il nome di chi partecipa al tuo posto."))
        elif "risposta" in dati and self._delegato_senza_delega(dati):
            self.add_error(
                "delegato",
                _("Hai scritto il nome di un delegato: scegli «Manda un delegato», oppure cancella il nome."),
            )
        return dati

    def _delegato_senza_delega(self, dati: dict[str, Any]) -> bool:
        """A name typed now with another answer; one left from an earlier answer is no contradiction."""
        altra = dati["risposta"] != Convocazione.Risposta.DELEGA
        return altra and bool(dati.get("delegato")) and "delegato" in self.changed_data

    @classmethod
    def di(cls, convocazione: Convocazione, dati: Any = None) -> "RispostaForm":
        """The form filled with the answer given so far."""
        iniziale = {"delegato": convocazione.delegato}
        if convocazione.risposta != Convocazione.Risposta.ATTESA:
            iniziale["risposta"] = convocazione.risposta
        return cls(dati, initial=iniziale)


class AnnoForm(forms.Form):
    """A year among those that have meetings."""

    anno = forms.TypedChoiceField(
        label=_("Anno"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Per l'anno %(value)s non ci sono incontri: scegline uno dall'elenco.")},
    )

    def __init__(self, *args: Any, anni: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(a, str(a)) for a in anni]

    def scelto(self, altrimenti: int) -> int:
        """The chosen year, or `altrimenti` when none or a wrong one was asked."""
        return (self.is_valid() and self.cleaned_data["anno"]) or altrimenti
