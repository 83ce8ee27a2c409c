"""A point without a position stands at its comune's centre: said everywhere, never a precise distance (R33)."""

import json

import pytest
from django.urls import reverse

from punti_informativi.services import importazione as servizi
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db
DETTO = "Posizione approssimata: centro del comune"


@pytest.fixture
def senza(lunedi):
    """An open point of Crema of which nobody said the position."""
    crema = ComuneFactory(codice_istat="019035", nome="Crema", lat=45.36, lon=9.68)
    ComuneFactory(codice_istat="019036", nome="Cremona", lat=45.13, lon=10.02)
    sede = SedeFactory(comune=crema, indirizzo="Via Roma 1")
    return PuntoFactory(attivo=True, verificato_il=lunedi.date(), codice="P1", sede=sede)


def _pagine(client, punto, **filtri):
    return [
        client.get(url, filtri).content.decode().replace("&#x27;", "'")
        for url in (reverse("punti:elenco"), punto.get_absolute_url())
    ]


def test_elenco_pagina_e_mappa_dicono_che_la_posizione_e_approssimata(client, senza):
    elenco, pagina = _pagine(client, senza, vicino="019036")
    assert (f'<p class="posizione-approssimata">{DETTO}</p>' in elenco, "circa 37 km" in elenco) == (True, True)
    assert "Sulla mappa è al centro del comune: la posizione precisa non la sappiamo. Vale l'indirizzo." in pagina
    assert ("geo:" in pagina, 'itemprop="latitude"' in pagina) == (False, False)
    dati = json.loads(client.get(reverse("punti:dati")).content)["features"][0]
    assert (dati["geometry"]["coordinates"], dati["properties"]["approssimata"]) == ([9.68, 45.36], True)


def test_nel_proprio_comune_la_distanza_non_e_zero(client, senza):
    elenco, _pagina = _pagine(client, senza, vicino="019035")
    assert ("a pochi km" in elenco, "0,0 km" in elenco, "circa 0 km" in elenco) == (True, False, False)


def test_la_posizione_precisa_data_dopo_prende_il_posto_del_centro(client, senza, coordinatore):
    """From a file, as from the register: the page, the list and the map stop saying «approssimata»."""
    impronta = servizi.deposita(utente=coordinatore, contenuto=b"codice;lat;lon\nP1;45.37;9.69\n")
    servizi.scrivi.call(servizi.avvia(utente=coordinatore, impronta=impronta, aprire=False).pk)
    elenco, pagina = _pagine(client, senza, vicino="019035")
    assert (DETTO in elenco.split('id="elenco-punti"')[1], "a 1,4 km" in elenco) == (False, True)
    assert ("posizione-approssimata" in pagina, "geo:45.37,9.69" in pagina) == (False, True)
    dati = json.loads(client.get(reverse("punti:dati")).content)["features"][0]
    assert (dati["geometry"]["coordinates"], dati["properties"]["approssimata"]) == ([9.69, 45.37], False)
