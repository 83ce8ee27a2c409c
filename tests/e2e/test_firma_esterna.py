"""The document leaves by download, is signed with a certificate of a real authority and returns by upload (R10)."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reti.models import Rappresentanza
from tests.accordi.pki import Pki, accesa, codice_di
from tests.e2e.mondo import Mondo, accordo_in_firma


@pytest.fixture
def pki(tmp_path, settings):
    cartella = tmp_path / "pki"
    cartella.mkdir()
    with accesa(cartella, datetime.now(UTC)) as autorita:
        fiducia = tmp_path / "fiducia"
        fiducia.mkdir()
        (fiducia / "radice.crt").write_bytes(autorita.radice.dump())
        settings.FIDUCIA_CARTELLA, settings.FIDUCIA_RETI_AMMESSE = fiducia, ["127.0.0.0/8"]
        autorita.animatore.fixed_time = None  # the authority follows the machine's clock, as the server does
        yield autorita


def firma_fuori(pki: Pki, ricevuto: Path, campo: str) -> Path:
    """In a thread of its own: the browser's loop runs in this one."""
    firmato = ricevuto.with_name("firmato.pdf")
    with ThreadPoolExecutor(1) as altrove:
        firmato.write_bytes(altrove.submit(pki.firma, ricevuto.read_bytes(), "p0", campo).result())
    return firmato


def foto(pagina: Page, nome: str) -> None:
    """Kept where FOTO says, to be looked at."""
    if cartella := os.environ.get("FOTO"):
        pagina.screenshot(path=f"{cartella}/{nome}.png", full_page=True)


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
def test_si_firma_con_la_propria_firma_digitale(mondo: Mondo, contesto, pki, tmp_path, senza_barriere, larghezza):
    """Take, download, sign outside, a wrong file first, then the right one, and the report."""
    Rappresentanza.objects.filter(utente=mondo.partner).update(codice_fiscale=codice_di(0))
    accordo = accordo_in_firma(mondo)
    campo = accordo.parti.get(soggetto=mondo.operatore).campo
    pagina = contesto(mondo.partner, larghezza=larghezza).new_page()
    pagina.goto(reverse("accordi:firma", args=[accordo.codice]))
    pagina.get_by_role("link", name="Preferisci la tua firma digitale").click()
    foto(pagina, f"{larghezza}-1-prima")
    senza_barriere(pagina)
    pagina.get_by_role("button", name="Prendi il documento").click()
    expect(pagina.get_by_text("È riservato a te fino alle")).to_be_visible()
    with pagina.expect_download() as attesa:
        pagina.get_by_role("link", name="Scarica il PDF").click()
    ricevuto = tmp_path / "ricevuto.pdf"
    attesa.value.save_as(ricevuto)
    pagina.locator("input[type=file]").set_input_files(ricevuto)
    pagina.get_by_role("button", name="Carica e controlla").click()
    expect(pagina.get_by_text("Nel file non c'è nessuna firma nuova")).to_be_visible()
    foto(pagina, f"{larghezza}-2-errore")
    senza_barriere(pagina)
    pagina.locator("input[type=file]").set_input_files(firma_fuori(pki, ricevuto, campo))
    pagina.get_by_role("button", name="Carica e controlla").click()
    expect(pagina.get_by_text("la firma è stata controllata e accettata").first).to_be_visible()
    expect(pagina.get_by_text("Non revocato, chiesto all'autorità")).to_be_visible()
    foto(pagina, f"{larghezza}-3-referto")
    senza_barriere(pagina)


def test_il_dirigente_trova_la_stessa_strada_nell_ufficio(mondo: Mondo, contesto, pki):
    accordo = accordo_in_firma(mondo)
    Rappresentanza.objects.filter(utente=mondo.dirigente).update(codice_fiscale=codice_di(1))
    accordo.parti.update(stadio=1)
    parte = accordo.parti.get(soggetto__titolare_piattaforma=True)
    pagina = contesto(mondo.dirigente).new_page()
    pagina.goto(reverse("accordi_gestione:firma", args=[parte.pk]))
    pagina.get_by_role("link", name="Preferisci la tua firma digitale").click()
    pagina.get_by_role("button", name="Prendi il documento").click()
    expect(pagina.get_by_text("È riservato a te fino alle")).to_be_visible()
    foto(pagina, "ufficio")
