"""Terms of N days, around leap days and the two clock changes (R01)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.orologio import fermo, oggi
from core.termini import giorni_lordi, giorni_netti, scadenza, scadenza_netta


@pytest.mark.parametrize(
    ("dal", "giorni", "atteso"),
    [
        (date(2023, 5, 2), 30, date(2023, 6, 1)),
        (date(2024, 2, 1), 30, date(2024, 3, 2)),  # leap year: 29 February counts
        (date(2023, 2, 1), 30, date(2023, 3, 3)),
        (date(2023, 3, 1), 30, date(2023, 3, 31)),  # across the clock going forward
        (date(2023, 10, 10), 30, date(2023, 11, 9)),  # and back
        (date(2023, 12, 15), 30, date(2024, 1, 14)),
    ],
)
def test_il_giorno_di_protocollo_e_il_giorno_zero(dal, giorni, atteso):
    """R01"""
    assert scadenza(dal, giorni) == atteso
    assert giorni_lordi(dal, atteso) == giorni


@pytest.mark.parametrize(
    ("sospensioni", "netti"),
    [
        ([], 40),
        ([(date(2023, 5, 10), date(2023, 5, 20))], 30),
        ([(date(2023, 5, 10), date(2023, 5, 20)), (date(2023, 5, 15), date(2023, 5, 25))], 25),
        ([(date(2023, 6, 1), None)], 31),
        ([(date(2023, 4, 1), date(2023, 5, 6))], 35),
    ],
)
def test_i_giorni_netti_tolgono_le_sospensioni_una_volta(sospensioni, netti):
    """R01: both kept; overlapping suspensions aren't taken off twice."""
    assert giorni_netti(date(2023, 5, 1), date(2023, 6, 10), sospensioni) == netti
    assert giorni_lordi(date(2023, 5, 1), date(2023, 6, 10)) == 40


@pytest.mark.parametrize(
    ("dal", "sospensioni", "atteso"),
    [
        (date(2023, 5, 1), [], date(2023, 5, 31)),
        (date(2023, 5, 1), [(date(2023, 5, 10), date(2023, 5, 20))], date(2023, 6, 10)),
        (date(2023, 5, 1), [(date(2023, 5, 10), date(2023, 5, 10))], date(2023, 5, 31)),  # opened and closed in a day
        (date(2023, 5, 1), [(date(2023, 5, 31), date(2023, 6, 5))], date(2023, 6, 5)),  # begins on the last day
        (date(2023, 5, 1), [(date(2023, 5, 30), date(2023, 6, 9))], date(2023, 6, 10)),  # across the end
        (date(2023, 5, 1), [(date(2023, 6, 1), date(2023, 6, 20))], date(2023, 5, 31)),  # begins after the end
        (date(2023, 5, 1), [(date(2023, 5, 25), None)], date(2023, 6, 26)),  # open: known until the day of the question
        (date(2023, 5, 1), [(date(2023, 4, 1), date(2023, 5, 6))], date(2023, 6, 5)),
        (date(2024, 2, 10), [(date(2024, 2, 28), date(2024, 3, 2))], date(2024, 3, 14)),  # over 29 February
        (
            date(2023, 3, 20),
            [(date(2023, 3, 25), date(2023, 3, 27))],
            date(2023, 4, 21),
        ),  # over the change of clock
        (date(2023, 10, 20), [(date(2023, 10, 28), date(2023, 10, 30))], date(2023, 11, 21)),  # and back
    ],
)
def test_il_termine_netto_e_l_ultimo_giorno_che_i_giorni_netti_ammettono(dal, sospensioni, atteso):
    """R01: the day and the count are two readings of one rule."""
    al = date(2023, 6, 20) if dal.month == 5 else date(dal.year, 12, 31)
    termine = scadenza_netta(dal, 30, sospensioni, al)
    assert termine == atteso
    if sospensioni and sospensioni[0][1]:
        assert giorni_netti(dal, termine, sospensioni) <= 30
        assert giorni_netti(dal, termine + timedelta(days=1), sospensioni) == 31


@pytest.mark.parametrize(
    ("istante", "giorno"),
    [
        (datetime(2023, 6, 30, 22, 30, tzinfo=UTC), date(2023, 7, 1)),
        (datetime(2023, 12, 31, 22, 59, tzinfo=UTC), date(2023, 12, 31)),
        (datetime(2023, 12, 31, 23, 0, tzinfo=UTC), date(2024, 1, 1)),
    ],
)
def test_oggi_e_il_giorno_a_roma(istante, giorno):
    with fermo(istante):
        assert oggi() == giorno
