"""Dates of a series by table: no database (R25)."""

from datetime import date

import pytest

from reti.ricorrenza import MASSIMO, ULTIMO, Regola, avvertenze, date_dell_elenco, date_della_regola

LUNEDI, MARTEDI, VENERDI = 0, 1, 4


@pytest.mark.parametrize(
    ("regola", "attese"),
    [
        (
            Regola(1, MARTEDI, date(2027, 1, 1), volte=3),
            [date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2)],
        ),
        # The first Tuesday of January is past on the 6th: the series begins in February.
        (Regola(1, MARTEDI, date(2027, 1, 6), al=date(2027, 3, 2)), [date(2027, 2, 2), date(2027, 3, 2)]),
        (
            Regola(ULTIMO, VENERDI, date(2028, 1, 31), volte=2),
            [date(2028, 2, 25), date(2028, 3, 31)],
        ),
        (
            Regola(4, LUNEDI, date(2027, 1, 1), mesi=3, al=date(2027, 12, 31)),
            [date(2027, 1, 25), date(2027, 4, 26), date(2027, 7, 26), date(2027, 10, 25)],
        ),
        (Regola(2, LUNEDI, date(2027, 1, 1), al=date(2027, 12, 31), volte=1), [date(2027, 1, 11)]),
        (Regola(1, MARTEDI, date(2027, 1, 6), al=date(2027, 1, 31)), []),
    ],
)
def test_le_date_della_regola(regola, attese):
    assert date_della_regola(regola) == attese


def test_una_regola_senza_fine_si_ferma_appena_oltre_il_massimo():
    assert len(date_della_regola(Regola(1, LUNEDI, date(2027, 1, 1)))) == MASSIMO + 1
    assert len(date_della_regola(Regola(1, LUNEDI, date(2027, 1, 1), volte=500))) == MASSIMO + 1


def test_le_date_dell_elenco_in_ordine_e_una_volta():
    testo = "9/3/2027\n\n 7.3.2027 \n2027-03-07\n11-03-2027"
    assert date_dell_elenco(testo) == [date(2027, 3, 7), date(2027, 3, 9), date(2027, 3, 11)]


@pytest.mark.parametrize("riga", ["31/2/2027", "7 marzo", "2027", "7/3/27", "1/1/0000"])
def test_una_riga_che_non_e_una_data_e_nominata(riga):
    with pytest.raises(ValueError, match=f"^{riga}$"):
        date_dell_elenco(f"7/3/2027\n{riga}")


@pytest.mark.parametrize(
    ("giorno", "frasi"),
    [
        (date(2026, 11, 12), []),
        (date(2026, 11, 13), ["festa: Sant'Omobono"]),
        (date(2026, 6, 2), ["festa: Festa della Repubblica"]),
        (date(2026, 8, 15), ["festa: Assunzione della Beata Vergine Maria", "sabato", "agosto"]),
        (date(2026, 8, 16), ["domenica", "agosto"]),
        (date(2026, 4, 6), ["festa: Lunedì dell'Angelo"]),
    ],
)
def test_che_cosa_sapere_di_un_giorno(giorno, frasi):
    assert avvertenze(giorno, "CR") == frasi
