"""A real browser against a live server: pages by role, keyboard, automatic WCAG check."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from accordi.sigillo import crea_sigillo
from core import orologio as modulo_orologio
from tests.accordi.pki import Pki, accesa
from tests.e2e.mondo import Mondo, crea_mondo
from utenti.models import Utente

# Playwright's loop runs in this thread; the suite's own database calls are not async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# A machine that does other work too answers late, not wrongly.
expect.set_options(timeout=20_000)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
REGOLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# Inside the page or the browser itself: its PDF reader is an extension.
DEL_BROWSER = ("data:", "blob:", "chrome-extension://", "chrome://")
LARGHEZZE = {"telefono": {"width": 390, "height": 844}, "scrivania": {"width": 1280, "height": 900}}


@pytest.hookimpl(tryfirst=True)  # before pytest-django puts transactional tests last
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    senza = pytest.mark.skip(reason="nessun Chromium su questa macchina: prove nel browser non eseguite")
    for prova in items:
        if "tests/e2e" in str(prova.path):
            prova.add_marker(pytest.mark.e2e)
            prova.add_marker(pytest.mark.django_db(transaction=True))
            if not CHROMIUM:
                prova.add_marker(senza)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One per module, not per session: while it is open its loop would keep other tests from running one."""
    argomenti = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as p:
        istanza = p.chromium.launch(executable_path=CHROMIUM, args=argomenti)
        yield istanza
        istanza.close()


@pytest.fixture
def contesto(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts: `contesto(utente=…, larghezza="telefono", javascript=False)`.

    Any console error, CSP violation or request to another host fails the test; `tollera` names
    what a page may say because the test asked for it (a 404 is an error in the console too).
    """
    aperti: list[BrowserContext] = []
    difetti: list[str] = []

    def _annota_console(messaggio: ConsoleMessage, tollera: str) -> None:
        dove = messaggio.location.get("url") or ""
        # Our pages name their icon; a PDF opened by itself can't, and the browser asks for the old one.
        if messaggio.type != "error" or dove.endswith("/favicon.ico") or (tollera and tollera in messaggio.text):
            return
        difetti.append(f"console: {messaggio.text} ({dove})")

    def _apri(
        utente: Utente | None = None, larghezza: str = "scrivania", tollera: str = "", **opzioni: object
    ) -> BrowserContext:
        nuovo = browser.new_context(
            base_url=live_server.url,
            viewport=LARGHEZZE[larghezza],
            locale="it-IT",
            timezone_id="Europe/Rome",
            **opzioni,
        )
        nuovo.set_default_timeout(20_000)
        nuovo.on("console", lambda m: _annota_console(m, tollera))
        nuovo.on("request", lambda r: _solo_nostre(r.url))
        if utente:
            client = Client()
            client.force_login(utente)
            valore = client.cookies[settings.SESSION_COOKIE_NAME].value
            nuovo.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": valore, "url": live_server.url}])
        aperti.append(nuovo)
        return nuovo

    def _solo_nostre(url: str) -> None:
        if not url.startswith((live_server.url, *DEL_BROWSER)):
            difetti.append(f"richiesta a terzi: {url}")

    yield _apri
    for c in aperti:
        c.close()
    assert difetti == []


@pytest.fixture
def pagina(contesto) -> Page:
    """An anonymous page at desktop width."""
    return contesto().new_page()


@pytest.fixture(scope="session")
def _sigillo_del_browser(tmp_path_factory) -> Path:
    percorso = tmp_path_factory.mktemp("sigillo") / "sigillo.p12"
    crea_sigillo(percorso, "prova", ente="Provincia di prova")
    return percorso


@pytest.fixture
def mondo(transactional_db, settings, _sigillo_del_browser) -> Mondo:
    """A small province, and the seal that its signatures need; caches start empty."""
    settings.SIGILLO_P12, settings.SIGILLO_PASSWORD = _sigillo_del_browser, "prova"
    cache.clear()
    return crea_mondo()


@pytest.fixture
def pki(tmp_path, settings) -> Iterator[Pki]:
    """A certificate authority that the server trusts; it follows the machine's clock, as the server does."""
    for nome in ("pki", "fiducia"):
        (tmp_path / nome).mkdir()
    with accesa(tmp_path / "pki", datetime.now(UTC)) as autorita:
        (tmp_path / "fiducia" / "radice.crt").write_bytes(autorita.radice.dump())
        settings.FIDUCIA_CARTELLA, settings.FIDUCIA_RETI_AMMESSE = tmp_path / "fiducia", ["127.0.0.0/8"]
        autorita.animatore.fixed_time = None
        yield autorita


@pytest.fixture
def e_adesso(monkeypatch, request) -> Callable[[datetime], None]:
    """Hold the product's clock in every thread, the server's included, until the test ends.

    The test authority, where the test has one, answers a second later.
    """

    def _ferma(istante: datetime) -> None:
        monkeypatch.setattr(modulo_orologio, "_fermo_al", ContextVar("fermo_al", default=istante))
        if "pki" in request.fixturenames:
            request.getfixturevalue("pki").animatore.fixed_time = istante + timedelta(seconds=1)

    return _ferma


def foto(pagina: Page, nome: str) -> None:
    """At both widths, kept where FOTO says, to be looked at."""
    if not (cartella := os.environ.get("FOTO")):
        return
    prima = pagina.viewport_size
    for misura in LARGHEZZE.values():
        # The back office scrolls inside itself: its whole page is only what a tall window shows.
        pagina.set_viewport_size(misura | ({"height": 2400} if "/gestione/" in pagina.url else {}))
        pagina.wait_for_timeout(400)  # the back office slides into place
        pagina.screenshot(path=f"{cartella}/{nome}-{misura['width']}.png", full_page=True)
    pagina.set_viewport_size(prima)


FERMA = """Promise.all(document.getAnimations()
  .filter((a) => a.effect.getComputedTiming().endTime < Infinity)
  .map((a) => a.finished.catch(() => null)))"""


def barriere(pagina: Page) -> list[str]:
    """WCAG 2.1 AA violations that axe finds on the page at rest: rule and first elements (R60)."""
    pagina.evaluate(FERMA)  # half-way through a fade every contrast is too low
    scelte = {"runOnly": {"type": "tag", "values": REGOLE}, "resultTypes": ["violations"]}
    esito = Axe().run(pagina, options=scelte)
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in esito.response["violations"]]


def difetti(pagina: Page, url: str, *, titolo: bool = True) -> list[str]:
    """What is wrong on the page; on a telephone, scrolling sideways too."""
    pagina.goto(url)
    trovati = barriere(pagina)
    if (titoli := pagina.locator("h1").count()) != 1 and titolo:
        trovati.append(f"titoli h1: {titoli}")
    if pagina.viewport_size == LARGHEZZE["telefono"]:
        largo, finestra = pagina.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if largo > finestra:
            trovati.append(f"scorre di lato: {largo} > {finestra}")
    return trovati


@pytest.fixture
def senza_barriere() -> Callable[[Page], None]:
    """Fail on any WCAG 2.1 AA violation that axe finds on the page (R60)."""

    def _controlla(pagina: Page) -> None:
        assert barriere(pagina) == [], pagina.url

    return _controlla
