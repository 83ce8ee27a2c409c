"""The editorial site in a real browser: a citizen from the home to a point, barriers, zoom, colours, motion (R60)."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pagine.impianto import prepara_lingue, prepara_sito
from pagine.models import CentriPage, ContenutoPage, CpiPage, HomePage, NotiziaPage, RisultatiPage
from tests.e2e.conftest import LARGHEZZE, difetti, foto
from tests.e2e.mondo import Mondo
from tests.factories.pagine import misura, misure
from tests.factories.reti import SedeFactory, SoggettoFactory

DOMANDE = ["Come ti trovi adesso?", "Ricevi un aiuto in denaro perché non hai un lavoro?", "Quanti anni hai?"]
ESITO = "/quali-misure/?chi=senza&sostegno=si&eta=over&cosa=lavoro"
PAGINE = [
    "/",
    "/passi/",
    "/misure/",
    "/misure/gol/",
    "/misure/finita/",
    "/misure/?concluse",
    "/quali-misure/",
    "/quali-misure/?da=chi",
    ESITO,
    "/quali-misure/?chi=impresa&impresa=formare",
    "/centri-impiego/?vicino=Cremona",
    "/centri-impiego/?vicino=zzzz",
    "/centri-impiego/cpi/",
    "/risultati/",
    "/notizie/",
    "/notizie/aperti/",
    "/ricerca/?q=lavoro",
    "/ricerca/?q=zzzz",
    "/componenti/",
    "/en/misure/gol/",
    "/en/quali-misure/",
]


NUMERO = {"numero": "24", "che_cosa": "incontri", "fonte": "Questo sito", "url": ""}
RISULTATI_DI_PROVA = {
    "sommario": "Il 2023.",
    "abbiamo_lavorato_per": "<p>Essere vicini.</p>",
    "in_che_modo": "<p>Insieme.</p>",
    "numeri": [("numero", NUMERO)],
    "per_chi": "<ul><li>Lavoratori</li></ul>",
}


@pytest.fixture
def sito(mondo: Mondo) -> HomePage:
    """Two measures, the first steps, a job centre."""
    home = prepara_sito()
    servizio, cremona = mondo.punti[0].servizi.get(), mondo.punti[0].sede.comune
    elenco = misure(home)
    misura(elenco, "GOL", profili=[(["chi:senza"], "GOL aiuta chi non ha un lavoro.")], servizi=[servizio])
    misura(elenco, "Finita", al=date(2020, 1, 1))
    home.refresh_from_db()
    home.primo_passo = home.add_child(instance=ContenutoPage(title="Ho perso il lavoro", slug="passi", sommario="Tre."))
    home.save()
    centri = home.add_child(instance=CentriPage(title="Centri per l'impiego", slug="centri-impiego", sommario="s"))
    soggetto = SoggettoFactory(tipo="cpi", telefono="0372 1")
    SedeFactory(soggetto=soggetto, comune=cremona)
    centri.add_child(instance=CpiPage(title="CPI", slug="cpi", sommario="s", soggetto=soggetto, comuni=[cremona]))
    home.add_child(instance=RisultatiPage(title="I risultati", slug="risultati", **RISULTATI_DI_PROVA))
    notizie = home.add_child(instance=ContenutoPage(title="Notizie", slug="notizie", sommario="s"))
    data = date(2024, 5, 1)
    notizie.add_child(instance=NotiziaPage(title="Aperti", slug="aperti", sommario="s", data=data, testo="<p>Sì.</p>"))
    prepara_lingue(home)
    return home


@pytest.mark.parametrize("larghezza", list(LARGHEZZE))
def test_le_pagine_editoriali_sono_senza_barriere(sito, contesto, larghezza):
    """R60: axe, one h1, no sideways scrolling on a phone."""
    pagina = contesto(larghezza=larghezza).new_page()
    assert {p: d for p in PAGINE if (d := difetti(pagina, p))} == {}


def test_con_lo_zoom_al_400_per_cento_nulla_scorre_di_lato(sito, contesto):
    """R60: WCAG 1.4.10, 320 CSS pixels."""
    pagina = contesto().new_page()
    pagina.set_viewport_size({"width": 320, "height": 256})
    larghe = {}
    for percorso in [*PAGINE, "/punti-informativi/", "/avvisi/", "/ricerca/?q=lavoro", "/accessibilita/"]:
        pagina.goto(percorso)
        largo = pagina.evaluate("document.documentElement.scrollWidth")
        if largo > 320:
            larghe[percorso] = largo
    assert larghe == {}


def test_senza_javascript_e_con_la_sola_tastiera_dalla_home_al_punto(sito, contesto):
    """R60: home → guide → measure → point, as with an old phone or without a mouse."""
    pagina = contesto(larghezza="telefono", java_script_enabled=False).new_page()
    pagina.goto("/")
    pagina.locator("main").get_by_role("link", name="Quali misure chiedere").focus()
    pagina.keyboard.press("Enter")
    for domanda in DOMANDE:
        expect(pagina.get_by_role("heading", name=domanda)).to_be_visible()
        pagina.get_by_role("radio").first.focus()
        pagina.keyboard.press("Space")
        pagina.keyboard.press("Enter")
    pagina.get_by_role("radio").first.focus()
    pagina.keyboard.press("Space")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Di che cosa chiedere")).to_be_visible()
    pagina.get_by_role("link", name="GOL").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Punti per: Orientamento al lavoro").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Sportello di piazza").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Sportello di piazza")
    assert pagina.context.cookies() == []


def test_con_i_colori_forzati_e_senza_movimento_si_distingue_tutto(sito, contesto):
    """R60: in forced colours an answer keeps its border; with reduced motion nothing slides."""
    pagina = contesto(forced_colors="active", reduced_motion="reduce").new_page()
    pagina.goto("/quali-misure/")
    scelta = pagina.locator(".scelte label").first
    assert scelta.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    pagina.get_by_role("radio").first.focus()
    assert scelta.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    durate = """() => Math.max(0, ...[...document.querySelectorAll('main *')].flatMap(
        e => getComputedStyle(e).animationDuration.split(',').map(parseFloat)))"""
    assert pagina.evaluate(durate) == 0
    foto(pagina, "guida-colori-forzati")
