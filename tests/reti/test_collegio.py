"""Quorum by head, share and weight; who must be there (R22, R27). No database."""

import pytest

from reti.collegio import Conto, Quorum, Seggio, conta, mancanti

CINQUE = [
    Seggio(1, peso=3, qualifica="sociale", natura="pubblico"),
    Seggio(2, peso=2, natura="privato", tipo="operatore"),
    Seggio(3, natura="privato", tipo="operatore"),
    Seggio(4, natura="terzo_settore"),
    Seggio(5, vota=False, peso=9, natura="pubblico"),
]
SOCIALE = {"nome": "sociale", "qualifiche": ["sociale"]}
PRIVATO = {"nome": "privato", "nature": ["privato"]}


@pytest.mark.parametrize(
    ("modo", "soglia", "presenti", "atteso", "raggiunto"),
    [
        ("seggi", None, {1}, Conto(1, 4, None), True),
        ("seggi", 2, {1}, Conto(1, 4, 2), False),
        ("seggi", 2, {1, 5}, Conto(1, 4, 2), False),
        ("seggi", 2, {1, 2}, Conto(2, 4, 2), True),
        ("percento", 50, {1}, Conto(1, 4, 2), False),
        ("percento", 51, {1, 2}, Conto(2, 4, 3), False),
        ("percento", 51, {1, 2, 3}, Conto(3, 4, 3), True),
        ("peso", 50, {1}, Conto(3, 7, 4), False),
        ("peso", 50, {1, 3}, Conto(4, 7, 4), True),
        ("peso", 50, {2, 3, 4}, Conto(4, 7, 4), True),
    ],
)
def test_il_quorum_conta_solo_chi_vota(modo, soglia, presenti, atteso, raggiunto):
    conto = conta(Quorum(modo, soglia), CINQUE, presenti)
    assert (conto, conto.raggiunto) == (atteso, raggiunto)


@pytest.mark.parametrize(
    ("regola", "attesi"),
    [
        ([], []),
        ([SOCIALE, {"nome": "legale", "qualifiche": ["medico_legale"]}], ["legale"]),
        ([{"nome": "operatori", "minimo": 3, "tipi": ["operatore"]}], ["operatori"]),
        # One seat fills one place: the two operators are both private, a third private body is missing.
        ([{"nome": "operatori", "minimo": 2, "tipi": ["operatore"]}, PRIVATO], ["privato"]),
        ([PRIVATO, {"nome": "operatore", "tipi": ["operatore"]}], []),
    ],
)
def test_la_composizione_nomina_chi_manca(regola, attesi):
    assert mancanti(regola, CINQUE) == attesi
