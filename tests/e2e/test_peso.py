"""What a first visit carries on a cheap phone, and whether it moves while it comes (issue 5, «Fast»)."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from pagine.impianto import prepara_sito
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory

MASSIMO = 200_000
PAGINE = ["/", "/punti-informativi/", "/punti-informativi/sportello/"]
SI_COMPRIME = ("text/", "application/")
# Registered before the page is: what moves at its first drawing counts too.
ASCOLTA = """
window.spostamenti = 0;
new PerformanceObserver(lista => { for (const s of lista.getEntries()) window.spostamenti += s.value; })
  .observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def sito(transactional_db):
    prepara_sito()
    OrarioFactory(punto=PuntoFactory(attivo=True, slug="sportello", nome="Sportello Lavoro"))
    for _n in range(24):
        PuntoFactory(attivo=True)


def _peso(risposta: Response) -> int:
    """Bytes on the wire as in production, where texts leave compressed; images apart."""
    tipo = risposta.headers.get("content-type", "")
    if tipo.startswith("image/"):
        return 0
    corpo = risposta.body()
    return len(gzip.compress(corpo)) if tipo.startswith(SI_COMPRIME) else len(corpo)


def _aspetta_ferma(pagina: Page) -> None:
    """Everything came, and two frames were drawn since."""
    pagina.wait_for_load_state("networkidle")
    pagina.evaluate("() => new Promise(fatto => requestAnimationFrame(() => requestAnimationFrame(fatto)))")


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
@pytest.mark.parametrize("dove", PAGINE)
def test_la_prima_pagina_pesa_poco_e_non_si_muove(contesto, sito, dove, larghezza):
    risposte: list[Response] = []
    aperto = contesto(larghezza=larghezza)
    aperto.add_init_script(ASCOLTA)
    pagina = aperto.new_page()
    pagina.on("response", lambda risposta: risposte.append(risposta))
    pagina.goto(dove)
    _aspetta_ferma(pagina)
    pesi = {r.url.partition("//")[2].partition("/")[2]: _peso(r) for r in risposte if r.ok}
    assert pagina.evaluate("window.spostamenti") == 0
    assert sum(pesi.values()) < MASSIMO, sorted(pesi.items(), key=lambda voce: -voce[1])
