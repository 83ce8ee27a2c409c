"""An application and a signature by keyboard alone and without JavaScript; the row of who signs many (R60)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accordi.models import Avviso, Istanza
from accordi.services.secondo_fattore import codice_attuale
from reti.models import Rappresentanza
from tests.accordi.moduli_avviso import documenti_di_prova, domande_di_prova
from tests.accordi.pki import codice_di
from tests.e2e import passi_firma, passi_istanze
from tests.e2e.conftest import foto
from tests.e2e.gesti import con_tab, detto, firma_fuori, pdf
from tests.e2e.mondo import Mondo, accordo_in_firma
from tests.e2e.mondo_accordi import crea_trio
from tests.factories.accordi import AvvisoFactory
from utenti.demo import segreto

OGGI = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def avviso(mondo: Mondo) -> Avviso:
    """Asks for two bodies, one answer and one document."""
    return AvvisoFactory(
        titolo="Patto territoriale",
        regola_composizione={"minimo": 2},
        domande=domande_di_prova("testo_breve"),
        documenti_richiesti=documenti_di_prova(),
    )


def _preme(pagina: Page, dove: Locator, tasto: str = "Enter") -> None:
    con_tab(pagina, dove)
    pagina.keyboard.press(tasto)


def _scrive(pagina: Page, dove: Locator, testo: str) -> None:
    con_tab(pagina, dove)
    pagina.keyboard.type(testo)


def _sceglie(pagina: Page, dove: Locator, file: dict[str, object] | Path) -> None:
    """The browser's own window."""
    with pagina.expect_file_chooser() as finestra:
        _preme(pagina, dove)
    finestra.value.set_files([file])


def test_ci_si_candida_con_la_sola_tastiera(mondo: Mondo, avviso, contesto, e_adesso):
    """R60: from the call to the receipt, with another body and a document, without a mouse."""
    e_adesso(OGGI)
    trio = crea_trio(mondo)
    pagina = contesto(mondo.partner).new_page()
    pagina.goto(avviso.get_absolute_url())
    _preme(pagina, pagina.get_by_role("link", name="Rispondi all'avviso").last)
    pagina.wait_for_url("**/candidatura/")
    _preme(pagina, pagina.get_by_role("button", name="Inizia l'istanza"))
    expect(pagina.get_by_role("heading", name="Chi partecipa")).to_be_visible()
    _scrive(pagina, pagina.get_by_label("Cerca un soggetto da aggiungere"), "artigiani")
    pagina.keyboard.press("Enter")
    _preme(pagina, pagina.get_by_role("button", name="Aggiungi Artigiani Insieme"))
    detto(pagina, "Artigiani Insieme è nella rete")
    _scrive(pagina, pagina.get_by_label("Perché partecipate"), "Orientamento e tirocini.")
    _scrive(pagina, pagina.get_by_label("Domanda testo_breve"), "Circa 120")
    _sceglie(pagina, pagina.get_by_label("Piano", exact=True), pdf("piano.pdf"))
    _preme(pagina, pagina.get_by_label("Dichiaro di avere i poteri"), "Space")
    _preme(pagina, pagina.get_by_role("button", name="Salva la bozza"))
    detto(pagina, "Caricato: Piano.")
    istanza = Istanza.objects.get()
    parte = contesto(trio.per_associazione).new_page()
    parte.goto(reverse("accordi:istanza_conferma", args=[istanza.codice, "artigiani"]))
    _preme(parte, parte.get_by_role("button", name="Conferma la parte"))
    detto(parte, "La vostra parte è confermata")
    _preme(pagina, pagina.get_by_role("button", name="Presenta l'istanza"))
    expect(pagina.get_by_role("heading", name="Ricevuta")).to_be_visible()
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.documenti.get().nome) == ("presentata", "piano.pdf")


def test_si_firma_con_la_propria_firma_e_la_sola_tastiera(mondo: Mondo, contesto, pki, tmp_path):
    """R10, R60: the document taken, downloaded and uploaded without a mouse."""
    Rappresentanza.objects.filter(utente=mondo.partner).update(codice_fiscale=codice_di(0))
    accordo = accordo_in_firma(mondo)
    pagina = contesto(mondo.partner).new_page()
    pagina.goto(accordo.get_absolute_url())
    _preme(pagina, pagina.get_by_role("link", name="Leggi e firma"))
    _preme(pagina, pagina.get_by_role("link", name="Preferisci la tua firma digitale"))
    _preme(pagina, pagina.get_by_role("button", name="Prendi il documento"))
    detto(pagina, "È riservato a te fino alle")
    con_tab(pagina, pagina.get_by_role("link", name="Scarica il PDF"))
    with pagina.expect_download() as scaricato:
        pagina.keyboard.press("Enter")
    preso = tmp_path / "preso.pdf"
    scaricato.value.save_as(preso)
    firmato = firma_fuori(pki, preso, accordo.parti.get(soggetto=mondo.operatore).campo)
    _sceglie(pagina, pagina.locator("input[type=file]"), firmato)
    _preme(pagina, pagina.get_by_role("button", name="Carica e controlla"))
    detto(pagina, "la firma è stata controllata e accettata")
    _preme(pagina, pagina.get_by_role("link", name="Vai all'accordo"))
    expect(pagina.locator("main .etichetta-verde", has_text="Firmato")).to_have_count(1)


