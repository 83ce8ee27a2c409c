"""Finding a point in a real browser: list and map together, the position, the boundaries (R32, R33, R60)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from punti_informativi.models import PuntoInformativo
from reti.models import Comune, Confine
from tests.e2e.conftest import LARGHEZZE
from tests.e2e.mondo import Mondo

ELENCO = "/punti-informativi/"


def _nomi(pagina):
    return [t.strip() for t in pagina.locator(".schede h3").all_inner_texts()]


def _confina_cremona():
    comune = Comune.objects.get(nome="Cremona")
    lon, lat = comune.lon, comune.lat
    anello = [[lon - 0.1, lat - 0.1], [lon + 0.1, lat - 0.1], [lon, lat + 0.1], [lon - 0.1, lat - 0.1]]
    Confine.objects.create(
        comune=comune, geometria={"type": "Polygon", "coordinates": [anello]}, fonte="Fonte <di prova>"
    )


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("larghezza", list(LARGHEZZE))
def test_dalla_pagina_iniziale_ai_punti_piu_vicini(mondo: Mondo, contesto, senza_barriere, larghezza, javascript):
    """R32, R33: «Abito a» and «Mi serve» with and without JavaScript; a chip takes a filter away."""
    pagina = contesto(larghezza=larghezza, java_script_enabled=javascript).new_page()
    pagina.goto("/")
    pagina.get_by_label("Abito a").fill("crema")
    pagina.locator("main").get_by_role("button", name="Cerca").first.click()
    assert _nomi(pagina)[0] == "Punto Crema"
    expect(pagina.get_by_label("Abito a")).to_have_value("Crema")
    pagina.get_by_text("Altri filtri").click()
    pagina.get_by_label("Distanza", exact=True).select_option("10")
    pagina.get_by_role("button", name="Applica i filtri").click()
    expect(pagina.get_by_role("heading", name="1 punto informativo")).to_be_visible()
    if javascript:
        senza_barriere(pagina)
    pagina.get_by_role("link", name="Togli il filtro: Distanza: Entro 10 km").click()
    expect(pagina.get_by_role("heading", name="3 punti informativi")).to_be_visible()


def test_la_posizione_va_solo_nell_indirizzo_a_tre_decimali(mondo: Mondo, contesto):
    """R33: no request to others (the fixture fails on one), sorted by distance."""
    posto = {"latitude": 45.3633333, "longitude": 9.6866666}
    pagina = contesto(geolocation=posto, permissions=["geolocation"]).new_page()
    pagina.goto(ELENCO)
    pagina.get_by_role("button", name="Usa la mia posizione").click()
    pagina.wait_for_url("**lat=45.363**")
    assert pagina.url.endswith(f"{ELENCO}?lat=45.363&lon=9.687")
    assert _nomi(pagina)[0] == "Punto Crema"
    expect(pagina.get_by_role("link", name="Togli il filtro: Vicino alla tua posizione")).to_be_visible()


def test_chi_nega_la_posizione_legge_che_cosa_fare(mondo: Mondo, contesto):
    pagina = contesto().new_page()
    pagina.goto(ELENCO)
    pagina.get_by_role("button", name="Usa la mia posizione").click()
    expect(pagina.get_by_text("Il browser non ci ha dato la posizione: scrivi il tuo comune")).to_be_visible()


def test_la_mappa_si_usa_con_la_tastiera_e_si_accende_con_l_elenco(mondo: Mondo, contesto, senza_barriere):
    """R32, R60: our own ground; Enter on a mark opens it and moves there, Escape goes back; card and mark together."""
    _confina_cremona()
    pagina = contesto().new_page()
    pagina.goto(f"{ELENCO}?comune=019036")
    expect(pagina.locator("path.mappa-confine")).to_have_count(1)
    expect(pagina.get_by_text("Fonte <di prova>")).to_be_visible()
    scheda = pagina.locator(".scheda-punto").first
    scheda.get_by_role("link").first.focus()
    expect(pagina.locator(".leaflet-marker-pane .in-evidenza")).to_have_count(1)
    if pagina.locator(".mappa-gruppo").count():
        pagina.locator(".mappa-gruppo").first.focus()
        pagina.keyboard.press("Enter")
    segno = pagina.locator(".mappa-punto").first
    segno.focus()
    pagina.keyboard.press("Enter")
    legame = pagina.locator(".leaflet-popup a[href^='/punti-informativi/']")
    expect(legame).to_be_focused()
    expect(pagina.locator(".scheda-punto.in-evidenza")).to_have_count(1)
    expect(pagina.get_by_role("button", name="Chiudi", exact=True)).to_be_visible()
    senza_barriere(pagina)
    pagina.keyboard.press("Escape")
    expect(legame).to_have_count(0)
    expect(segno).to_be_focused()


def test_un_punto_da_non_elencare_non_e_sulla_mappa(mondo: Mondo, contesto):
    PuntoInformativo.objects.filter(nome="Punto Crema").update(non_elencare=True)
    pagina = contesto().new_page()
    with pagina.expect_response(f"**{reverse('punti:dati')}**") as risposta:
        pagina.goto(ELENCO)
    nomi = [f["properties"]["nome"] for f in risposta.value.json()["features"]]
    assert nomi == _nomi(pagina) == ["Casa dei corsi", "Sportello di piazza"]
