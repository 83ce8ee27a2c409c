"""A point that says everything, beside those that the public never sees."""

from datetime import date, time

import pytest

from tests.factories.punti_informativi import (
    DestinatariFactory,
    EccezioneFactory,
    LinguaFactory,
    OrarioFactory,
    PuntoFactory,
    ServizioFactory,
)
from tests.factories.reti import ComuneFactory, SedeFactory, SoggettoFactory
from tests.punti_informativi.conftest import LUNEDI


def punto_ricco(n: int = 1):
    """Active, with every field written; its telephone and name would be formulas for a spreadsheet."""
    sede = SedeFactory(indirizzo=f"Via Larga, {n}", cap="26100", lat=45.13, lon=10.02)
    punto = PuntoFactory(
        attivo=True,
        sede=sede,
        slug=f"sportello-{n}",
        nome=f"=Sportello {n}",
        descrizione="Colloqui; orientamento.",
        cosa_portare="Un documento.",
        come_arrivare="Autobus 4.",
        telefono="+39 0372 123456",
        email="sportello@ente.example",
        sito_web="https://ente.example/",
        accessibilita="parziale",
        a_distanza=True,
        attivo_dal=date(2023, 1, 9),
        verificato_il=date(2023, 4, 3),
        cpi_riferimento=SoggettoFactory(tipo="cpi", denominazione="CPI Cremona"),
        servizi=[ServizioFactory(nome="Tirocini"), ServizioFactory(nome="Colloqui")],
        destinatari=[DestinatariFactory(nome="Giovani")],
    )
    punto.lingue = [LinguaFactory(codice=f"en{n}", nome="inglese")]
    punto.comuni_serviti = [ComuneFactory()]
    punto.save()
    for giorno in (0, 1):
        OrarioFactory(punto=punto, giorno=giorno)
    OrarioFactory(punto=punto, giorno=0, dalle=time(14), alle=time(23, 59), su_appuntamento=True)
    EccezioneFactory(punto=punto, dal=date(2023, 8, 7), al=date(2023, 8, 25), motivo="Ferie")
    EccezioneFactory(punto=punto, dal=date(2023, 1, 2), al=date(2023, 1, 5))
    return punto


@pytest.fixture
def lunedi(orologio):
    """The clock of the points' tests: Monday 8 May 2023, 10 in the morning."""
    with orologio(LUNEDI):
        yield LUNEDI


@pytest.fixture
def ricco(db, lunedi):
    return punto_ricco()


@pytest.fixture
def nascosti(db, lunedi):
    """One of each kind that open data must not tell."""
    return [
        PuntoFactory(nome="Nascosto candidato"),
        PuntoFactory(nome="Nascosto da non elencare", attivo=True, non_elencare=True),
        PuntoFactory(nome="Nascosto sospeso", sospeso=True),
        PuntoFactory(nome="Nascosto cessato", cessato=True),
        PuntoFactory(nome="Nascosto mai confermato", attivo=True, verificato_il=date(2022, 1, 1)),
        PuntoFactory(nome="Nascosto in bozza", attivo=True, live=False),
    ]
