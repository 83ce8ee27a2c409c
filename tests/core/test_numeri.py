"""Amounts as an Italian text writes them."""

from decimal import Decimal

import pytest

from core.numeri import quantita


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
