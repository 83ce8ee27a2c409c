"""From the draft of an agreement to the last signature and its verification, step by step in the browser."""

import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accordi.models import Accordo
from accordi.services.secondo_fattore import codice_attuale
from tests.accordi.pki import Pki
from tests.e2e.gesti import cerca_nella_mail, detto, firma_fuori
from utenti.demo import segreto
from utenti.models import Utente


def manda_in_firma(pagina: Page, accordo: Accordo) -> None:
    """The three bodies in the first stage, the Province in the second; then the text freezes."""
    pagina.goto(reverse("accordi_gestione:accordo", args=[accordo.pk]))
    pagina.get_by_label("Determinazione n.").fill("31")
    pagina.get_by_label("Determinazione del").fill("2023-03-20")
    pagina.get_by_role("button", name="Salva la bozza").click()
    pagina.get_by_role("link", name="Decidi chi firma e quando").click()
    for parte in accordo.parti.select_related("soggetto"):
        stadio = "2" if parte.soggetto.titolare_piattaforma else "1"
        pagina.get_by_label(f"Stadio di {parte.soggetto}").select_option(stadio)
    pagina.get_by_label("Firma chiesta a Artigiani Insieme").select_option("qualificata")
    pagina.get_by_role("button", name="Salva il giro").click()
    pagina.get_by_role("button", name="Manda in firma").click()
    detto(pagina, "Testo congelato: chi deve firmare riceve un messaggio.")


def apre_il_pdf(pagina: Page) -> None:
    with pagina.context.expect_event("response", lambda r: "/documento/" in r.url) as risposta:
        pagina.get_by_role("link", name="Apri il PDF").click()
    assert risposta.value.status == 200


def firma_qui(pagina: Page, accordo: Accordo, utente: Utente, consegna_posta: object) -> None:
    """In the three steps of the page, with the code that arrives by mail."""
    pagina.goto(accordo.get_absolute_url())
    pagina.get_by_role("link", name="Leggi e firma").click()
    apre_il_pdf(pagina)
    pagina.get_by_role("button", name="Mandami il codice").click()
    detto(pagina, f"Codice inviato a {utente.email}")
    consegna_posta()
    pagina.get_by_label("Ho aperto il documento").check()
    codice = cerca_nella_mail(utente.email, "Il codice per firmare", r"\b(\d{6})\b")
    pagina.locator("[name=codice]").fill(codice)
    pagina.get_by_role("button", name="Firma l'accordo").click()
    detto(pagina, "Hai firmato per")


def firma_con_la_sua(pagina: Page, accordo: Accordo, pki: Pki, cartella: Path) -> None:
    """Outside: taken, downloaded, signed with a qualified certificate and a timestamp, uploaded, checked."""
    pagina.goto(reverse("accordi:firma", args=[accordo.codice]))
    pagina.get_by_role("link", name=re.compile("la tua firma digitale")).click()
    pagina.get_by_role("button", name="Prendi il documento").click()
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="Scarica il PDF").click()
    scaricato.value.save_as(cartella / "preso.pdf")
    campo = accordo.parti.get(soggetto__slug="artigiani").campo
    pagina.locator("input[type=file]").set_input_files(firma_fuori(pki, cartella / "preso.pdf", campo, marca=True))
    pagina.get_by_role("button", name="Carica e controlla").click()
    detto(pagina, "la firma è stata controllata e accettata")
    detto(pagina, "Non revocato, chiesto all'autorità")


def firma_la_provincia(pagina: Page, dirigente: Utente) -> None:
    """From the desk, last."""
    pagina.goto(reverse("wagtailadmin_home"))
    pagina.get_by_role("link", name="Firma l'accordo «Patto territoriale").click()
    apre_il_pdf(pagina)
    pagina.get_by_label("Ho aperto il documento").check()
    pagina.locator("[name=codice]").fill(codice_attuale(segreto(dirigente.email)))
    pagina.get_by_role("button", name="Firma l'accordo").click()
    detto(pagina, "Hai firmato per Provincia di Cremona.")


def verifica(pagina: Page, accordo: Accordo, documento: Path, parti: int) -> None:
    """R14: anyone, by code and by uploading the file."""
    pagina.goto(reverse("accordi:verifica"))
    pagina.get_by_label("Codice di verifica").fill(accordo.codice_verifica.lower().replace("-", " "))
    pagina.get_by_role("button", name="Cerca il codice").click()
    expect(pagina.locator("main .etichetta-verde", has_text="Firmato")).to_have_count(parti)
    assert "Bruno Conti" not in pagina.content()
    pagina.goto(reverse("accordi:verifica"))
    pagina.get_by_label("Documento PDF o busta .p7m").set_input_files(documento)
    pagina.get_by_role("button", name="Controlla il file").click()
    expect(pagina.locator(".alert-success li")).to_have_count(parti)
