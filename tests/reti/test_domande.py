"""Scale: no list and no page asks the database more when it has more rows (at 20,000: tests/bench/misure_tavoli.py)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Installazione
from core.orologio import adesso
from reti.models import Presenza
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
)

pytestmark = pytest.mark.django_db
PAGINE = {
    "gestione: scrivania": ("coordinatore", "/gestione/"),
    "gestione: incontri": ("coordinatore", "/gestione/incontri/"),
    "gestione: incontri per invitati": ("coordinatore", "/gestione/incontri/?ordering=-inviti"),
    "gestione: tavoli": ("coordinatore", "/gestione/tavoli/"),
    "gestione: un tavolo": ("coordinatore", "gestione_tavoli:scheda"),
    "gestione: un incontro": ("coordinatore", "gestione_incontri:scheda"),
    "gestione: i miei calendari": ("coordinatore", "/gestione/calendari/"),
    "tavoli pubblici": (None, "/tavoli/"),
    "un tavolo pubblico": (None, "/tavoli/primo/"),
    "calendario pubblico": (None, "/tavoli/primo/calendario.ics"),
    "area": ("socio", "/area/"),
    "area: convocazioni": ("socio", "/tavoli/convocazioni/"),
}


@pytest.fixture
def socio():
    return RappresentanzaFactory().utente


def cresci(provincia, ente, quanti):
    """`quanti` boards more, where `ente` sits too; at the first, as many seats and meetings more, held and to come."""
    tavoli = [ReteFactory(convocante=provincia) for _n in range(quanti)]
    primo = type(tavoli[0]).objects.filter(slug="primo").first() or ReteFactory(slug="primo", convocante=provincia)
    for rete in [primo, *tavoli]:
        seggi = [AdesioneFactory(rete=rete) for _n in range(quanti)]
        seggi.append(rete.adesioni.filter(soggetto=ente).first() or AdesioneFactory(rete=rete, soggetto=ente))
        for giorni, stato in ((-20, StatoIncontro.SVOLTO), (20, StatoIncontro.CONVOCATO)):
            for _n in range(quanti):
                incontro = IncontroFactory(rete=rete, inizio=adesso() + timedelta(days=giorni), stato=stato)
                for seggio in seggi:
                    ConvocazioneFactory(incontro=incontro, adesione=seggio)
                    if stato == StatoIncontro.SVOLTO:
                        # One body never comes to the first, so that the desk has a row of absences to look for.
                        esito = (
                            Presenza.Esito.ASSENTE
                            if seggio.soggetto == ente and rete == primo
                            else Presenza.Esito.PRESENTE
                        )
                        PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito)
    return primo


@pytest.mark.parametrize(("chi", "pagina"), PAGINE.values(), ids=PAGINE.keys())
def test_le_domande_non_crescono_con_le_righe(client, provincia, coordinatore, socio, chi, pagina):
    """Asked with three boards and meetings more, then with three more again, twice.

    The first time nobody who came is absent since, so what the desk reads of it isn't asked yet.
    """
    Installazione.corrente()
    if chi:
        client.force_login({"coordinatore": coordinatore, "socio": socio}[chi])
    ente, quante = socio.rappresentanze.get().soggetto, []
    for quanti in (3, 3, 3):
        primo = cresci(provincia, ente, quanti)
        oggetto = primo if "tavoli" in pagina else primo.incontri.order_by("inizio")[0]
        url = pagina if pagina.startswith("/") else reverse(pagina, args=[oggetto.pk])
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as lette:
            assert client.get(url).status_code == 200
        quante.append(len(lette))
    assert quante[1] == quante[2]
