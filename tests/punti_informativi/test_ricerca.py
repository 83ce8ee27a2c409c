"""Search in Italian: folding, stems, corrections. No database."""

import unicodedata

import pytest

from punti_informativi.ricerca import contiene, correggi, indice, piega, radici


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


def test_l_indice_confronta_l_inizio_delle_parole():
    assert indice("Sportello Lavoro", "lavori") == " sportell lavor "
    assert contiene("Sportello Lavoro", "sport")
    assert not contiene("Sportello Lavoro", "ortello")


@pytest.mark.parametrize(
    ("scritta", "giusta"),
    [("curiculum", "curriculum"), ("casalmagiore", "casalmaggiore"), ("lavoro", "lavoro"), ("zzzzz", "zzzzz")],
)
def test_un_errore_di_battitura_si_corregge_con_la_parola_piu_vicina(scritta, giusta):
    assert correggi(scritta, ["Scrivere il curriculum", "Casalmaggiore", "Sportello Lavoro"]) == giusta


def test_piega_toglie_accenti_e_maiuscole():
    assert piega("È Già") == "e gia"
