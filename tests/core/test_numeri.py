"""Amounts as an Italian text writes them."""

from decimal import Decimal

import pytest

from core.numeri import chiave, quantita


@pytest.mark.parametrize(
    ("numero", "unita", "scritto"),
    [
        ("1234.5", "euro", "1.234,50 €"),
        ("8500.00", "Euro", "8.500,00 €"),
        ("1234567.89", "€", "1.234.567,89 €"),
        ("0.05", "euro", "0,05 €"),
        ("40.00", "ore", "40 ore"),
        ("7.50", "ore", "7,50 ore"),
        ("1200.00", "posti", "1.200 posti"),
    ],
)
def test_gli_importi_si_scrivono_all_italiana(numero, unita, scritto):
    assert quantita(Decimal(numero), unita) == scritto


@pytest.mark.parametrize(
    ("scritto", "pk"),
    [
        ("12", 12),
        ("٣", 3),
        ("", 0),
        ("-1", 0),
        ("²", 0),
        ("1.0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
    ],
)
def test_quello_che_non_e_una_chiave_non_ne_trova_nessuna(scritto, pk):
    """Python refuses to read 5,000 digits, a database those beyond 64 bits."""
    assert chiave(scritto) == pk
