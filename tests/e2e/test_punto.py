"""A point's page in a real browser: read, printed, sent, judged, by keyboard and without scripts (R30, R35, R60)."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from punti_informativi.models import PuntoInformativo, Riscontro, Segnalazione
from punti_informativi.stati import StatoPunto
from tests.e2e.conftest import difetti, foto
from tests.e2e.gesti import con_tab, detto
from tests.e2e.mondo import Mondo
from tests.factories.punti_informativi import PuntoFactory, RiscontroFactory

PAGINE_DI_UN_FOGLIO = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def punto(mondo: Mondo, settings) -> PuntoInformativo:
    """Everything that a page may say, at length; a browser that is driven writes faster than a person."""
    settings.MODULI_APERTI_SECONDI_MINIMI = 0
    scelto = mondo.punti[0]
    scelto.descrizione = scelto.come_arrivare = "Ti ascolta una persona, con calma. " * 8
    scelto.cosa_portare = "Documento di identità\nCodice fiscale\nCurriculum, se ce l'hai"
    scelto.telefono, scelto.email, scelto.a_distanza = "0372 000 001", "ciao@punto.example", True
    scelto.save()
    return scelto


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
def test_ogni_pagina_di_un_punto_e_senza_barriere(punto, contesto, larghezza):
    RiscontroFactory.create_batch(6, punto=punto)
    cessato = PuntoFactory(stato=StatoPunto.CESSATO, cessato=True, nome="Vecchio sportello", sede=punto.sede)
    dove = punto.get_absolute_url()
    pagina = contesto(larghezza=larghezza, tollera="410").new_page()
    indirizzi = {
        "punto": dove,
        "foglio": f"{dove}?stampa",
        "riscontro": f"{dove}riscontro/",
        "soddisfazione": reverse("punti:soddisfazione"),
        "segnala": reverse("punti:segnala"),
        "cessato": cessato.get_absolute_url(),
        "english": f"/en{dove}",
    }
    trovati = {nome: difetti(pagina, url) for nome, url in indirizzi.items()}
    assert {nome: d for nome, d in trovati.items() if d} == {}
    for nome, url in indirizzi.items():
        pagina.goto(url)
        foto(pagina, nome)


@pytest.mark.parametrize("javascript", [True, False])
def test_si_risponde_con_la_sola_tastiera(punto, contesto, javascript):
    """R60: «give feedback» by keyboard alone, with and without scripts."""
    pagina = contesto(larghezza="telefono", java_script_enabled=javascript).new_page()
    pagina.goto(punto.get_absolute_url())
    con_tab(pagina, pagina.get_by_label("Sì, tutto"))
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("Grazie, il mio numero è 347 1234567")
    con_tab(pagina, pagina.locator(".riscontro").get_by_role("button", name="Invia"))
    pagina.keyboard.press("Enter")
    detto(pagina, "la tua risposta aiuta chi verrà dopo di te")
    assert list(Riscontro.objects.values_list("punto", "voto", "testo")) == [
        (punto.pk, 4, "Grazie, il mio numero è […]")
    ]


def test_il_foglio_sta_in_una_pagina(punto, contesto):
    """R30: a sheet of A4 with the code; on a telephone it begins with the button to print."""
    pagina = contesto(larghezza="telefono").new_page()
    pagina.goto(punto.get_absolute_url())
    pagina.get_by_role("link", name="Stampa su un foglio").click()
    expect(pagina.get_by_role("button", name="Stampa")).to_be_visible()
    expect(pagina.get_by_alt_text("Codice QR che porta alla pagina del punto")).to_be_visible()
    stampata = pagina.pdf(prefer_css_page_size=True)
    assert len(PAGINE_DI_UN_FOGLIO.findall(stampata)) == 1
    pagina.get_by_role("link", name="Torna alla pagina del punto").click()
    expect(pagina).to_have_url(re.compile(re.escape(punto.get_absolute_url()) + "$"))


def test_senza_script_restano_i_collegamenti(punto, contesto):
    pagina = contesto(java_script_enabled=False).new_page()
    pagina.goto(punto.get_absolute_url())
    expect(pagina.get_by_role("link", name="Manda per email")).to_have_attribute("href", re.compile("^mailto:"))
    expect(pagina.get_by_role("link", name=re.compile("^Telefona"))).to_have_attribute("href", "tel:0372000001")
    assert pagina.get_by_role("button", name="Copia l'indirizzo").count() == 0


def test_l_indirizzo_si_copia_e_lo_dice(punto, contesto):
    pagina = contesto(permissions=["clipboard-read", "clipboard-write"]).new_page()
    pagina.goto(punto.get_absolute_url())
    pagina.get_by_role("button", name="Copia l'indirizzo").click()
    expect(pagina.get_by_role("status").filter(has_text="Indirizzo copiato.")).to_be_visible()
    copiato = pagina.evaluate("navigator.clipboard.readText()")
    assert copiato.endswith(punto.get_absolute_url())


def test_chi_non_riesce_a_usare_una_pagina_lo_dice_dal_fondo(punto, contesto):
    """R60: from the footer, without scripts; the page one comes from is written already."""
    pagina = contesto(larghezza="telefono", java_script_enabled=False).new_page()
    pagina.goto(punto.get_absolute_url())
    pagina.get_by_role("link", name="Segnala un problema di accessibilità").click()
    expect(pagina.get_by_label("In quale pagina?")).to_have_value(punto.get_absolute_url())
    pagina.get_by_label("Che cosa non funziona?").fill("Con il lettore di schermo non trovo gli orari")
    pagina.get_by_role("button", name="Invia").click()
    detto(pagina, "rispondiamo entro il")
    assert Segnalazione.objects.get().pagina == punto.get_absolute_url()
