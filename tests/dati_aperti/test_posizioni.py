"""A position has as many decimals as it is worth, the same wherever it is published (R33, R37)."""

import csv
import io
import json

import pytest

from reti.posizioni import da_dire
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db
RADICE = "/dati-aperti/punti-informativi"


@pytest.fixture
def punti(lunedi):
    """One at its door, one at its comune's centre, both with all the decimals of a geocoder."""
    crema = ComuneFactory(nome="Crema", lat=45.3629512345, lon=9.6826498765)
    porta = SedeFactory(comune=crema, lat=45.1334567891, lon=10.0223456789)
    return [
        PuntoFactory(attivo=True, verificato_il=lunedi.date(), slug=slug, nome=slug.title(), sede=sede)
        for slug, sede in (("porta", porta), ("centro", SedeFactory(comune=crema)))
    ]


def _scarica(client, formato):
    return b"".join(client.get(f"{RADICE}.{formato}").streaming_content).decode().removeprefix("\ufeff")


def test_ovunque_la_stessa_posizione_con_le_stesse_cifre(client, punti):
    """R37: CSV, GeoJSON, HSDS, API, the list's map."""
    attese = {"porta": (45.13346, 10.02235), "centro": (45.363, 9.683)}
    righe = csv.DictReader(io.StringIO(_scarica(client, "csv")), delimiter=";")
    in_numeri = {r["slug"]: [float(r[c].replace(",", ".")) for c in ("latitudine", "longitudine")] for r in righe}
    assert {slug: tuple(p) for slug, p in in_numeri.items()} == attese
    for testo in (_scarica(client, "geojson"), client.get("/punti-informativi/dati.geojson").content):
        luoghi = [tuple(e["geometry"]["coordinates"]) for e in json.loads(testo)["features"]]
        assert sorted(luoghi) == sorted((lon, lat) for lat, lon in attese.values())
    hsds = json.loads(_scarica(client, "hsds.json"))["contents"]
    luoghi = [(s["location"]["latitude"], s["location"]["longitude"]) for v in hsds for s in v["service_at_locations"]]
    assert sorted(luoghi) == sorted(attese.values())
    for slug, (lat, lon) in attese.items():
        detta = client.get(f"/api/v1/punti/{slug}").json()["posizione"]
        assert (detta["latitudine"], detta["longitudine"], detta["approssimata"]) == (lat, lon, slug == "centro")


def test_la_pagina_e_i_comuni_dicono_le_stesse_cifre(client, punti):
    """R33."""
    pagina = client.get(punti[0].get_absolute_url()).content.decode()
    assert ('href="geo:45.13346,10.02235"' in pagina, "#map=17/45.13346/10.02235" in pagina) == (True, True)
    assert "45.133456" not in pagina
    (crema,) = [c for c in client.get("/punti-informativi/dati.geojson").json()["comuni"] if c["nome"] == "Crema"]
    assert (crema["lat"], crema["lon"]) == (45.363, 9.683)


@pytest.mark.parametrize(
    ("posizione", "approssimata", "detta"),
    [
        ((45.1, 9.0), False, (45.1, 9.0)),
        ((45.123456, -9.654321), False, (45.12346, -9.65432)),
        ((45.123456, -9.654321), True, (45.123, -9.654)),
    ],
)
def test_le_cifre_che_la_posizione_vale(posizione, approssimata, detta):
    assert da_dire(*posizione, approssimata=approssimata) == detta
