"""Whether the person in the room may sit there: holder, substitute in office, or somebody with a delegation. Pure."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


def forma(nome: str) -> str:
    """A name as it is compared: no accents, case, punctuation or order of the words."""
    senza = "".join(c for c in unicodedata.normalize("NFKD", nome) if not unicodedata.combining(c))
    parole = "".join(c if c.isalnum() else " " for c in senza.casefold()).split()
    return " ".join(sorted(parole))


class Posizione(StrEnum):
    IGNOTA = "ignota"
    TITOLARE = "titolare"
    SOSTITUTO = "sostituto"
    VERIFICATA = "verificata"
    DA_VERIFICARE = "da_verificare"


FRASI = {
    Posizione.IGNOTA: "",
    Posizione.TITOLARE: _("titolare"),
    Posizione.SOSTITUTO: _("sostituto in carica"),
    Posizione.VERIFICATA: _("delega scritta vista"),
    Posizione.DA_VERIFICARE: _("delega da verificare"),
}


@dataclass(frozen=True)
class Attesa:
    """Who is expected on a seat: the delegate that the answer names, else the holder."""

    titolare: str = ""
    sostituti: Collection[str] = ()
    delegato: str = ""

    @property
    def persona(self) -> str:
        return self.delegato or self.titolare

    @property
    def nomi(self) -> list[str]:
        """Everybody who is expected or may come, each once."""
        return list(dict.fromkeys(n for n in (self.delegato, self.titolare, *self.sostituti) if n))

    def attende(self, nome: str) -> bool:
        """True when `nome` is one of those."""
        return forma(nome) in {forma(n) for n in self.nomi}

    def posizione(self, persona: str, *, delega_vista: bool = False) -> Posizione:
        """By what right `persona` sits there; unknown without a person, or when the seat names no holder."""
        if delega_vista:
            return Posizione.VERIFICATA
        if not persona or not (self.titolare or self.delegato):
            return Posizione.IGNOTA
        if forma(persona) == forma(self.titolare):
            return Posizione.TITOLARE
        if forma(persona) in {forma(s) for s in self.sostituti}:
            return Posizione.SOSTITUTO
        return Posizione.DA_VERIFICARE
