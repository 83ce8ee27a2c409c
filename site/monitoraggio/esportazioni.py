"""The sheet and its records as CSV and XLSX: the same figures as the screen (R55)."""

from collections.abc import Iterator
from typing import Any

from core import fogli
from monitoraggio.schede import Scheda, numero

INTESTAZIONE_INDICATORI = [
    "Codice", "Descrizione", "Tipo", "Previsto", "Raggiunto", "Semaforo", "Giudizio", "Origine", "Record",
]  # fmt: skip
INTESTAZIONE_FASI = [
    "Codice", "Descrizione", "Indicatori", "Inizio previsto", "Inizio effettivo", "Fine prevista", "Fine effettiva",
    "Avanzamento %", "Rispetto dei tempi",
]  # fmt: skip


def righe_indicatori(foglio: Scheda) -> Iterator[list[Any]]:
    """One row per indicator, after the heading; an undetermined value is "n.d."."""
    yield INTESTAZIONE_INDICATORI
    for r in foglio.indicatori:
        raggiunto = "n.d." if r.valore is None else numero(r.valore)
        i = r.indicatore
        yield [
            i.codice, i.descrizione, i.tipo, numero(i.previsto), raggiunto, r.luce.colore.value, str(r.luce.parola),
            r.origine, r.record,
        ]  # fmt: skip


def righe_fasi(foglio: Scheda) -> Iterator[list[Any]]:
    """One row per phase, after the heading."""
    yield INTESTAZIONE_FASI
    for f in foglio.fasi:
        p = f.fase
        yield [
            p.codice, p.descrizione, ", ".join(f.indicatori), p.inizio_previsto, f.inizio, p.fine_prevista, f.fine,
            f.avanzamento, str(f.luce.parola),
        ]  # fmt: skip


def in_xlsx(foglio: Scheda) -> bytes:
    """A workbook with indicators and phases on two sheets."""
    return fogli.in_xlsx([("Indicatori", righe_indicatori(foglio)), ("Fasi", righe_fasi(foglio))])
