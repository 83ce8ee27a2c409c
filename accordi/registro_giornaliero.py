"""The daily register of protocol as a PDF (DPCM 3 December 2013, art. 7). Pure: texts in, bytes out, no database."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core.pdf import componi

MODELLO = Path(__file__).parent / "modelli" / "registro_giornaliero.typ"


@dataclass(frozen=True)
class RegistroGiornaliero:
    """What is printed; `chiuso` is false while the day isn't over."""

    ente: str
    struttura: str
    giorno: str
    chiuso: bool
    testata: Sequence[str]
    righe: Sequence[Sequence[str]]


def in_pdf(registro: RegistroGiornaliero, *, quando: datetime) -> bytes:
    """PDF/A-2a of the day, dated `quando` (aware): the same bytes for the same data and instant."""
    return componi(MODELLO, asdict(registro), pdf_standards="a-2a", timestamp=int(quando.timestamp()))
