"""Shapes of input on the public face: an answer, the year to look at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.models import Convocazione, Sostituto
from reti.queries.inviti import sostituti_per


class RispostaForm(forms.Form):
    """Yes, no, perhaps, or a delegate: one of the seat's substitutes, or anyone with a name (and an address)."""

    risposta = forms.ChoiceField(
        label=_("La tua risposta"),
        choices=[c for c in Convocazione.Risposta.choices if c[0] != Convocazione.Risposta.ATTESA],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli una risposta.")},
    )
    sostituto = forms.ModelChoiceField(
        label=_("Delegato fra i sostituti del seggio"),
        queryset=Sostituto.objects.none(),
        required=False,
        empty_label=_("Un'altra persona, che scrivo qui sotto"),
        error_messages={"invalid_choice": _("Questo sostituto non è più in carica: scegline un altro o scrivi chi.")},
    )
    delegato = forms.CharField(
        label=_("Nome e cognome del delegato"),
        max_length=160,
        required=False,
        help_text=_("Solo se mandi un delegato."),
    )
    delegato_email = forms.EmailField(
        label=_("Email del delegato"),
        required=False,
        help_text=_("Se la scrivi, il delegato riceve l'invito e gli avvisi di cambiamento."),
        error_messages={"invalid": _("Scrivi un indirizzo come nome@ente.it, oppure lascialo vuoto.")},
    )

    # The date that the page showed: an answer given on an old page isn't one for the new date.
    per = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    data_attuale = ""

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("per") and dati["per"] != self.data_attuale:
            self.data = self.data.copy()  # what comes back is for the date that the page now shows
            self.data["per"] = self.data_attuale
            self.add_error(
                None,
                _("Nel frattempo l'incontro ha cambiato data: guarda quella nuova, qui sopra, e rispondi di nuovo."),
            )
        scritto = bool(dati.get("sostituto") or dati.get("delegato", "").strip())
        if dati.get("risposta") == Convocazione.Risposta.DELEGA and not scritto:
            self.add_error("delegato", _("Scrivi il nome di chi partecipa al tuo posto."))
        elif dati.get("sostituto") and dati.get("delegato") and "delegato" in self.changed_data:
            self.add_error("delegato", _("Hai scelto un sostituto e scritto un altro nome: lascia uno dei due."))
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

    def dati(self) -> dict[str, str]:
        """The arguments of `rispondi`: a chosen substitute stands before what is written beside it."""
        scelto = self.cleaned_data.get("sostituto")
        return {
            "risposta": self.cleaned_data["risposta"],
            "delegato": scelto.nome if scelto else self.cleaned_data["delegato"],
            "delegato_email": scelto.email if scelto else self.cleaned_data["delegato_email"],
        }

    @classmethod
    def di(cls, convocazione: Convocazione, dati: Any = None) -> "RispostaForm":
        """The form filled with the answer given so far, with the substitutes in office on the meeting's day."""
        sostituti = sostituti_per(convocazione)
        scelto = next((s for s in sostituti if s.nome == convocazione.delegato), None)
        iniziale: dict[str, Any] = {"sostituto": scelto.pk if scelto else None}
        if not scelto:
            iniziale |= {"delegato": convocazione.delegato, "delegato_email": convocazione.delegato_email}
        if convocazione.risposta != Convocazione.Risposta.ATTESA:
            iniziale["risposta"] = convocazione.risposta
        iniziale["per"] = convocazione.incontro.inizio.isoformat()
        form = cls(dati, initial=iniziale)
        form.data_attuale = iniziale["per"]
        form.fields["sostituto"].queryset = sostituti
        if not sostituti:
            del form.fields["sostituto"]
        return form


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
