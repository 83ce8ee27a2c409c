"""The roll in a real browser: without network, by two people, with the keyboard alone, and self check-in (R22, R60)."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from reti.models import Incontro, Ingresso, Presenza, Tocco
from reti.stati import StatoIncontro
from tests.e2e.conftest import barriere
from tests.e2e.gesti import con_tab
from tests.e2e.mondo import Mondo
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

RETE_ASSENTE = "ERR_INTERNET_DISCONNECTED"
TABLET = {"tavola": {"width": 1024, "height": 768}, "in piedi": {"width": 768, "height": 1024}}
TABLET["telefono"] = {"width": 390, "height": 844}


@pytest.fixture
def incontro(mondo: Mondo) -> Incontro:
    """A meeting that has just begun: three seats, a quorum of two, two items."""
    mondo.rete.quorum = 2
    mondo.rete.save()
    inizio = timezone.now()
    incontro = IncontroFactory(
        rete=mondo.rete, stato=StatoIncontro.CONVOCATO, inizio=inizio, modalita=Incontro.Modalita.IBRIDA
    )
    for nome, titolare in (("Alfa", "Anna Alfa"), ("Beta", "Bruno Beta"), ("Gamma", "")):
        ente = SoggettoFactory(denominazione=nome, slug=nome.lower())
        seggio = AdesioneFactory(rete=mondo.rete, soggetto=ente, titolare_nome=titolare)
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
    for ordine, titolo in enumerate(["Andamento", "Prossimi passi"]):
        incontro.punti.create(ordine=ordine, titolo=titolo)
    return incontro


def apri(contesto: BrowserContext, incontro: Incontro) -> Page:
    pagina = contesto.new_page()
    pagina.goto(reverse("gestione_incontri:presenze", args=[incontro.pk]))
    expect(pagina.locator(".ap-viva")).to_be_visible()
    return pagina


def seggio(pagina: Page, nome: str):
    return pagina.get_by_role("group", name=nome)


def tocca(pagina: Page, nome: str, segno: str) -> None:
    seggio(pagina, nome).locator(".ap-segno").filter(has_text=segno).click()


def segnati(incontro: Incontro) -> list[tuple[str, str]]:
    return list(incontro.presenze.values_list("adesione__soggetto__denominazione", "esito"))


def test_i_tocchi_senza_rete_sopravvivono_e_arrivano_una_volta(mondo: Mondo, incontro, contesto):
    """R22: off line, the page crashes, the network comes back: exactly one presence and one tap each."""
    tablet = contesto(mondo.coordinatrice, tollera=RETE_ASSENTE)
    pagina = apri(tablet, incontro)
    tablet.set_offline(True)
    tocca(pagina, "Alfa", "Presente")
    tocca(pagina, "Beta", "Assente")
    tocca(pagina, "Beta", "Giustificato")
    expect(pagina.locator("#ap-rete")).to_contain_text("2 tocchi in attesa di rete")
    assert segnati(incontro) == []
    pagina.close(run_before_unload=False)
    tablet.set_offline(False)
    pagina = apri(tablet, incontro)
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    assert segnati(incontro) == [("Alfa", "presente"), ("Beta", "giustificato")]
    pagina.reload()
    expect(seggio(pagina, "Alfa").get_by_role("radio", name="Presente")).to_be_checked()
    assert (Tocco.objects.count(), Presenza.objects.filter(incontro=incontro).count()) == (2, 2)


def test_una_risposta_persa_non_raddoppia_il_tocco(mondo: Mondo, incontro, contesto):
    """R22: the server wrote, the answer never came back: the tap is sent again and recognised."""
    tablet = contesto(mondo.coordinatrice, tollera="ERR_FAILED")
    pagina = apri(tablet, incontro)
    perse = []

    def _perdi(rotta):
        if perse:
            rotta.continue_()
        else:
            perse.append(rotta.fetch().status)
            rotta.abort()

    tablet.route("**/presenze/tocchi/", _perdi)
    tocca(pagina, "Alfa", "Presente")
    expect(pagina.locator("#ap-rete")).to_be_visible()
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    assert (perse, Tocco.objects.count(), segnati(incontro)) == ([200], 1, [("Alfa", "presente")])


def test_due_persone_insieme_vedono_lo_stesso_appello(mondo: Mondo, incontro, contesto):
    """R22: what one taps the other sees, and a conflict is said with a name."""
    altra = UtenteFactory(ruolo="coordinatore", first_name="Ugo", last_name="Neri")
    prima, seconda = (apri(contesto(chi), incontro) for chi in (mondo.coordinatrice, altra))
    tocca(prima, "Alfa", "Presente")
    expect(seggio(seconda, "Alfa").get_by_role("radio", name="Presente")).to_be_checked()
    tocca(seconda, "Alfa", "Assente")
    expect(seggio(prima, "Alfa").get_by_role("radio", name="Assente")).to_be_checked()
    expect(seggio(prima, "Alfa").locator(".ap-nota")).to_have_text("Ugo Neri ha segnato assente adesso")
    tocca(prima, "Beta", "Da remoto")
    expect(seconda.locator("#ap-quorum")).to_contain_text("1 su 3 in sala adesso. Quorum di 2 non raggiunto")
    assert segnati(incontro) == [("Alfa", "assente"), ("Beta", "presente")]


@pytest.mark.parametrize("ore", [-3, 3])
def test_un_tablet_con_l_orologio_sbagliato_non_si_impone_ne_cede(mondo: Mondo, incontro, contesto, ore):
    """R22: what counts is the server's clock, however wrong the tablet's is."""
    storto = contesto(mondo.coordinatrice)
    storto.add_init_script(f"const vera = Date.now; Date.now = () => vera() + {ore} * 3600000;")
    dritto = contesto(UtenteFactory(ruolo="coordinatore"))
    prima, seconda = apri(storto, incontro), apri(dritto, incontro)
    tocca(prima, "Alfa", "Presente")
    expect(seggio(seconda, "Alfa").get_by_role("radio", name="Presente")).to_be_checked()
    tocca(seconda, "Alfa", "Assente")
    expect(seggio(prima, "Alfa").get_by_role("radio", name="Assente")).to_be_checked()
    tocca(prima, "Alfa", "Giustificato")
    expect(seggio(seconda, "Alfa").get_by_role("radio", name="Giustificato")).to_be_checked()
    assert segnati(incontro) == [("Alfa", "giustificato")]


def test_a_verbale_chiuso_si_dice_quale_tocco_non_e_entrato(mondo: Mondo, incontro, contesto):
    """R22: a tap that comes too late is refused with the seat's name, never dropped in silence."""
    tablet = contesto(mondo.coordinatrice, tollera=RETE_ASSENTE)
    pagina = apri(tablet, incontro)
    tablet.set_offline(True)
    tocca(pagina, "Beta", "Presente")
    expect(pagina.locator("#ap-rete")).to_contain_text("1 tocco in attesa di rete")
    Incontro.objects.filter(pk=incontro.pk).update(stato=StatoIncontro.VERBALIZZATO)
    tablet.set_offline(False)
    expect(pagina.locator("#ap-avvisi")).to_contain_text("Beta: Le presenze si registrano per un incontro convocato")
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    assert segnati(incontro) == []


