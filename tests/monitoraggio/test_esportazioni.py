"""The sheet as CSV, XLSX and JSON, and the command that scripts call: the same figures as the screen (R55)."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core.fogli import in_csv
from monitoraggio.esportazioni import in_xlsx, righe_fasi, righe_indicatori
from monitoraggio.queries import scheda
from tests.factories.monitoraggio import FaseFactory, IndicatoreFactory, ObiettivoFactory, ValoreInseritoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def obiettivo(provincia):
    obiettivo = ObiettivoFactory(fonte="scheda.txt")
    a2 = IndicatoreFactory(obiettivo=obiettivo, ordine=0, codice="A2", previsto=Decimal("2.5"))
    ValoreInseritoFactory(indicatore=a2)
    f2 = IndicatoreFactory(obiettivo=obiettivo, ordine=1, punti=True, tipo="")
    fase = FaseFactory(obiettivo=obiettivo, ordine=0, codice="F2", inizio_previsto=date(2023, 10, 1))
    fase.indicatori.set([f2, a2])
    return obiettivo


ATTESA = {
    "source": "scheda.txt",
    "obiettivo": "2023_1",
    "titolo": "Politiche attive del lavoro",
    "centro_di_responsabilita": "SETTORE LAVORO E FORMAZIONE",
    "fasi": [
        {
            "codice": "F2",
            "descrizione": "Una fase",
            "indicatori": ["A2", "F2"],
            "inizio_previsto": "2023-10-01",
            "inizio_effettivo": None,
            "fine_prevista": "2023-12-31",
            "fine_effettiva": None,
            "avanzamento_percento": None,
            "rispetto_dei_tempi": "red",
        }
    ],
    "indicatori": [
        {
            "codice": "A2",
            "descrizione": "N. indagini pubblicate",
            "tipo": "RISULTATO",
            "previsto": 2.5,
            "raggiunto": 3,
            "semaforo": "green",
            "origine": "inserito",
            "record": 1,
        },
        {
            "codice": "F2",
            "descrizione": "N. incontri di raccordo con Punti informativi",
            "tipo": None,
            "previsto": 1,
            "raggiunto": 0,
            "semaforo": "red",
            "origine": "calcolato",
            "record": 0,
        },
    ],
}


def _comando(*argomenti: str) -> str:
    uscita = io.StringIO()
    call_command("peg", *argomenti, stdout=uscita)
    return uscita.getvalue()


def test_il_comando_stampa_il_json_del_contratto(obiettivo):
    letto = json.loads(_comando("2023_1", "--json"))
    assert letto == ATTESA
    assert [list(letto), list(letto["fasi"][0]), list(letto["indicatori"][0])] == [
        list(ATTESA),
        list(ATTESA["fasi"][0]),
        list(ATTESA["indicatori"][0]),
    ]
    assert isinstance(letto["indicatori"][0]["raggiunto"], int)


def test_il_comando_accetta_il_giorno(obiettivo):
    """R52."""
    letto = json.loads(_comando("2023_1", "--json", "--al", "2023-10-22"))
    assert [(i["codice"], i["raggiunto"], i["semaforo"]) for i in letto["indicatori"]] == [
        ("A2", None, "nd"),
        ("F2", 0, "yellow"),
    ]


def test_il_comando_senza_json_stampa_una_tabella(obiettivo):
    righe = _comando("2023_1").splitlines()
    assert righe[0] == "2023_1 — Politiche attive del lavoro (al 31/12/2023)"
    assert righe[2].split() == ["A2", "2,5", "3", "Raggiunto", "inserito", "1"]
    assert righe[3].split() == ["F2", "1", "0", "Non", "raggiunto", "calcolato", "0"]


@pytest.mark.parametrize(
    ("argomenti", "frase"),
    [
        (("2023_9",), "L'obiettivo «2023_9» non esiste. Obiettivi presenti: 2023_1."),
        (("2023_1", "--al", "domani"), "«domani» non è una data: scrivila come 2023-12-31."),
        (("2023_1", "--al", "2024-01-01"), "La scheda riguarda il 2023: scegli una data di quell'anno."),
    ],
)
def test_il_comando_si_ferma_con_una_riga_chiara(obiettivo, argomenti, frase):
    with pytest.raises(CommandError) as errore:
        call_command("peg", *argomenti)
    assert str(errore.value) == frase


def test_csv_e_xlsx_dicono_le_stesse_cifre_dello_schermo(obiettivo):
    """R55."""
    foglio = scheda(obiettivo)
    atteso = [
        ["A2", "N. indagini pubblicate", "RISULTATO", 2.5, 3, "green", "Raggiunto", "inserito", 1],
        [
            "F2", "N. incontri di raccordo con Punti informativi", "", 1, 0, "red", "Non raggiunto", "calcolato", 0,
        ],
    ]  # fmt: skip
    assert list(righe_indicatori(foglio))[1:] == atteso
    prima = in_csv(righe_indicatori(foglio)).splitlines()[1]
    assert prima == "A2;N. indagini pubblicate;RISULTATO;2,5;3;green;Raggiunto;inserito;1"
    libro = load_workbook(io.BytesIO(in_xlsx(foglio)))
    assert libro.sheetnames == ["Indicatori", "Fasi"]
    lette = [["" if v is None else v for v in r] for r in libro["Indicatori"].iter_rows(min_row=2, values_only=True)]
    assert lette == atteso
    fase = [c.value for c in libro["Fasi"][2]]
    assert fase[2] == "A2, F2"
    assert [str(r) for r in fase[3:4]] == ["2023-10-01 00:00:00"]
    assert list(righe_fasi(foglio))[1][-1] == "Non conclusa"
