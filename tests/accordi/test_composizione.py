"""The rule of composition, by table: no database."""

import pytest

from accordi.composizione import Membro, descrivi, mancanze, valida_regola

OPERATORE = "operatore accreditato ai servizi al lavoro"
ALTRI = "enti locali, parti sociali, terzo settore, imprese"
REGOLA_2012 = {
    "minimo": 3,
    "ruoli": [
        {"nome": OPERATORE, "accreditamento": "lavoro", "dichiarazione": "dote"},
        {"nome": ALTRI, "minimo": 2, "tipi": ["comune", "sindacato", "cooperativa", "impresa"]},
    ],
}
op = Membro("Operatore", "operatore", "privato", frozenset({"lavoro"}))
coop = Membro("Coop", "cooperativa", "terzo_settore", frozenset({"lavoro"}))
comune = Membro("Comune", "comune", "pubblico")
sindacato = Membro("Sindacato", "sindacato", "parti_sociali")
scuola = Membro("Scuola", "scuola", "pubblico")

DUE = "La rete ha 2 soggetti e ne servono almeno 3: aggiungi chi manca."
SENZA_OPERATORE = f"Manca 1 soggetto di questo tipo: {OPERATORE}."
SENZA_DOTE = "Manca la dichiarazione che l'operatore accreditato ha preso in carico destinatari di Dote ricollocazione."


@pytest.mark.parametrize(
    ("membri", "dichiarazioni", "attese"),
    [
        ([op, comune, sindacato], {"dote"}, []),
        ([op, comune, sindacato], set(), [SENZA_DOTE]),
        ([op, comune], {"dote"}, [DUE, f"Manca 1 soggetto di questo tipo: {ALTRI}."]),
        ([comune, sindacato, scuola], {"dote"}, [SENZA_OPERATORE]),
        ([op, scuola, scuola], {"dote"}, [f"Mancano 2 soggetti di questo tipo: {ALTRI}."]),
        # An accredited cooperative fills one place, not two.
        ([coop, comune, scuola], {"dote"}, [f"Manca 1 soggetto di questo tipo: {ALTRI}."]),
        # Whoever comes first in the list, the assignment is the best one.
        ([coop, op, comune], {"dote"}, []),
        ([op, coop, comune], {"dote"}, []),
    ],
)
def test_il_partenariato_del_2012_nomina_ogni_condizione_che_manca(membri, dichiarazioni, attese):
    """R09"""
    assert mancanze(REGOLA_2012, membri, dichiarazioni) == attese


def test_una_regola_vuota_accetta_un_soggetto_solo():
    assert mancanze({}, [comune]) == []


def test_il_massimo_e_la_sede_fuori_dal_territorio_sono_nominati():
    fuori = Membro("Ente lontano", "fondazione", "privato", nel_territorio=False)
    assert mancanze({"massimo": 1, "sede_nel_territorio": True}, [comune, fuori]) == [
        "La rete ha 2 soggetti e ne può avere al massimo 1: togline qualcuno.",
        "Ente lontano non ha una sede nel territorio: toglilo, o fai registrare la sede.",
    ]


def test_chi_e_solo_legge_una_frase_al_singolare():
    assert mancanze({"minimo": 3}, [comune]) == [
        "La rete ha un solo soggetto e ne servono almeno 3: aggiungi chi manca."
    ]


def test_la_regola_si_legge_in_italiano():
    assert descrivi(REGOLA_2012) == [
        "Rispondono almeno 3 soggetti insieme.",
        f"Almeno 1: {OPERATORE} (accreditamento: servizi per il lavoro); si dichiara che "
        "l'operatore accreditato ha preso in carico destinatari di Dote ricollocazione.",
        f"Almeno 2: {ALTRI} (comune, organizzazione sindacale, cooperativa sociale, impresa).",
    ]
    nature_e_tipi = {"ruoli": [{"nome": "un ente", "nature": ["pubblico", "terzo_settore"], "tipi": ["comune"]}]}
    assert descrivi(nature_e_tipi)[-1] == "Almeno 1: un ente (pubblico, terzo settore; comune)."
    assert descrivi({"massimo": 1}) == ["Può rispondere un soggetto da solo."]


@pytest.mark.parametrize(
    ("regola", "errori"),
    [
        (REGOLA_2012, []),
        ({}, []),
        ([], ['La regola è un oggetto tra parentesi graffe, per esempio {"minimo": 3}.']),
        ({"minimi": 3}, ["Voce sconosciuta: «minimi»."]),
        ({"minimo": 0}, ["«minimo» è un numero intero da 1 a 100."]),
        ({"minimo": True}, ["«minimo» è un numero intero da 1 a 100."]),
        ({"minimo": 3, "massimo": 2}, ["«massimo» è più piccolo di «minimo»."]),
        ({"minimo": 101}, ["«minimo» è un numero intero da 1 a 100."]),
        (
            {"massimo": 1, "ruoli": [{"nome": "x", "minimo": 2}]},
            ["I ruoli chiedono 2 soggetti e il massimo è 1: nessuna rete potrebbe rispondere."],
        ),
        ({"sede_nel_territorio": "sì"}, ["«sede_nel_territorio» è true oppure false."]),
        ({"ruoli": {}}, ["«ruoli» è un elenco tra parentesi quadre."]),
        ({"ruoli": [{}]}, ["Il ruolo 1 vuole almeno un «nome»."]),
        ({"ruoli": [{"nome": "x", "dichiarazione": "altro"}]}, ["Ruolo 1: «dichiarazione» accetta dote."]),
        (
            {"ruoli": [{"nome": "x", "accreditamento": "mare"}]},
            ["Ruolo 1: «accreditamento» accetta lavoro, formazione."],
        ),
        ({"ruoli": [{"nome": "x", "tipi": [["a"]]}]}, None),
        ({"ruoli": [{"nome": "x", "minimo": "2"}]}, ["Ruolo 1: «minimo» è un numero intero da 1 a 100."]),
        ({"ruoli": [{"nome": "x", "colore": 1}]}, ["Ruolo 1: voce sconosciuta «colore»."]),
    ],
)
def test_una_regola_scritta_male_e_rifiutata_con_il_motivo(regola, errori):
    trovati = valida_regola(regola)
    assert trovati == errori if errori is not None else len(trovati) == 1
