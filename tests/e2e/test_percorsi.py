"""The three journeys of the product, in a real browser from end to end (R60)."""

import re
import subprocess
from datetime import UTC, datetime
from shutil import which

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from accordi.models import Accordo, Istanza
from reti.models import Convocazione, Incontro
from tests.e2e.gesti import cerca_nella_mail, codice_app, con_tab, entra_dal_modulo
from tests.e2e.mondo import CORSI, Mondo
from tests.factories.reti import AdesioneFactory, RappresentanzaFactory, ReteFactory, SoggettoFactory

# -- A citizen finds a point ----------------------------------------------------


def _nomi(pagina: Page) -> list[str]:
    return [t.strip() for t in pagina.locator(".schede h3, .schede h2").all_inner_texts()]


@pytest.mark.parametrize("javascript", [True, False])
def test_trova_un_punto_dal_telefono(mondo: Mondo, contesto, javascript):
    """R32: search and filters work with and without JavaScript, and stay in the address."""
    pagina = contesto(larghezza="telefono", java_script_enabled=javascript).new_page()
    pagina.goto("/")
    pagina.get_by_label("Mi serve").fill("sportelli")
    pagina.locator("main").get_by_role("button", name="Cerca").first.click()
    expect(pagina.get_by_role("heading", name="1 punto informativo")).to_be_visible()
    assert _nomi(pagina) == ["Sportello di piazza"]
    pagina.goto(reverse("punti:elenco"))
    assert _nomi(pagina) == ["Casa dei corsi", "Punto Crema", "Sportello di piazza"]
    expect(pagina.locator(".mappa-punti")).to_be_visible(visible=javascript)
    pagina.get_by_text("Altri filtri").click()
    pagina.get_by_label("Il punto è a").select_option(label="Cremona (2)")
    pagina.get_by_label("Servizio", exact=True).select_option(label=f"{CORSI} (1)")
    pagina.get_by_role("button", name="Applica i filtri").click()
    pagina.wait_for_url("**comune=019036**")
    assert "servizio=iscrizione-ai-corsi" in pagina.url
    assert _nomi(pagina) == ["Casa dei corsi"]
    pagina.get_by_role("link", name="Casa dei corsi").first.click()
    expect(pagina.get_by_role("heading", name="Casa dei corsi", level=1)).to_be_visible()
    expect(pagina.get_by_role("link", name="0372 000000")).to_have_attribute("href", "tel:0372000000")
    assert "lunedì" in pagina.locator("main").inner_text().lower()


