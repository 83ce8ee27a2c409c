"""The document leaves by download, is signed with a certificate of a real authority and returns by upload (R10)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reti.models import Rappresentanza
from tests.accordi.pki import codice_di
from tests.e2e.conftest import foto
from tests.e2e.gesti import firma_fuori
from tests.e2e.mondo import Mondo, accordo_in_firma


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
def test_si_firma_con_la_propria_firma_digitale(mondo: Mondo, contesto, pki, tmp_path, senza_barriere, larghezza):
    """Take, download, sign outside, a wrong file first, then the right one, and the report."""
    Rappresentanza.objects.filter(utente=mondo.partner).update(codice_fiscale=codice_di(0))
    accordo = accordo_in_firma(mondo)
    campo = accordo.parti.get(soggetto=mondo.operatore).campo
    pagina = contesto(mondo.partner, larghezza=larghezza).new_page()
    pagina.goto(reverse("accordi:firma", args=[accordo.codice]))
    pagina.get_by_role("link", name="Preferisci la tua firma digitale").click()
    foto(pagina, f"firma-1-prima-{larghezza}")
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
    foto(pagina, f"firma-2-errore-{larghezza}")
    senza_barriere(pagina)
    pagina.locator("input[type=file]").set_input_files(firma_fuori(pki, ricevuto, campo))
    pagina.get_by_role("button", name="Carica e controlla").click()
    expect(pagina.get_by_text("la firma è stata controllata e accettata").first).to_be_visible()
    expect(pagina.get_by_text("Non revocato, chiesto all'autorità")).to_be_visible()
    foto(pagina, f"firma-3-referto-{larghezza}")
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