def test_a_sessione_scaduta_i_tocchi_restano(mondo: Mondo, incontro, contesto):
    """R22: the person signs in again and nothing is lost."""
    tablet = contesto(mondo.coordinatrice)
    pagina = apri(tablet, incontro)
    biscotti = tablet.cookies()
    tablet.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tocca(pagina, "Alfa", "Presente")
    expect(pagina.locator("#ap-rete")).to_contain_text("la sessione è scaduta")
    tablet.add_cookies(biscotti)
    pagina.close(run_before_unload=False)
    pagina = apri(tablet, incontro)
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    assert segnati(incontro) == [("Alfa", "presente")]


def test_con_la_sola_tastiera(mondo: Mondo, incontro, contesto):
    """R60: outcome with the arrows, name and time with Tab."""
    pagina = apri(contesto(mondo.coordinatrice), incontro)
    alfa = seggio(pagina, "Alfa")
    con_tab(pagina, alfa.get_by_role("radio", name="Presente"))
    pagina.keyboard.press("Space")
    expect(alfa.get_by_role("radio", name="Presente")).to_be_checked()
    con_tab(pagina, alfa.get_by_label("Chi c'è"))
    pagina.keyboard.press("Control+a")
    pagina.keyboard.type("Delegata Verdi")
    pagina.keyboard.press("Enter")
    expect(alfa.locator(".ap-posizione")).to_have_text("delega da verificare")
    con_tab(pagina, alfa.get_by_label("Delega scritta vista"))
    pagina.keyboard.press("Space")
    expect(alfa.locator(".ap-posizione")).to_have_text("delega scritta vista")
    presenza = incontro.presenze.get()
    assert (presenza.persona, presenza.delega_verificata) == ("Delegata Verdi", True)


