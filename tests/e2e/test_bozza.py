"""The draft in a real browser: saved as one types, without network, by two people; no barrier on its pages (R60)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accordi.services.istanze import aggiorna_istanza, crea_istanza
from accordi.services.partecipanti import aggiungi_partecipante
from tests.accordi.moduli_avviso import documenti_di_prova, domande_di_prova
from tests.e2e.conftest import barriere
from tests.e2e.mondo import Mondo
from tests.factories.accordi import AvvisoFactory
from tests.factories.reti import RappresentanzaFactory


@pytest.fixture
def bozza(mondo: Mondo):
    avviso = AvvisoFactory(
        titolo="Patto territoriale",
        domande=domande_di_prova(),
        documenti_richiesti=documenti_di_prova(),
        esige_firma_istanza=True,
    )
    return crea_istanza(utente=mondo.partner, avviso=avviso, capofila=mondo.operatore)


def salvato(pagina) -> None:
    expect(pagina.locator("#salvataggio")).to_contain_text("Salvato alle")


def test_quello_che_si_scrive_si_salva_da_solo_con_l_errore_accanto(mondo, bozza, contesto):
    pagina = contesto(mondo.partner).new_page()
    pagina.goto(bozza.get_absolute_url())
    pagina.get_by_label("Perché partecipate").fill("Orientamento")
    pagina.get_by_label("Domanda numero").fill("dodici")
    pagina.get_by_label("sera").check()
    salvato(pagina)
    frase = "Scrivi un numero intero, in cifre e senza decimali: per esempio 12."
    expect(pagina.get_by_text(frase, exact=True)).to_be_visible()
    bozza.refresh_from_db()
    assert (bozza.motivazione, bozza.risposte["id-numero"]) == ("Orientamento", "dodici")
    assert bozza.risposte["id-piu_scelte"] == ["sera"]
    pagina.get_by_label("Domanda numero").fill("12")
    expect(pagina.get_by_text(frase, exact=True)).to_have_count(0)


def test_senza_rete_il_testo_resta_nel_browser_e_si_salva_quando_torna(mondo, bozza, contesto):
    aperto = contesto(mondo.partner, tollera="ERR_INTERNET_DISCONNECTED")
    pagina = aperto.new_page()
    pagina.goto(bozza.get_absolute_url())
    aperto.set_offline(True)
    pagina.get_by_label("Perché partecipate").fill("Scritto in galleria")
    expect(pagina.locator("#salvataggio")).to_contain_text("Senza rete")
    pagina.close(run_before_unload=False)
    aperto.set_offline(False)
    pagina = aperto.new_page()
    pagina.goto(bozza.get_absolute_url())
    expect(pagina.get_by_label("Perché partecipate")).to_have_value("Scritto in galleria")
    salvato(pagina)
    bozza.refresh_from_db()
    assert bozza.motivazione == "Scritto in galleria"


def test_due_persone_nella_stessa_bozza_vedono_i_due_testi(mondo, bozza, contesto):
    pagina = contesto(mondo.partner, tollera="409").new_page()
    pagina.goto(bozza.get_absolute_url())
    collega = RappresentanzaFactory(soggetto=mondo.operatore).utente
    altrui = {"motivazione": "Il testo di Bruno", "risposte": {"id-numero": "7"}}
    aggiorna_istanza(utente=collega, istanza=bozza, **altrui)
    pagina.get_by_label("Perché partecipate").fill("Il testo di Ada")
    expect(pagina.get_by_text("Intanto un altro ha scritto in questo campo:")).to_be_visible()
    expect(pagina.get_by_text("Il testo di Bruno")).to_be_visible()
    expect(pagina.get_by_label("Domanda numero")).to_have_value("7")
    pagina.get_by_role("button", name="Tieni il mio testo").click()
    salvato(pagina)
    bozza.refresh_from_db()
    assert (bozza.motivazione, bozza.risposte["id-numero"]) == ("Il testo di Ada", "7")


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
def test_bozza_e_conferma_non_hanno_barriere(mondo, bozza, contesto, larghezza):
    """R60"""
    socio = RappresentanzaFactory(soggetto__denominazione="Cooperativa Girasole")
    parte = aggiungi_partecipante(utente=mondo.partner, istanza=bozza, soggetto=socio.soggetto)
    sua = reverse("accordi:istanza_conferma", args=[bozza.codice, parte.soggetto.slug])
    for utente, url in ((mondo.partner, bozza.get_absolute_url()), (socio.utente, sua)):
        pagina = contesto(utente, larghezza=larghezza).new_page()
        pagina.goto(url)
        assert barriere(pagina) == []
        assert pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
