"""Terms of N days, around leap days and the two clock changes (R01)."""

from datetime import UTC, date, datetime

import pytest

from core.orologio import fermo, oggi
from core.termini import giorni_lordi, giorni_netti, scadenza


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