def test_trova_un_punto_con_la_sola_tastiera(mondo: Mondo, contesto):
    """R32, R60: from the home page to a point's page without a mouse."""
    pagina = contesto().new_page()
    pagina.goto("/")
    con_tab(pagina, pagina.get_by_label("Mi serve"))
    pagina.keyboard.type("crema")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/punti-informativi/**q=crema")
    con_tab(pagina, pagina.get_by_role("link", name="Punto Crema").first)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Punto Crema", level=1)).to_be_visible()


# -- A partner answers a call and signs -------------------------------------------


def _candida(pagina: Page, mondo: Mondo) -> Istanza:
    """From the call to the receipt, signing in on the way."""
    pagina.goto(mondo.avviso.get_absolute_url())
    pagina.get_by_role("link", name="Rispondi all'avviso").last.click()
    entra_dal_modulo(pagina, mondo.partner, con_app=False)
    pagina.get_by_role("button", name="Inizia l'istanza").click()
    pagina.get_by_label("Perché partecipate").fill("Offriamo orientamento in tre comuni.")
    pagina.get_by_role("button", name="Presenta l'istanza").click()
    expect(pagina.get_by_label("Perché partecipate")).to_have_value("Offriamo orientamento in tre comuni.")
    pagina.get_by_label("Dichiaro di avere i poteri").check()
    pagina.get_by_role("button", name="Presenta l'istanza").click()
    istanza = Istanza.objects.select_related("protocollo").get()
    expect(pagina.get_by_role("heading", name="Ricevuta")).to_be_visible()
    expect(pagina.get_by_text(str(istanza.protocollo)).first).to_be_visible()
    return istanza


def _ammetti_e_manda_in_firma(pagina: Page, mondo: Mondo) -> Accordo:
    """In the back office: examine, admit, write the determination, freeze."""
    entra_dal_modulo(pagina, mondo.coordinatrice, con_app=True)
    pagina.wait_for_url("**/gestione/**")
    pagina.goto(reverse("accordi_istanze:index"))
    pagina.get_by_role("link", name="Lavoro Vivo").click()
    pagina.get_by_role("button", name="Prendi in carico").click()
    pagina.get_by_role("button", name="Ammetti").click()
    accordo = Accordo.objects.get()
    pagina.goto(reverse("accordi_gestione:accordo", args=[accordo.pk]))
    pagina.get_by_role("button", name="Manda in firma").click()
    expect(pagina.get_by_text("determinazione").first).to_be_visible()
    pagina.get_by_label("Determinazione n.").fill("123")
    pagina.get_by_label("Determinazione del").fill("2026-01-15")
    pagina.get_by_role("button", name="Salva la bozza").click()
    pagina.get_by_role("button", name="Manda in firma").click()
    expect(pagina.get_by_text("Testo congelato: chi deve firmare")).to_be_visible()
    return accordo


def _firma_con_la_tastiera(pagina: Page, mondo: Mondo, accordo: Accordo, consegna_posta) -> None:
    """The partner's three steps: open the document, ask for the code, declare and sign."""
    pagina.goto(reverse("accordi:firma", args=[accordo.codice]))
    con_tab(pagina, pagina.get_by_role("link", name="Apri il PDF"))
    with pagina.context.expect_event("response", lambda r: "/documento/" in r.url) as risposta:
        pagina.keyboard.press("Enter")
    assert risposta.value.status == 200
    con_tab(pagina, pagina.get_by_role("button", name="Mandami il codice"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text(f"Codice inviato a {mondo.partner.email}")).to_be_visible()
    consegna_posta()
    codice = cerca_nella_mail(mondo.partner.email, "Il codice per firmare", r"\b(\d{6})\b")
    con_tab(pagina, pagina.get_by_label("Ho aperto il documento"))
    pagina.keyboard.press("Space")
    con_tab(pagina, pagina.get_by_label(re.compile("^Codice")))
    pagina.keyboard.type(codice)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Hai firmato per Lavoro Vivo.")).to_be_visible()


def _firma_la_provincia(pagina: Page, mondo: Mondo, accordo: Accordo) -> None:
    pagina.goto(reverse("accordi_gestione:accordo", args=[accordo.pk]))
    pagina.get_by_role("link", name="Firma per Provincia di Cremona").click()
    with pagina.context.expect_event("response", lambda r: "/documento/" in r.url):
        pagina.get_by_role("link", name="Apri il PDF").click()
    pagina.get_by_label("Ho aperto il documento").check()
    pagina.locator("[name=codice]").fill(codice_app(mondo.dirigente))
    pagina.get_by_role("button", name="Firma l'accordo").click()
    expect(pagina.get_by_text("Hai firmato per Provincia di Cremona.")).to_be_visible()


def _verifica_da_chiunque(pagina: Page, accordo: Accordo, pdf: bytes) -> None:
    """R14: by code and by uploading the file."""
    pagina.goto(reverse("accordi:verifica"))
    pagina.get_by_label("Codice di verifica").fill(accordo.codice_verifica.lower())
    pagina.get_by_role("button", name="Cerca il codice").click()
    expect(pagina.locator("main .etichetta-verde", has_text="Firmato")).to_have_count(2)
    assert "Ada Rossi" not in pagina.content()
    pagina.goto(reverse("accordi:verifica"))
    file = {"name": "accordo.pdf", "mimeType": "application/pdf", "buffer": pdf}
    pagina.get_by_label("Documento PDF o busta .p7m").set_input_files(files=[file])
    pagina.get_by_role("button", name="Controlla il file").click()
    expect(pagina.locator(".alert-success li")).to_have_count(2)
    expect(pagina.locator(".alert-success").get_by_text("valida", exact=False)).to_have_count(2)


def test_candidati_e_firma(mondo: Mondo, contesto, consegna_posta, tmp_path):
    """R04, R07, R10, R14: from the call to an agreement that anyone can verify."""
    partner = contesto(larghezza="telefono").new_page()
    istanza = _candida(partner, mondo)
    consegna_posta()
    assert cerca_nella_mail(mondo.partner.email, "Istanza presentata", r"(n\. \d+/\d{4})") in str(istanza.protocollo)
    accordo = _ammetti_e_manda_in_firma(contesto().new_page(), mondo)
    _firma_con_la_tastiera(partner, mondo, accordo, consegna_posta)
    _firma_la_provincia(contesto(mondo.dirigente).new_page(), mondo, accordo)
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.protocollo.verso) == ("sottoscritto", "uscita")
    documento = reverse("accordi:documento", args=[accordo.codice])
    pdf = partner.request.get(documento).body()
    _verifica_da_chiunque(contesto().new_page(), accordo, pdf)
    estraneo = contesto(RappresentanzaFactory().utente, tollera="404").new_page()
    assert estraneo.request.get(documento).status == 404
    if pdfsig := which("pdfsig"):
        (tmp_path / "accordo.pdf").write_bytes(pdf)
        comando = [pdfsig, "-nocert", tmp_path / "accordo.pdf"]
        esito = subprocess.run(comando, capture_output=True, text=True, check=True)  # noqa: S603  our own file
        assert esito.stdout.count("Signature is Valid.") == 2


# -- A coordinator convenes a meeting and takes attendance -------------------------


def _convoca(pagina: Page, rete) -> Incontro:
    pagina.goto(reverse("gestione_tavoli:scheda", args=[rete.pk]))
    pagina.get_by_role("link", name="Nuovo incontro").click()
    pagina.get_by_role("textbox", name="Titolo").fill("Incontro di primavera")
    pagina.get_by_role("textbox", name="Giorno*", exact=True).fill("2026-03-20")
    pagina.get_by_role("textbox", name="Dalle").fill("10:00")
    pagina.get_by_role("textbox", name="Alle*", exact=True).fill("12:00")
    pagina.get_by_role("textbox", name="Luogo").fill("Sala consiliare")
    pagina.get_by_role("textbox", name="Ordine del giorno").fill("1. Bilancio dell'anno")
    pagina.get_by_role("button", name="Crea l'incontro").click()
    pagina.get_by_role("link", name="Convoca", exact=True).click()
    expect(pagina.get_by_text("senza indirizzo email")).to_be_visible()
    pagina.get_by_role("button", name="Invia le convocazioni").click()
    expect(pagina.get_by_text("L'incontro è convocato.")).to_be_visible()
    return Incontro.objects.get(titolo="Incontro di primavera")


def test_convoca_e_registra_le_presenze(mondo: Mondo, contesto, consegna_posta, e_adesso):
    """R20, R21, R22: invitation by mail, answer by signed link, roll, minutes, rate of participation."""
    e_adesso(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    rete = ReteFactory(nome="Tavolo di prova", convocante=mondo.provincia)
    AdesioneFactory(rete=rete, soggetto=mondo.operatore)
    AdesioneFactory(rete=rete, soggetto=SoggettoFactory(denominazione="Muta", email=""))
    pagina = contesto(mondo.coordinatrice).new_page()
    incontro = _convoca(pagina, rete)
    consegna_posta()
    base = re.escape(settings.INDIRIZZO_PUBBLICO)
    legame = cerca_nella_mail(mondo.operatore.email, "Incontro di primavera", rf"{base}(/tavoli/risposta/\S+)")

    invitato = contesto(larghezza="telefono").new_page()
    invitato.goto(legame)
    con_tab(invitato, invitato.get_by_label("Partecipa", exact=True))
    invitato.keyboard.press("Space")
    invitato.keyboard.press("Enter")
    expect(invitato.get_by_text("Grazie, la risposta è registrata.")).to_be_visible()
    convocazione = Convocazione.objects.get(incontro=incontro, adesione__soggetto=mondo.operatore)
    assert (convocazione.risposta, convocazione.risposta_via) == ("si", "collegamento")

    e_adesso(datetime(2026, 3, 20, 10, 0, tzinfo=UTC))
    pagina.goto(reverse("gestione_incontri:presenze", args=[incontro.pk]))
    presente = pagina.get_by_role("group", name="Lavoro Vivo")
    presente.get_by_role("radio", name="Presente").check()
    presente.get_by_label("Arrivo").fill("10:05")
    pagina.get_by_role("group", name="Muta").get_by_role("radio", name="Giustificato").check()
    expect(pagina.locator("#ap-rete")).to_be_hidden()  # every tap has arrived
    pagina.get_by_role("button", name="Segna come svolto").click()
    expect(pagina.get_by_text("Presenti 1 su 2.")).to_be_visible()
    pagina.get_by_role("link", name="Redigi il verbale").click()
    pagina.get_by_label("Testo del verbale").fill("Si approva il bilancio.")
    pagina.get_by_role("button", name="Salva la bozza").click()
    pagina.get_by_role("link", name="Invia ai presenti").click()
    pagina.get_by_role("button", name="Invia ai presenti").click()
    expect(pagina.get_by_text("Osservazioni fino al 30 marzo 2026 compreso.")).to_be_visible()
    e_adesso(datetime(2026, 3, 31, 8, 0, tzinfo=UTC))
    pagina.reload()
    expect(pagina.get_by_text("Approvato dal 31 marzo 2026.")).to_be_visible()
    pagina.goto(reverse("gestione_tavoli:scheda", args=[rete.pk]))
    expect(pagina.get_by_text("Di tutti i seggi: 1 presenze su 2 inviti, 50,0%.")).to_be_visible()
    incontro.refresh_from_db()
    assert (incontro.stato, incontro.verbale.testo) == ("verbalizzato", "Si approva il bilancio.")
