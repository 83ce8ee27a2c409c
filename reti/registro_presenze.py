"""The register of who was there, as a PDF to sign by pen (R22). Pure: texts in, bytes out, no database.

Typst composes it, tagged and PDF/A-2a. Before the meeting its rows are empty; after it they carry what the
roll has, and only who was in the room signs.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core.pdf import componi

MODELLO = Path(__file__).parent / "modelli" / "registro.typ"
RIGHE_PER_OSPITI = 5  # left empty for guests, when the register is filled by pen


@dataclass(frozen=True)
class RigaRegistro:
    """One seat or guest. `firma`: what stands in the box instead of a signature; empty leaves it to the pen."""

    ente: str
    ruolo: str = ""
    persona: str = ""
    arrivo: str = ""
    uscita: str = ""
    firma: str = ""


@dataclass(frozen=True)
class Sezione:
    """The seats of one board, with the sentence of its quorum."""

    tavolo: str
    righe: Sequence[RigaRegistro]
    quorum: str = ""


@dataclass(frozen=True)
class Registro:
    """What is printed. `compilato`: the roll was taken, so empty rows for guests are not needed."""

    ente: str
    struttura: str
    titolo: str
    quando: str
    luogo: str
    codice: str
    punti: Sequence[str]
    sezioni: Sequence[Sezione]
    ospiti: Sequence[RigaRegistro]
    compilato: bool
    stampato: str


def compone(registro: Registro, *, quando: datetime) -> bytes:
    """The PDF of `registro`, dated `quando` (aware): the same bytes for the same data and instant."""
    vuote = 0 if registro.compilato else RIGHE_PER_OSPITI
    dati = asdict(registro) | {"ospiti_vuoti": vuote}
    return componi(MODELLO, dati, pdf_standards="a-2a", timestamp=int(quando.timestamp()))
