"""Approved minutes as a tagged PDF/A. Pure: texts in, bytes out, the same for the same texts and day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core.pdf import componi

MODELLO = Path(__file__).parent / "modelli" / "verbale.typ"


@dataclass(frozen=True)
class RigaPresenza:
    """One seat, or one guest, as printed; `persona` is empty in the public version."""

    ente: str
    esito: str
    persona: str = ""
    orari: str = ""


@dataclass(frozen=True)
class RigaPunto:
    titolo: str
    esito: str


@dataclass(frozen=True)
class RigaDecisione:
    testo: str
    chi: str
    entro: str


@dataclass(frozen=True)
class DocumentoVerbale:
    """What is printed and what the accessible page shows. `paragrafi`: lists of lines."""

    titolo: str
    tavolo: str
    ente: str
    quando: str
    dove: str
    approvazione: str
    impronta: str
    pubblico: bool
    presenze: Sequence[RigaPresenza]
    ospiti: Sequence[RigaPresenza]
    punti: Sequence[RigaPunto]
    paragrafi: Sequence[Sequence[str]]
    decisioni: Sequence[RigaDecisione]


def in_paragrafi(testo: str) -> list[list[str]]:
    """The paragraphs of a text, divided by empty lines, each as its lines."""
    blocchi = [[r.strip() for r in blocco.splitlines() if r.strip()] for blocco in testo.split("\n\n")]
    return [b for b in blocchi if b]


def compone(documento: DocumentoVerbale, *, quando: datetime) -> bytes:
    """The PDF/A-2a of `documento`, dated `quando`."""
    return componi(MODELLO, asdict(documento), pdf_standards="a-2a", timestamp=int(quando.timestamp()))
