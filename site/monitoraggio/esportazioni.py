"""The sheet and its records as CSV and XLSX: the same figures as the screen (R55)."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from monitoraggio.schede import Scheda, numero

# A spreadsheet would run a cell that begins so.
FORMULE = ("=", "+", "-", "@", "\t", "\r")

INTESTAZIONE_INDICATORI = [
    "Codice", "Descrizione", "Tipo", "Previsto", "Raggiunto", "Semaforo", "Giudizio", "Origine", "Record",
]  # fmt: skip
INTESTAZIONE_FASI = [
    "Codice", "Descrizione", "Indicatori", "Inizio previsto", "Inizio effettivo", "Fine prevista", "Fine effettiva",
    "Avanzamento %", "Rispetto dei tempi",
]  # fmt: skip


def cella(valore: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{valore}" if isinstance(valore, str) and valore.startswith(FORMULE) else valore


def in_csv(righe: Iterable[list[Any]]) -> str:
    """Rows as CSV for Italian spreadsheets: semicolon, decimal comma, UTF-8 with BOM."""
    testo = io.StringIO()
    scrittore = csv.writer(testo, delimiter=";", lineterminator="\r\n")
    scrittore.writerows([[_in_testo(v) for v in riga] for riga in righe])
    return "\ufeff" + testo.getvalue()


def _in_testo(valore: Any) -> Any:
    if valore is None:
        return ""
    return str(valore).replace(".", ",") if isinstance(valore, float) else cella(valore)


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
    libro = Workbook()
    pagine = [("Indicatori", righe_indicatori(foglio)), ("Fasi", righe_fasi(foglio))]
    for n, (titolo, righe) in enumerate(pagine):
        pagina = libro.active if n == 0 else libro.create_sheet()
        pagina.title = titolo
        for riga in righe:
            pagina.append([cella(v) for v in riga])
        for c in pagina[1]:
            c.font = Font(bold=True)
        pagina.column_dimensions["B"].width = 70
        for riga in pagina.iter_rows(min_row=2, min_col=2, max_col=2):
            riga[0].alignment = Alignment(wrap_text=True, vertical="top")
        for riga in pagina.iter_rows(min_row=2):
            for c in riga:
                if isinstance(c.value, date):
                    c.number_format = "DD/MM/YYYY"
        pagina.freeze_panes = "A2"
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()
