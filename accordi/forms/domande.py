"""The draft's form: the call's own questions beside what every application says."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accordi.composizione import dichiarazioni_chieste
from accordi.domande import Domanda, leggi, sezioni, vuota
from accordi.models import Istanza

PREFISSO = "d-"


class IstanzaForm(forms.Form):
    """The draft: everything may stay unfinished until it is presented.

    Always bound: to what was sent, or to what the draft holds, so that an answer that
    can't be read yet comes back as it was typed, with what is wrong beside it.
    """

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

    def __init__(self, dati: Any = None, *, istanza: Istanza) -> None:
        super().__init__(dati_di(istanza) if dati is None else dati)
        self.sezioni = sezioni(istanza.avviso.domande)
        self.domande = {PREFISSO + d.id: d for s in self.sezioni for d in s.domande}
        if "dote" not in dichiarazioni_chieste(istanza.avviso.regola_composizione):
            del self.fields["dichiarazione_dote"]
        for nome, domanda in self.domande.items():
            self.fields[nome] = _campo(domanda, self._grezzo(nome, domanda))

    def _grezzo(self, nome: str, domanda: Domanda) -> str | list[str]:
        """What was typed, as it was."""
        if domanda.tipo != "piu_scelte":
            return self.data.get(nome) or ""
        return self.data.getlist(nome) if hasattr(self.data, "getlist") else self.data.get(nome) or []

    @property
    def risposte(self) -> dict[str, str | list[str]]:
        """Answers as typed, by question; one that the browser didn't send is empty."""
        return {domanda.id: self._grezzo(nome, domanda) for nome, domanda in self.domande.items()}

    def clean(self) -> None:
        for nome, domanda in self.domande.items():
            grezzo = self._grezzo(nome, domanda)
            if nome in self.errors or vuota(grezzo):
                continue
            try:
                leggi(domanda, grezzo)
            except ValidationError as errore:
                self.add_error(nome, errore)

    def per_sezioni(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(title, fields) of the call's questions."""
        for sezione in self.sezioni:
            yield sezione.titolo, [self[PREFISSO + d.id] for d in sezione.domande]

    def comuni(self) -> list[forms.BoundField]:
        return [self["motivazione"]]

    def dichiarazioni(self) -> list[forms.BoundField]:
        return [self[n] for n in ("dichiarazione_dote", "dichiarazione_poteri") if n in self.fields]


def dati_di(istanza: Istanza) -> dict[str, Any]:
    """What the draft holds, as if it had been sent."""
    return {
        "motivazione": istanza.motivazione,
        "dichiarazione_dote": istanza.dichiarazione_dote,
        "dichiarazione_poteri": istanza.dichiarazione_poteri,
    } | {PREFISSO + chiave: valore for chiave, valore in istanza.risposte.items()}


class _SceltePiu(forms.CheckboxSelectMultiple):
    use_fieldset = True


class _Libero(forms.Field):
    """Takes whatever was typed: `leggi` judges it."""


def _campo(domanda: Domanda, grezzo: str | list[str]) -> forms.Field:
    etichetta = domanda.testo if domanda.obbligatoria else _t("%s (facoltativa)") % domanda.testo
    return _Libero(label=etichetta, help_text=domanda.aiuto, required=False, widget=_widget(domanda, grezzo))


def _widget(domanda: Domanda, grezzo: str | list[str]) -> forms.Widget:
    scelte = [(s, s) for s in domanda.scelte]
    match domanda.tipo:
        case "testo_lungo":
            return forms.Textarea(attrs={"rows": 5})
        case "numero":
            return forms.TextInput(attrs={"inputmode": "numeric", "class": "campo-corto"})
        case "importo":
            return forms.TextInput(attrs={"inputmode": "decimal", "class": "campo-corto"})
        case "data":
            return _widget_data(domanda, str(grezzo))
        case "si_no":
            return forms.RadioSelect(choices=[("si", _t("Sì")), ("no", _t("No"))])
        case "scelta":
            return forms.RadioSelect(choices=scelte)
        case "piu_scelte":
            return _SceltePiu(choices=scelte)
    return forms.TextInput()


def _widget_data(domanda: Domanda, grezzo: str) -> forms.Widget:
    """The browser's own date field, unless it would hide what was typed because it can't show it."""
    classe = {"class": "campo-corto"}
    return (
        forms.TextInput(attrs=classe)
        if grezzo and grezzo[4:5] != "-"
        else forms.DateInput(attrs=classe | {"type": "date"})
    )
