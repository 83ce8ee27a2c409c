"""The public list, its map and the page of a point."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.punti_informativi import (
    DestinatariFactory,
    EccezioneFactory,
    OrarioFactory,
    PuntoFactory,
    ServizioFactory,
    VerificaFactory,
)
from tests.factories.reti import ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db
ELENCO = "/punti-informativi/"


def _nomi(risposta):
    return [p.nome for p in risposta.context["pagina"]]


@pytest.fixture
def crema():
    return ComuneFactory(codice_istat="019035", nome="Crema", lat=45.3647, lon=9.6866)


@pytest.fixture
def cremona():
    return ComuneFactory(codice_istat="019036", nome="Cremona", lat=45.1333, lon=10.0225)


@pytest.fixture
def tre_punti(crema, cremona):
    """Two in Cremona (one accessible, with courses, for young people), one in Crema."""
    corsi = ServizioFactory(slug="corsi", nome="Corsi di formazione")
    curriculum = ServizioFactory(slug="curriculum", nome="Scrivere il curriculum")
    giovani = DestinatariFactory(slug="giovani", nome="Giovani")
    PuntoFactory(
        attivo=True,
        nome="Spazio Città",
        sede=SedeFactory(comune=cremona),
        servizi=[corsi],
        destinatari=[giovani],
        accessibilita="completa",
    )
    PuntoFactory(attivo=True, nome="Sportello Lavoro", sede=SedeFactory(comune=cremona), servizi=[curriculum])
    PuntoFactory(attivo=True, nome="Porta Ripalta", sede=SedeFactory(comune=crema), servizi=[curriculum])


@pytest.mark.parametrize(
    ("domanda", "attesi"),
    [
        ("", ["Porta Ripalta", "Spazio Città", "Sportello Lavoro"]),
        ("q=citta", ["Spazio Città"]),
        ("q=sportelli", ["Sportello Lavoro"]),
        ("q=curriculum+crema", ["Porta Ripalta"]),
        ("q=corso", ["Spazio Città"]),
        ("q=curiculum", ["Porta Ripalta", "Sportello Lavoro"]),
        ("q=astronave", []),
        ("comune=019036", ["Spazio Città", "Sportello Lavoro"]),
        ("servizio=curriculum", ["Porta Ripalta", "Sportello Lavoro"]),
        ("servizio=curriculum&comune=019035", ["Porta Ripalta"]),
        ("per=giovani", ["Spazio Città"]),
        ("accessibile=completa", ["Spazio Città"]),
        ("vicino=019036", ["Spazio Città", "Sportello Lavoro", "Porta Ripalta"]),
        ("lat=45.36&lon=9.69", ["Porta Ripalta", "Spazio Città", "Sportello Lavoro"]),
        ("comune=inesistente", ["Porta Ripalta", "Spazio Città", "Sportello Lavoro"]),
        ("lat=nan&lon=inf", ["Porta Ripalta", "Spazio Città", "Sportello Lavoro"]),
    ],
)
def test_elenco_e_mappa_rispondono_alla_stessa_domanda(client, tre_punti, domanda, attesi):
    """R32, R33: the filters live in the URL; the map's data are the list's."""
    assert _nomi(client.get(f"{ELENCO}?{domanda}")) == attesi
    dati = json.loads(client.get(f"{ELENCO}dati.geojson?{domanda}").content)
    assert [f["properties"]["nome"] for f in dati["features"]] == attesi


def test_la_correzione_e_dichiarata(client, tre_punti):
    risposta = client.get(f"{ELENCO}?q=curiculum")
    assert risposta.context["corretta"] == "curriculum"
    assert "Nessun punto per «curiculum»: ecco quelli per <strong>curriculum</strong>." in risposta.content.decode()


def test_la_distanza_e_in_chilometri(client, tre_punti):
    """R33: Cremona and Crema are 37 km apart as the crow flies."""
    punti = client.get(f"{ELENCO}?vicino=019036").context["pagina"]
    assert [round(p.distanza) for p in punti] == [0, 0, 37]


@pytest.mark.parametrize("stato", ["verificato", "sospeso", "cessato"])
def test_solo_i_punti_attivi_sono_nell_elenco(client, stato):
    PuntoFactory(**{stato: True})
    assert _nomi(client.get(ELENCO)) == []


def test_le_query_non_crescono_con_le_righe(client, lunedi, cremona):
    def quante():
        with CaptureQueriesContext(
            connection,
        ) as fatte:
            client.get(ELENCO + "?aperto=on&q=punto")
        return len(fatte)

    def aggiungi():
        punto = PuntoFactory(attivo=True, sede=SedeFactory(comune=cremona))
        OrarioFactory(punto=punto)
        EccezioneFactory(punto=punto)

    aggiungi()
    client.get(ELENCO)
    con_uno = quante()
    aggiungi()
    aggiungi()
    assert quante() == con_uno
    with CaptureQueriesContext(connection) as fatte:
        client.get(f"{ELENCO}dati.geojson")
    assert len([q for q in fatte if "puntoinformativo" in q["sql"]]) == 3  # which are public, their comuni, their texts


def test_la_pagina_dice_orari_contatti_e_verifica(client, lunedi, cremona, provincia):
    """R30, R31: open now in words, the week, verified on … by the Province and never by a person."""
    punto = PuntoFactory(
        attivo=True,
        slug="sportello",
        nome="Sportello Lavoro",
        sede=SedeFactory(comune=cremona, lat=45.13, lon=10.02),
        telefono="0372 000 001",
        cosa_portare="Documento di identità",
    )
    OrarioFactory(punto=punto)
    verifica = VerificaFactory(punto=punto)
    testo = client.get(punto.get_absolute_url()).content.decode()
    assert "Aperto ora, chiude alle 12:30" in testo
    assert '<link itemprop="dayOfWeek" href="https://schema.org/Monday">' in testo
    assert 'href="tel:0372000001"' in testo
    assert 'href="geo:45.13,10.02"' in testo
    assert "Documento di identità" in testo
    assert "Dati verificati il 2 maggio 2023 da: Provincia." in " ".join(testo.split())
    assert str(verifica.utente) not in testo


def test_la_pagina_di_un_punto_senza_orari_lo_dice(client, lunedi):
    """R30: unknown hours are said as unknown."""
    testo = client.get(PuntoFactory(attivo=True).get_absolute_url()).content.decode()
    assert "Non sappiamo gli orari: telefona o scrivi prima di andare." in testo


@pytest.mark.parametrize(
    ("punto", "codice", "frase"),
    [
        ({"sospeso": True}, 200, "Questo punto è sospeso: per ora non riceve persone."),
        ({"cessato": True}, 410, "Questo punto non c&#x27;è più dal 1 settembre 2023."),
        ({"verificato": True}, 404, ""),
        ({}, 404, ""),
        ({"cessato": True, "attivo_dal": None}, 404, ""),
        ({"attivo": True, "live": False}, 404, ""),
    ],
)
def test_la_pagina_di_un_punto_non_attivo(client, punto, codice, frase):
    risposta = client.get(PuntoFactory(**punto).get_absolute_url())
    assert risposta.status_code == codice
    assert frase.replace("&#x27;", "'") in risposta.content.decode().replace("&#x27;", "'")


def test_il_geojson_segna_le_posizioni_approssimate(client, cremona):
    PuntoFactory(attivo=True, slug="senza", nome="A", sede=SedeFactory(comune=cremona))
    PuntoFactory(attivo=True, slug="con", nome="B", sede=SedeFactory(comune=cremona, lat=45.2, lon=10.1))
    dati = json.loads(client.get(reverse("punti:dati")).content)
    assert [(f["geometry"]["coordinates"], f["properties"]["approssimata"]) for f in dati["features"]] == [
        ([10.023, 45.133], True),
        ([10.1, 45.2], False),
    ]
    assert dati["features"][0]["properties"]["url"] == "/punti-informativi/senza/"


def test_chiusura_di_oggi_sulla_scheda(client, lunedi):
    punto = OrarioFactory().punto
    EccezioneFactory(punto=punto, dal=lunedi.date(), al=lunedi.date() + timedelta(days=1), motivo="Assemblea")
    assert "Chiuso oggi (Assemblea), apre lunedì 15 maggio alle 9" in client.get(ELENCO).content.decode()
