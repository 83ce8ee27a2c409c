"""The page of the datasets: every address on it answers, in both languages (R37, R60)."""

import re

import pytest
from django.utils import translation

from dati_aperti.insiemi import insiemi
from pagine.impianto import prepara_sito
from tests.factories.reti import ReteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sito(provincia):
    prepara_sito()


def test_ogni_file_della_pagina_risponde_con_il_tipo_che_dice(client, ricco, provincia):
    """R37: points, calls, agreements, bodies, network, boards."""
    ReteFactory(convocante=provincia, slug="tavolo-uno")
    esiti = {}
    for insieme in insiemi():
        for file in insieme.file:
            risposta = client.get(file.percorso)
            b"".join(risposta)  # reads to the end, which closes the file
            tipo = risposta["Content-Type"].partition(";")[0]
            if (risposta.status_code, tipo == file.tipo or not file.scarica) != (200, True):
                esiti[file.percorso] = (risposta.status_code, tipo)
    assert esiti == {}
    assert len({i.chiave for i in insiemi()}) == len({i.numero for i in insiemi()}) == 7


def test_la_pagina_dice_licenza_data_e_colonne(client, ricco):
    pagina = client.get("/dati-aperti/").content.decode()
    assert 'href="https://creativecommons.org/licenses/by/4.0/deed.it" rel="license external">CC BY 4.0<' in pagina
    assert "Ultima modifica: 8 maggio 2023." in pagina
    assert "<code>posizione_approssimata</code>" in pagina
    assert pagina.count('type="application/json"') == 3


def test_la_pagina_e_anche_in_inglese(client, ricco):
    """R60."""
    pagina = client.get("/en/dati-aperti/").content.decode()
    assert "<h1>Open data</h1>" in pagina
    assert "Last changed: 8 May 2023." in pagina
    with translation.override("en"):
        assert insiemi()[0].pagina == "/en/punti-informativi/"


def test_i_motori_di_ricerca_la_trovano(client, ricco):
    testo = client.get("/sitemap.xml").content.decode()
    assert {p: f"<loc>http://testserver{p}</loc>" in testo for p in ("/dati-aperti/", "/en/dati-aperti/")} == {
        "/dati-aperti/": True,
        "/en/dati-aperti/": True,
    }


def test_dal_pie_di_pagina_si_arriva_ai_dati_aperti(client, ricco):
    for pagina, dove in (("/avvisi/", "/dati-aperti/"), ("/en/avvisi/", "/en/dati-aperti/")):
        assert re.search(rf'<a href="{dove}">', client.get(pagina).content.decode())
