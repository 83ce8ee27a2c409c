"""What is kept between requests: the same for everybody, and new at once after a write (issue 5, «Fast»)."""

import pytest
from django.db import transaction
from django.template import Context, Template
from django.test import Client, RequestFactory

from core.generazioni import PUBBLICA, SuFile
from core.memoria import RICORDI, Memoria
from core.models import Installazione
from core.orologio import adesso, domande, oggi
from pagine.impianto import prepara_sito
from punti_informativi.generazione import PUNTI
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db(transaction=True)
BLOCCO = "{% load tenuti %}{% tenuto 'prova' posto %}{{ chi }}{% endtenuto %}"
# A parameter that nobody asked before: no ready page answers.
DA_FARE = "/punti-informativi/?inventata="


@pytest.fixture(autouse=True)
def _si_tiene(settings, tmp_path, monkeypatch):
    settings.GENERAZIONI_CARTELLA = tmp_path
    for generazione in (PUBBLICA, PUNTI):
        monkeypatch.setattr(generazione, "_contatore", SuFile("pagine"))


def _volte(quante: int = 3, fai=lambda n: n) -> list:
    return [RICORDI.ricorda("prova", lambda n=n: fai(n)) for n in range(quante)]


def test_la_memoria_piena_comincia_da_capo():
    memoria = Memoria(2)
    assert [memoria.ricorda(n, lambda n=n: f"risposta {n}") for n in (1, 2, 1, 3, 1)] == [
        f"risposta {n}" for n in (1, 2, 1, 3, 1)
    ]
    assert memoria.ricorda(3, lambda: "un'altra") == "risposta 3"


def test_si_ricorda_fino_alla_prossima_scrittura():
    assert _volte() == [0, 0, 0]
    Installazione.objects.update(ente="Altra Provincia")
    assert _volte(fai=lambda n: n + 10) == [10, 10, 10]


@pytest.mark.parametrize("ora", [adesso, oggi])
def test_cio_che_dipende_dall_ora_si_dice_ogni_volta_e_chi_tiene_la_pagina_lo_sa(ora):
    with domande() as della_pagina:
        assert _volte(fai=lambda n: (n, ora())[0]) == [0, 1, 2]
    assert (della_pagina.dell_ora, della_pagina.del_giorno) == (ora is adesso, ora is oggi)


def test_cio_che_si_legge_dentro_una_transazione_puo_essere_disfatto_e_non_si_tiene():
    with transaction.atomic():
        assert _volte() == [0, 1, 2]


def _disegna(chi: str, posto: str = "qui", **intestazioni: str) -> str:
    request = RequestFactory(headers={"Host": "localhost"} | intestazioni).get("/")
    return Template(BLOCCO).render(Context({"request": request, "chi": chi, "posto": posto}))


def test_un_pezzo_tenuto_e_uno_per_lingua_host_e_valori():
    assert [_disegna("primo"), _disegna("secondo"), _disegna("terzo", "altrove")] == ["primo", "primo", "terzo"]
    assert _disegna("quarto", Host="127.0.0.1") == "quarto"


def test_chi_ha_una_sessione_non_lascia_e_non_trova_pezzi_tenuti(settings):
    sessione = {"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"}
    assert [_disegna("di Ada", **sessione), _disegna("di tutti"), _disegna("di Bea", **sessione)] == [
        "di Ada",
        "di tutti",
        "di Bea",
    ]


def test_una_pagina_da_fare_non_dice_nulla_di_chi_e_passato_prima():
    """The header is drawn in pieces: none is the signed-in person's."""
    prepara_sito()
    entrato = Client()
    entrato.force_login(UtenteFactory(first_name="Ada", last_name="Cogliati"))
    assert "Esci" in entrato.get(f"{DA_FARE}1").text
    anonimo = Client().get(f"{DA_FARE}2").text
    assert ("Esci" in anonimo, "Cogliati" in anonimo, "csrfmiddlewaretoken" in anonimo) == (False, False, False)
    assert "Esci" in entrato.get(f"{DA_FARE}3").text


def test_testata_e_piede_di_una_pagina_da_fare_sono_nuovi_appena_si_cambiano(django_assert_max_num_queries):
    prepara_sito()
    Installazione.corrente()
    Installazione.objects.update(ente="Provincia Vecchia", telefono="0372 1")
    for n in range(2):
        assert Client().get(f"{DA_FARE}{n}").text.count("0372 1<") == 1
    Installazione.objects.update(ente="Provincia Nuova", telefono="0372 2")
    testo = Client().get(f"{DA_FARE}3").text
    assert ("Provincia Vecchia" in testo, testo.count("0372 2<")) == (False, 1)
    with django_assert_max_num_queries(0):
        Client().get(f"{DA_FARE}4")
