"""Meetings convened by others: the Region's board, an invitation received, the office that writes."""

from datetime import timedelta

import pytest

from core.models import Installazione
from reti.services.incontri_di_altri import registra_invito
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory
from tests.reti.di_altri.gesti import INIZIO
from tests.reti.test_inviti_ricevuti import ICS


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(INIZIO - timedelta(days=10)):
        yield


@pytest.fixture
def regione(provincia):
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    return SoggettoFactory(denominazione="Regione", email="lavoro@regione.example")


@pytest.fixture
def rete(regione, provincia):
    rete = ReteFactory(nome="Tavolo regionale", convocante=regione)
    AdesioneFactory(rete=rete, soggetto=provincia)
    return rete


@pytest.fixture
def ufficio(entra, coordinatore):
    return entra(coordinatore)


@pytest.fixture
def incontro(coordinatore, rete):
    dati = {"titolo": "Tavolo", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=2), "luogo": "Milano"}
    originale = ICS.replace("20230307T123000", "20230307T120000").encode()
    return registra_invito(utente=coordinatore, rete=rete, dati=dati, originale=originale)