def test_ci_si_candida_e_si_firma_senza_javascript(mondo: Mondo, avviso, contesto, e_adesso, consegna_posta):
    """R60: the same pages, with every script switched off."""
    e_adesso(OGGI)
    trio = crea_trio(mondo)
    capofila, parte = (
        contesto(u, larghezza="telefono", java_script_enabled=False).new_page()
        for u in (mondo.partner, trio.per_associazione)
    )
    istanza = passi_istanze.prepara_l_istanza(
        capofila, avviso, "Artigiani Insieme", domanda="Domanda testo_breve", documento="Piano"
    )
    consegna_posta()
    passi_istanze.conferma_la_parte(parte, trio.per_associazione, "tirocini")
    passi_istanze.presenta(capofila, istanza)
    accordo = accordo_in_firma(mondo)
    passi_firma.firma_qui(capofila, accordo, mondo.partner, consegna_posta)
    expect(capofila.locator("main .etichetta-verde", has_text="Firmato")).to_have_count(1)
    foto(capofila, "20-senza-javascript")


def test_si_firma_con_la_propria_firma_senza_javascript(mondo: Mondo, contesto, pki, tmp_path):
    """R10, R60"""
    trio = crea_trio(mondo)
    accordo = accordo_in_firma(mondo, parti=[mondo.operatore, trio.associazione])
    pagina = contesto(trio.per_associazione, java_script_enabled=False).new_page()
    passi_firma.firma_con_la_sua(pagina, accordo, pki, tmp_path)
    assert accordo.versioni.get().firme.get().certificato_cf == codice_di(0)


# -- Who signs many ---------------------------------------------------------------


def _legge_e_firma(pagina: Page, codice: str) -> None:
    con_tab(pagina, pagina.get_by_role("link", name="Apri il PDF"))
    with pagina.context.expect_event("response", lambda r: "/documento/" in r.url) as risposta:
        pagina.keyboard.press("Enter")
    assert risposta.value.status == 200
    pagina.bring_to_front()
    _preme(pagina, pagina.get_by_label("Ho aperto il documento"), "Space")
    _scrive(pagina, pagina.locator("[name=codice]"), codice)
    pagina.keyboard.press("Enter")


def test_il_dirigente_firma_la_sua_fila_con_la_sola_tastiera(mondo: Mondo, contesto, e_adesso):
    """R11, R60: each opened and read; one skipped comes back at the end; a wrong code loses nothing."""
    e_adesso(OGGI)
    primo, secondo, terzo = (accordo_in_firma(mondo, titolo) for titolo in ("Primo", "Secondo", "Terzo"))
    chiave = segreto(mondo.dirigente.email)
    pagina = contesto(mondo.dirigente).new_page()
    pagina.goto(reverse("accordi_gestione:da_firmare"))
    detto(pagina, "Ci sono 3 accordi che aspettano la tua firma.")
    foto(pagina, "21-da-firmare")
    _preme(pagina, pagina.get_by_role("link", name="Comincia dal primo"))
    detto(pagina, "1 di 3 che aspettano la tua firma.")
    _preme(pagina, pagina.get_by_role("link", name=re.compile("^Salta e vai al prossimo")))
    detto(pagina, "2 di 3 che aspettano la tua firma.")
    expect(pagina.get_by_role("heading", name=secondo.titolo, level=2)).to_be_visible()
    _legge_e_firma(pagina, "000000")
    detto(pagina, "Il codice non è giusto o è già stato usato")
    foto(pagina, "22-codice-sbagliato")
    expect(pagina.get_by_label("Ho aperto il documento")).to_be_checked()
    campo = con_tab(pagina, pagina.locator("[name=codice]"))
    campo.fill(codice_attuale(chiave))
    pagina.keyboard.press("Enter")
    for n, accordo in enumerate((terzo, primo), start=1):
        expect(pagina.get_by_role("heading", name=accordo.titolo, level=2)).to_be_visible()
        e_adesso(OGGI + timedelta(minutes=n))  # the app shows another code: each is spent once
        _legge_e_firma(pagina, codice_attuale(chiave))
    detto(pagina, "Hai firmato per Provincia di Cremona.")
    pagina.goto(reverse("accordi_gestione:da_firmare"))
    detto(pagina, "Nessun accordo aspetta la tua firma")
