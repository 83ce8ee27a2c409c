"""The agenda: one line, one item; what was recorded of an item outlives a new order."""

import pytest

from reti.services.ordine_del_giorno import scrivi_ordine_del_giorno, titoli
from tests.factories.reti import IncontroFactory


@pytest.mark.parametrize(
    ("testo", "attesi"),
    [
        ("", []),
        ("1. Dati\n2) Varie\n\n  - Chiusura  ", ["Dati", "Varie", "Chiusura"]),
        ("2023: bilancio\n3 punti aperti", ["2023: bilancio", "3 punti aperti"]),
    ],
)
def test_un_punto_per_riga(testo, attesi):
    assert titoli(testo) == attesi


@pytest.mark.django_db
def test_un_punto_spostato_tiene_il_suo_esito():
    incontro = IncontroFactory()
    assert scrivi_ordine_del_giorno(incontro, "Dati\nVarie")
    incontro.punti.filter(titolo="Varie").update(esito="trattato")
    assert scrivi_ordine_del_giorno(incontro, "Varie\nChiusura")
    assert list(incontro.punti.values_list("titolo", "esito")) == [("Varie", "trattato"), ("Chiusura", "")]
    assert incontro.ordine_del_giorno == "1. Varie\n2. Chiusura"
    assert not scrivi_ordine_del_giorno(incontro, "1. Varie\n2. Chiusura")
