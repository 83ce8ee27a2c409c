"""Tables as files that an Italian spreadsheet opens: CSV and XLSX, with cells that it never runs as formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.testo import senza_invisibili

TIPO_CSV = "text/csv; charset=utf-8"
TIPO_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet would run a cell that begins so.
FORMULE = ("=", "+", "-", "@", "\t", "\r")
LARGA = 70  # width of the column of long texts, in characters


def cella(valore: Any) -> Any:
    """A cell that no spreadsheet takes for a formula, without characters that no file of ours may hold."""
    if not isinstance(valore, str):
        return valore
    testo = senza_invisibili(valore)
    return f"'{testo}" if testo.startswith(FORMULE) else testo


def in_csv(righe: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV for Italian spreadsheets: semicolon, decimal comma, UTF-8 with BOM."""
    return "".join(pezzi_csv(righe))


def pezzi_csv(righe: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The same, row by row: a long table is never whole in memory."""
    yield "\ufeff"
    for riga in righe:
        testo = io.StringIO()
        csv.writer(testo, delimiter=";", lineterminator="\r\n").writerow([_in_testo(v) for v in riga])
        yield testo.getvalue()


def _in_testo(valore: Any) -> Any:
    if valore is None:
        return ""
    return str(valore).replace(".", ",") if isinstance(valore, float) else cella(valore)


def in_xlsx(pagine: Iterable[tuple[str, Iterable[Sequence[Any]]]], *, larga: str = "B") -> bytes:
    """A workbook: each page is a name and its rows, the first of which is the heading.

    Dates stay dates and numbers stay numbers; `larga` is the column of long texts, which wraps.
    """
    libro = Workbook()
    libro.remove(libro.active)
    for titolo, righe in pagine:
        _scrivi_pagina(libro.create_sheet(titolo), righe, larga)
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def _scrivi_pagina(pagina: Worksheet, righe: Iterable[Sequence[Any]], larga: str) -> None:
    for riga in righe:
        pagina.append([cella(v) for v in riga])
    for c in pagina[1]:
        c.font = Font(bold=True)
    pagina.column_dimensions[larga].width = LARGA
    for c in pagina[larga][1:]:
        c.alignment = Alignment(wrap_text=True, vertical="top")
    for riga in pagina.iter_rows(min_row=2):
        for c in riga:
            if isinstance(c.value, date):
                c.number_format = "DD/MM/YYYY"
    pagina.freeze_panes = "A2"
