"""Every public and partner page in a real browser: WCAG 2.1 AA by axe, and no sideways scrolling on a phone (R60)."""

from collections.abc import Iterable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e.conftest import barriere
from tests.e2e.mondo import Mondo, accordo_in_firma, bozza_e_presentata, firma_con_app
from utenti.demo import segreto
from utenti.models import Utente

LARGHEZZE = ["telefono", "scrivania"]


def _difetti(pagina: Page, indirizzi: Iterable[str], larghezza: str, atteso: int = 200) -> dict[str, list[str]]:
    """What is wrong on each page; empty where nothing is."""
    esito = {}
    for indirizzo in indirizzi:
        risposta = pagina.goto(indirizzo)
        trovati = barriere(pagina)
        if risposta.status != atteso:
            trovati.append(f"risponde {risposta.status}")
        largo, finestra = pagina.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if larghezza == "telefono" and largo > finestra:
            trovati.append(f"scorre di lato: {largo} > {finestra}")
        if pagina.locator("h1").count() != 1:
            trovati.append(f"titoli h1: {pagina.locator('h1').count()}")
        if trovati:
            esito[indirizzo] = trovati
    return esito


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_pagine_del_cittadino(mondo: Mondo, contesto, larghezza):
    """R60: what anyone can read."""
    punti = reverse("punti:elenco")
    accordo = accordo_in_firma(mondo)
    invito = reverse("tavoli:risposta", args=[mondo.invito.gettone])
    indirizzi = [
        "/",
        punti,
        f"{punti}?q=corsi&comune=019036",
        f"{punti}?q=nessuno",
        mondo.punti[0].get_absolute_url(),
        reverse("accordi:avvisi"),
        mondo.avviso.get_absolute_url(),
        reverse("tavoli:elenco"),
        mondo.rete.get_absolute_url(),
        reverse("grafo:rete"),
        reverse("grafo:soggetti"),
        reverse("grafo:soggetto", args=[mondo.operatore.slug]),
        reverse("accordi:verifica"),
        reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        reverse("pagine:ricerca") + "?q=orientamento",
        "/en/",
        f"/en{punti}",
        f"/en{mondo.punti[0].get_absolute_url()}",
        f"/en{mondo.avviso.get_absolute_url()}",
        reverse("dati_aperti:indice"),
        reverse("dati_aperti:documentazione"),
        "/en/dati-aperti/",
        "/accessibilita/",
        "/privacy/",
        invito,
    ]
    assert _difetti(contesto(larghezza=larghezza).new_page(), indirizzi, larghezza) == {}


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_pagine_per_entrare(mondo: Mondo, contesto, larghezza):
    """R60: sign-in, sign-up, forgotten password."""
    indirizzi = [reverse(n) for n in ("account_login", "account_signup", "account_reset_password")]
    indirizzi.append(reverse("account_reset_password_done"))
    assert _difetti(contesto(larghezza=larghezza).new_page(), indirizzi, larghezza) == {}


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_pagine_che_non_ci_sono(mondo: Mondo, contesto, larghezza):
    """R60: an error page is a page too."""
    pagina = contesto(larghezza=larghezza, tollera="404").new_page()
    assert _difetti(pagina, ["/questa-pagina-non-esiste/"], larghezza, atteso=404) == {}


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_pagine_del_partner(mondo: Mondo, contesto, larghezza):
    """R60: the private area, applications, agreements, points, invitations."""
    bozza, presentata = bozza_e_presentata(mondo)
    accordo = accordo_in_firma(mondo)
    firma_con_app(mondo.dirigente, accordo)
    indirizzi = [
        reverse("utenti:area"),
        reverse("accordi:candidatura", args=[mondo.avviso.slug]),
        reverse("accordi:istanze"),
        bozza.get_absolute_url(),
        bozza.get_absolute_url() + "?cerca=vivo",
        presentata.get_absolute_url(),
        reverse("accordi:accordi"),
        accordo.get_absolute_url(),
        reverse("accordi:firma", args=[accordo.codice]),
        reverse("accordi:declina", args=[accordo.codice]),
        reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        reverse("punti:miei"),
        reverse("punti:modifica", args=[mondo.punti[0].slug]),
        reverse("punti:chiusure", args=[mondo.punti[0].slug]),
        reverse("punti:riscontri_ricevuti", args=[mondo.punti[0].slug]),
        reverse("tavoli:convocazioni"),
        reverse("tavoli:partecipazione") + "?dal=&al=",
        reverse("tavoli:calendari"),
        reverse("tavoli:rispondi", args=[mondo.invito.codice]),
        mondo.incontro.get_absolute_url(),
    ]
    assert _difetti(contesto(mondo.partner, larghezza=larghezza).new_page(), indirizzi, larghezza) == {}


def _con_email_verificata(utente: Utente) -> Utente:
    EmailAddress.objects.get_or_create(user=utente, email=utente.email, defaults={"verified": True, "primary": True})
    return utente


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_pagine_del_secondo_fattore(mondo: Mondo, contesto, larghezza):
    """R60: what a person does once with a telephone in the other hand."""
    TOTP.activate(_con_email_verificata(mondo.partner), segreto(mondo.partner.email))
    pagina = contesto(larghezza=larghezza).new_page()
    pagina.goto(reverse("account_login"))
    pagina.get_by_label("Email").fill(mondo.partner.email)
    pagina.get_by_label("Password").fill("raccordo-dimostrazione")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/2fa/authenticate/**")
    assert _difetti(pagina, [reverse("mfa_authenticate")], larghezza) == {}
