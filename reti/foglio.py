"""CSV text that is safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable

# A spreadsheet runs a cell that begins like this; an apostrophe makes it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTETTA = re.compile(r"'+[=+\-@\t\r]")


def proteggi(valore: object) -> str:
    """A cell that no spreadsheet runs as a formula; `sproteggi` gives back the very value."""
    testo = "" if valore is None else str(valore)
    return f"'{testo}" if _FORMULA.match(testo) else testo


def sproteggi(testo: str) -> str:
    return testo[1:] if _PROTETTA.match(testo) else testo


def scrivi(colonne: Iterable[str], righe: Iterable[Iterable[object]]) -> str:
    """CSV text with «;» and a header; every cell is safe to open in a spreadsheet."""
    uscita = io.StringIO(newline="")
    scrittore = csv.writer(uscita, delimiter=";", lineterminator="\r\n")
    scrittore.writerow(colonne)
    scrittore.writerows([proteggi(cella) for cella in riga] for riga in righe)
    return uscita.getvalue()