def test_punti_ospiti_e_fine(mondo: Mondo, incontro, contesto):
    """R22: an item begins and ends, a guest is written, the rest are absent, the meeting is held."""
    pagina = apri(contesto(mondo.coordinatrice), incontro)
    tocca(pagina, "Alfa", "Presente")
    pagina.get_by_role("button", name="Comincia Andamento").click()
    expect(pagina.locator("#ap-punti")).to_contain_text("in discussione")
    pagina.get_by_role("button", name="Chiudi Andamento").click()
    expect(pagina.get_by_role("button", name="Riprendi Andamento")).to_be_visible()
    pagina.get_by_label("Nome e cognome").fill("Ugo Ospite")
    pagina.get_by_role("button", name="Aggiungi l'ospite").click()
    expect(pagina.locator("#ap-ospiti")).to_contain_text("Ugo Ospite")
    expect(pagina.get_by_label("Nome e cognome")).to_have_value("")
    pagina.get_by_role("button", name="Segna assenti tutti gli altri").click()
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    pagina.get_by_role("button", name="Segna come svolto").click()
    pagina.wait_for_url(f"**{reverse('gestione_incontri:scheda', args=[incontro.pk])}")
    incontro.refresh_from_db()
    assert (incontro.stato, [o.nome for o in incontro.ospiti.all()]) == ("svolto", ["Ugo Ospite"])
    assert segnati(incontro) == [("Alfa", "presente"), ("Beta", "assente"), ("Gamma", "assente")]


def test_dal_codice_qr_alla_presenza(mondo: Mondo, incontro, contesto):
    """R22: without an account, on a phone; nothing counts until the secretary confirms."""
    telefono = contesto(larghezza="telefono").new_page()
    telefono.goto(reverse("tavoli:ingresso", args=[incontro.gettone_ingresso]))
    assert "Anna Alfa" not in telefono.content()
    telefono.get_by_label("Per quale ente sei qui?").select_option(label="Alfa")
    telefono.get_by_label("Nome e cognome").fill("Anna Alfa")
    telefono.get_by_label("In sala").check()
    telefono.get_by_role("button", name="Sono qui").click()
    expect(telefono.get_by_role("status")).to_contain_text("Aspetta la conferma")
    assert segnati(incontro) == []
    pagina = apri(contesto(mondo.coordinatrice), incontro)
    pagina.get_by_role("button", name="Conferma Anna Alfa").click()
    expect(seggio(pagina, "Alfa").get_by_role("radio", name="Presente")).to_be_checked()
    telefono.get_by_role("link", name="Aggiorna").click()
    expect(telefono.get_by_role("status")).to_contain_text("La segreteria ha confermato")
    assert (segnati(incontro), Ingresso.objects.get().esito) == ([("Alfa", "presente")], "confermato")


def test_senza_javascript_l_appello_e_un_modulo(mondo: Mondo, incontro, contesto):
    """R60: the same page, one button."""
    pagina = contesto(mondo.coordinatrice, java_script_enabled=False).new_page()
    pagina.goto(reverse("gestione_incontri:presenze", args=[incontro.pk]))
    for nome, segno in (("Alfa", "Presente"), ("Beta", "Da remoto"), ("Gamma", "Assente")):
        seggio(pagina, nome).get_by_role("radio", name=segno).check()
    pagina.get_by_role("button", name="Registra le presenze").last.click()
    expect(pagina.get_by_text("Presenti 2 su 3; quorum di 2 raggiunto.")).to_be_visible()
    assert segnati(incontro) == [("Alfa", "presente"), ("Beta", "presente"), ("Gamma", "assente")]


@pytest.mark.parametrize("misura", TABLET)
def test_appello_codice_e_ingresso_senza_barriere(mondo: Mondo, incontro, contesto, misura):
    """R60: WCAG 2.1 AA, targets of 44 pixels, nothing that scrolls sideways."""
    Ingresso.objects.create(incontro=incontro, nome="Ada Rossi", ente="Stampa", chiave="ada")
    pagina = apri(contesto(mondo.coordinatrice), incontro)
    pagina.set_viewport_size(TABLET[misura])
    tocca(pagina, "Alfa", "Presente")
    expect(pagina.locator("#ap-rete")).to_be_hidden()
    difetti = {}
    for via in (
        None,
        reverse("gestione_incontri:codice_ingresso", args=[incontro.pk]),
        reverse("tavoli:ingresso", args=[incontro.gettone_ingresso]),
        reverse("tavoli:ingresso_inviato", args=[incontro.gettone_ingresso, "ada"]),
    ):
        if via:
            pagina.goto(via)
        largo, finestra = pagina.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        trovati = barriere(pagina) + ([f"scorre di lato: {largo} > {finestra}"] if largo > finestra else [])
        if trovati:
            difetti[via or "appello"] = trovati
        if not via:
            alti = pagina.locator(".ap-segno").evaluate_all("e => e.map(x => x.getBoundingClientRect().height)")
            assert min(alti) >= 44
    assert difetti == {}
