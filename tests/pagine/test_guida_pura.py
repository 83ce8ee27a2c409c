"""The guide's rules, by table: no database (R60)."""

import pytest

from pagine.guida import DOMANDE, Profilo, consiglio, domande_per, risposte_valide

SENZA_SOSTEGNO = Profilo(frozenset({("chi", "senza"), ("sostegno", "si")}), "Riceve un sostegno.")
GIOVANE_O_OVER = Profilo(frozenset({("chi", "senza"), ("eta", "giovane"), ("eta", "over")}), "Per età.")
SOLO_SOSTEGNO = Profilo(frozenset({("sostegno", "si")}), "Chi riceve.")


@pytest.mark.parametrize(
    ("profilo", "risposte", "atteso"),
    [
        (SENZA_SOSTEGNO, {"chi": "senza", "sostegno": "si"}, True),
        (SENZA_SOSTEGNO, {"chi": "senza", "sostegno": "no"}, False),
        (SENZA_SOSTEGNO, {"chi": "senza", "sostegno": "non_so"}, None),
        (SENZA_SOSTEGNO, {"chi": "lavora"}, False),
        (SENZA_SOSTEGNO, {"chi": "non_so"}, None),
        (GIOVANE_O_OVER, {"chi": "senza", "eta": "over"}, True),
        (GIOVANE_O_OVER, {"chi": "senza", "eta": "adulto"}, False),
        (SOLO_SOSTEGNO, {"chi": "impresa", "impresa": "formare"}, False),
        (SOLO_SOSTEGNO, {}, None),
        (Profilo(frozenset(), "Nessuna condizione."), {"chi": "senza"}, False),
    ],
)
def test_un_profilo_vale_non_vale_o_dipende(profilo, risposte, atteso):
    """Within a question one answer is enough; every question named must hold; what wasn't said decides nothing."""
    assert profilo.per(risposte) is atteso


def test_il_consiglio_dice_solo_i_perche_che_valgono():
    risposte = {"chi": "senza", "sostegno": "non_so", "eta": "over"}
    assert consiglio([SENZA_SOSTEGNO, GIOVANE_O_OVER], risposte).perche == ("Per età.",)
    incerto = consiglio([SENZA_SOSTEGNO], risposte)
    assert (incerto.sicuro, incerto.perche) == (False, ("Riceve un sostegno.",))
    assert consiglio([SENZA_SOSTEGNO], {"chi": "poco"}) is None


@pytest.mark.parametrize(
    ("chi", "chieste"),
    [
        ("senza", ["chi", "sostegno", "eta", "cosa"]),
        ("lavora", ["chi", "eta", "cosa"]),
        ("impresa", ["chi", "impresa"]),
        ("non_so", ["chi"]),
    ],
)
def test_a_ciascuno_solo_le_domande_che_lo_riguardano(chi, chieste):
    assert [d.chiave for d in domande_per({"chi": chi})] == chieste


@pytest.mark.parametrize(
    ("scritte", "valide"),
    [
        ({"chi": "senza", "sostegno": "si"}, {"chi": "senza", "sostegno": "si"}),
        ({"chi": "senza", "eta": "over"}, {"chi": "senza"}),
        ({"chi": "impresa", "sostegno": "si", "impresa": "formare"}, {"chi": "impresa", "impresa": "formare"}),
        ({"chi": "<script>", "sostegno": "si"}, {}),
    ],
)
def test_di_un_indirizzo_contano_solo_le_risposte_possibili_in_ordine(scritte, valide):
    assert risposte_valide(scritte) == valide


def test_ogni_domanda_lascia_non_rispondere():
    assert all(d.scelte[-1][0] == "non_so" for d in DOMANDE)
