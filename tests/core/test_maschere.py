"""What may say who wrote is hidden; hours, dates and prices stay (R62)."""

import pytest

from core.maschere import maschera


@pytest.mark.parametrize(
    ("scritto", "tenuto"),
    [
        ("Scrivetemi a maria.rossi@posta.example, grazie", "Scrivetemi a […], grazie"),
        ("Chiamate il 347 1234567", "Chiamate il […]"),
        ("Chiamate il +39 0372 123456.", "Chiamate il […]."),
        ("tel. 0372/555003", "tel. […]"),
        ("0039-333.123.4567", "[…]"),
        ("Sono RSSMRA85M01D150Y", "Sono […]"),
        ("sono rssmra85m01d150y", "sono […]"),
        ("omocodia RSSMRAUR4MLALDISRL no, RSSMRAURMLMD15LY sì", "omocodia RSSMRAUR4MLALDISRL no, […] sì"),
        ("IT60 X054 2811 1010 0000 0123 456", "[…]"),
    ],
)
def test_nasconde_i_dati_di_una_persona(scritto, tenuto):
    assert maschera(scritto) == tenuto


@pytest.mark.parametrize(
    "scritto",
    [
        "Dice aperto 9-12 e 14-18, era chiuso",
        "Orario 8:30-12:30 sbagliato",
        "Il 12/05/2023 era chiuso",
        "Ho aspettato 45 minuti",
        "Bando 2023-3504, euro 1500,00",
        "",
    ],
)
def test_lascia_orari_date_e_cifre(scritto):
    assert maschera(scritto) == scritto
