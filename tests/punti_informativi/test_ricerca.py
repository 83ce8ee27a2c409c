"""Search in Italian: folding, stems, corrections. No database."""

import unicodedata

import pytest

from core.parole import indice, piega, radici
from punti_informativi.ricerca import cercati, contiene, correggi


@pytest.mark.parametrize(
    ("una", "altra"),
    [
        ("servizio", "SERVIZI"),
        ("perché", "perche"),
        ("città", unicodedata.normalize("NFD", "città")),
        ("corso", "corsi"),
        ("lo sportello del lavoro", "sportelli lavoro"),
    ],
)
def test_forme_diverse_della_stessa_parola_si_trovano(una, altra):
    assert radici(una) == radici(altra)


def test_le_parole_vuote_restano_se_non_c_e_altro():
    assert radici("il per") == ["il", "per"]
    assert radici("il lavoro") == radici("lavoro")


def test_l_indice_tiene_radici_e_parole():
    assert indice("Sportello Lavoro", "lavori") == " sportell lavor sportello lavoro lavori "


@pytest.mark.parametrize(
    ("testo", "domanda", "trovato"),
    [
        ("Sportello Lavoro", "sport", True),
        ("Sportello Lavoro", "sportelli", True),
        ("Sportello Lavoro", "ortello", False),
        ("Cremona", "crema", False),
        ("Crema", "crema", True),
        ("Cremona", "crem", True),
        ("Corsi di formazione", "corso", True),
    ],
)
def test_si_trova_per_radice_intera_o_per_inizio_di_parola(testo, domanda, trovato):
    assert contiene(indice(testo), cercati(domanda)[0]) is trovato


@pytest.mark.parametrize(
    ("scritta", "giusta"),
    [("curiculum", "curriculum"), ("casalmagiore", "casalmaggiore"), ("lavoro", "lavoro"), ("zzzzz", "zzzzz")],
)
def test_un_errore_di_battitura_si_corregge_con_la_parola_piu_vicina(scritta, giusta):
    assert correggi(scritta, ["Scrivere il curriculum", "Casalmaggiore", "Sportello Lavoro"]) == giusta


def test_piega_toglie_accenti_e_maiuscole():
    assert piega("È Già") == "e gia"


def test_di_una_domanda_lunghissima_contano_le_prime_otto_parole_diverse():
    lunga = " ".join(["corsi", "corsi", *(f"parola{n}" for n in range(40))])
    assert [inizio for _intera, inizio in cercati(lunga)] == [" corsi", *(f" parola{n}" for n in range(7))]
