"""The body's own protocol register: what every adapter offers. One is chosen by PROTOCOLLO_ADATTATORE.

Ours comes first and stands meanwhile (DPR 445/2000 art. 63): an adapter only carries a
registration over, and never decides a number.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True)
class Registrazione:
    """What is carried over. `chiave` is our own id, the same at every attempt; `riferimento` reads it to people."""

    chiave: str
    numero: int
    anno: int
    data: date
    in_entrata: bool
    oggetto: str
    corrispondente: str
    impronta: str
    riferimento: str
    ente: str
    contenuto: bytes

    @property
    def nome_file(self) -> str:
        return f"raccordo-{self.anno}-{self.numero}.{'pdf' if self.tipo == 'application/pdf' else 'txt'}"

    @property
    def tipo(self) -> str:
        return "application/pdf" if self.contenuto.startswith(b"%PDF-") else "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Ricevuta:
    """The number that the body's register gave; `data` None when it doesn't say."""

    numero: str
    data: date | None
    dati: dict[str, Any] = field(default_factory=dict)


class NonRegistrato(Exception):
    """The service wasn't reached or refused: surely nothing was registered, so asking again is safe."""


class EsitoIncerto(Exception):
    """The request left and no clear answer came back: it may have been registered."""


class Adattatore(Protocol):
    """`ripetibile`: asking twice with the same `chiave` gives the same number, so an uncertain request is repeated."""

    ripetibile: bool

    def registra(self, registrazione: Registrazione) -> Ricevuta:
        """Register and return the body's number; raises NonRegistrato or EsitoIncerto."""
