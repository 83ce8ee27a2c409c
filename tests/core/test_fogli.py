"""Tables as CSV and XLSX: what a spreadsheet reads back is what was written."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from core.fogli import cella, in_csv, in_xlsx

RIGHE = [["Ente", "Giorno", "Tasso"], ["Alfa", date(2023, 3, 7), 66.7], ["=1+1", None, "n.d."]]


@pytest.mark.parametrize("testo", ["=1+1", "+39", "-2", "@somma", "\tx"])
def test_nessuna_cella_diventa_una_formula(testo):
    assert cella(testo) == f"'{testo}"
    assert cella(-2) == -2


def test_i_caratteri_che_un_foglio_non_sa_tenere_si_tolgono():
    """Who writes one in a note would stop everybody's export; nor do they hide a formula."""
    assert (cella("a\x0bb\x1f\nc"), cella("\x0b=1+1")) == ("ab\nc", "'=1+1")
    assert in_xlsx([("Uno", [["\x00\x08\x0c\uffff"]])], larga="A")


def test_il_csv_ha_punto_e_virgola_e_virgola_decimale():
    assert in_csv(RIGHE) == "\ufeffEnte;Giorno;Tasso\r\nAlfa;2023-03-07;66,7\r\n'=1+1;;n.d.\r\n"


def test_nel_foglio_di_calcolo_le_date_sono_date_e_i_numeri_numeri():
    libro = load_workbook(io.BytesIO(in_xlsx([("Uno", RIGHE), ("Due", RIGHE[:1])], larga="A")))
    assert libro.sheetnames == ["Uno", "Due"]
    assert list(libro["Uno"].iter_rows(values_only=True)) == [
        ("Ente", "Giorno", "Tasso"),
        ("Alfa", datetime(2023, 3, 7), 66.7),  # noqa: DTZ001  a spreadsheet knows no time zone
        ("'=1+1", None, "n.d."),
    ]
    assert libro["Uno"]["B2"].number_format == "DD/MM/YYYY"
