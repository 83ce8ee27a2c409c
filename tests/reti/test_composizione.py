"""The rule of composition and the quorum: checked, and said in Italian (R27). No database."""

import pytest

from reti.collegio import Conto, Quorum
from reti.composizione import (
    avviso_quorum,
    composizione_in_parole,
    elenca_mancanti,
    quorum_in_parole,
    valida_composizione,
)

BUONA = [
    {"nome": "operatori", "minimo": 2, "tipi": ["operatore"]},
    {"nome": "terzo settore", "nature": ["terzo_settore", "privato"], "qualifiche": ["sociale"]},
    {"nome": "chiunque"},
]


def test_una_regola_intera_si_usa_e_si_legge():
    assert valida_composizione(BUONA) == valida_composizione([]) == []
    assert composizione_in_parole(BUONA) == [
        "almeno 2: operatori (tipo: operatore per il lavoro o la formazione)",
        "almeno 1: terzo settore (qualifica: esperto del settore sociale; natura: terzo settore o privato)",
        "almeno 1: chiunque",
    ]


@pytest.mark.parametrize(
    ("regola", "frase"),
    [
        ({"nome": "x"}, "La regola di composizione è un elenco di posti."),
        (["x"], "La regola di composizione è un elenco di posti."),
        ([{"nome": "  "}], "Posto 1: scrivi chi deve sedere."),
        ([{"nome": "x", "minimo": 0}], "Posto 1: il minimo è un numero intero da 1 in su."),
        ([{"nome": "x", "minimo": True}], "Posto 1: il minimo è un numero intero da 1 in su."),
        ([{"nome": "x", "minimo": "2"}], "Posto 1: il minimo è un numero intero da 1 in su."),
        ([{"nome": "x", "nature": ["marziano"]}], "Posto 1: «natura» ha un valore sconosciuto."),
        ([{"nome": "x", "tipi": "operatore"}], "Posto 1: «tipo» ha un valore sconosciuto."),
        ([{"nome": "x", "qualifiche": [[]]}], "Posto 1: «qualifica» ha un valore sconosciuto."),
        ([{"nome": "x"}, {"nome": "y", "boh": 1}], "Posto 2: voce sconosciuta «boh»."),
        ([{"nome": "x"}, {"nome": "X"}], "Due posti si chiamano «x»: uniscili, o cambia un nome."),
        ([{"nome": "x", "minimo": 101}], "I posti chiesti sono più di 100: riduci i minimi."),
    ],
)
def test_una_regola_sbagliata_dice_che_cosa_correggere(regola, frase):
    assert valida_composizione(regola) == [frase]


@pytest.mark.parametrize(
    ("quorum", "conto", "frase"),
    [
        (Quorum(), Conto(0, 12, None), "Nessun quorum."),
        (Quorum("seggi", 7), Conto(0, 12, 7), "Con 12 seggi votanti servono 7 presenti."),
        (Quorum("seggi", 1), Conto(0, 1, 1), "Con 1 seggio votante serve 1 presente."),
        (Quorum("percento", 51), Conto(0, 12, 7), "Serve il 51% dei seggi: con 12 seggi votanti servono 7 presenti."),
        (
            Quorum("peso", 51),
            Conto(0, 20, 11),
            "Serve il 51% del peso dei seggi: con un peso totale di 20 serve un peso presente di 11.",
        ),
    ],
)
def test_il_quorum_si_dice_con_il_suo_effetto(quorum, conto, frase):
    assert quorum_in_parole(quorum, conto) == frase


@pytest.mark.parametrize(("serve", "avvisa"), [(None, False), (12, False), (13, True)])
def test_un_quorum_irraggiungibile_e_un_avviso(serve, avvisa):
    frase = "Il quorum chiede 13 presenti e i seggi che votano oggi sono 12: così non si raggiunge mai."
    assert avviso_quorum(Quorum("seggi", serve), Conto(0, 12, serve)) == (frase if avvisa else "")


def test_chi_manca_due_volte_si_nomina_una_volta():
    assert elenca_mancanti(["operatori", "esperto", "operatori"]) == "operatori (2), esperto"
