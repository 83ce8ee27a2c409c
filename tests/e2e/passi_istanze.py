"""From the call to an admitted application, step by step, as each person does it in the browser."""

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accordi.models import Accordo, Avviso, Istanza
from tests.e2e.gesti import cerca_nella_mail, detto, pdf
from tests.e2e.mondo_accordi import Trio
from utenti.models import Utente

DOMANDA, DOCUMENTO = "Quante persone seguite in un anno", "Piano delle attività"

# -- The call ---------------------------------------------------------------------


def scrive_l_avviso(pagina: Page, trio: Trio) -> None:
    """The editor fills the five tabs and sends the call to be approved."""
    pagina.goto(reverse("accordi_avvisi:add"))
    pagina.locator("[name=apre]").fill("2023-02-01 09:00")
    pagina.locator("[name=chiude]").fill("2023-04-28 12:00")
    pagina.locator("[name=titolo]").fill("Patto territoriale")
    pagina.locator("[name=tipo]").select_option("patto_competenze")
    pagina.locator("[name=sommario]").fill("Tre soggetti mettono insieme orientamento e tirocini.")
    pagina.locator("[name=atto]").fill("Determinazione n. 7 del 16 gennaio 2023")
    _scheda(pagina, "Chi può rispondere")
    pagina.locator("[name=regola_composizione-minimo]").fill("3")
    pagina.locator("[name=regola_composizione-0-nome]").fill("operatore accreditato ai servizi al lavoro")
    pagina.locator("[name=regola_composizione-0-accreditamento]").select_option("lavoro")
    _scheda(pagina, "Domande e documenti")
    _aggiunge_il_blocco(pagina, "domande", "una riga", "domande-0-value-domanda", DOMANDA)
    _aggiunge_il_blocco(pagina, "documenti_richiesti", "", "documenti_richiesti-0-value-nome", DOCUMENTO)
    pagina.locator("[name=esige_firma_istanza]").uncheck()
    _scheda(pagina, "Accordo")
    pagina.get_by_role("button", name="Scegli").first.click()
    pagina.get_by_role("dialog").get_by_role("link", name=trio.modello.nome).click()
    pagina.locator("[name=durata_mesi]").fill("12")
    pagina.locator("[name=preavviso_giorni]").fill("60")
    pagina.locator("footer .w-dropdown__toggle").click()
    pagina.get_by_role("button", name="Invia a Approvazione degli avvisi").click()
    detto(pagina, "inviat")


def _scheda(pagina: Page, nome: str) -> None:
    """By keyboard: leaving a field moves the page under the mouse."""
    pagina.get_by_role("tab", name=nome).press("Enter")


def _aggiunge_il_blocco(pagina: Page, dove: str, tipo: str, campo: str, valore: str) -> None:
    pagina.locator(f"#panel-child-domande_e_documenti-{dove}-section").get_by_title("Inserisci un blocco").click()
    if tipo:
        pagina.get_by_role("option", name=tipo).click()
    pagina.locator(f"[name={campo}]").fill(valore)


def approva_l_avviso(pagina: Page) -> Avviso:
    """The coordinator finds it on the home page and publishes it by approving."""
    avviso = Avviso.objects.get(titolo="Patto territoriale")
    assert not avviso.live
    pagina.goto(reverse("wagtailadmin_home"))
    pagina.get_by_role("link", name="Patto territoriale").first.click()
    pagina.locator("footer .w-dropdown__toggle").click()
    pagina.locator("[data-workflow-action-name=approve]").first.click()
    pagina.wait_for_url(f"**{reverse('accordi_avvisi:list')}")
    avviso.refresh_from_db()
    assert avviso.live
    return avviso


# -- The application --------------------------------------------------------------


def prepara_l_istanza(
    pagina: Page, avviso: Avviso, *enti: str, domanda: str = DOMANDA, documento: str = DOCUMENTO
) -> Istanza:
    """From the call's page to a draft with its network, written but not yet complete."""
    pagina.goto(avviso.get_absolute_url())
    pagina.get_by_role("link", name="Rispondi all'avviso").last.click()
    pagina.get_by_role("button", name="Inizia l'istanza").click()
    for ente in enti:
        pagina.get_by_label("Cerca un soggetto da aggiungere").fill(ente)
        pagina.locator("#soggetti").get_by_role("button", name="Cerca").click()
        pagina.get_by_role("button", name=f"Aggiungi {ente}").click()
        detto(pagina, f"{ente} è nella rete: riceve l'invito a confermare.")
    pagina.get_by_label("Perché partecipate").fill("Orientamento e tirocini in tre comuni.")
    pagina.get_by_label(domanda).fill("Circa 120")
    pagina.get_by_label(documento, exact=True).set_input_files(files=[pdf("piano.pdf")])
    pagina.get_by_label("Dichiaro di avere i poteri").check()
    pagina.get_by_role("button", name="Salva la bozza").click()
    detto(pagina, f"Caricato: {documento}.")
    return Istanza.objects.get(avviso=avviso)


def conferma_la_parte(pagina: Page, utente: Utente, ruolo: str) -> None:
    """From the address in the mail that the body received."""
    istanza = Istanza.objects.get()
    ente = istanza.partecipanti.get(soggetto__rappresentanze__utente=utente).soggetto
    indirizzo = reverse("accordi:istanza_conferma", args=[istanza.codice, ente.slug])
    assert cerca_nella_mail(ente.email, "Confermi la tua parte?", rf"({indirizzo})") == indirizzo
    pagina.goto(indirizzo)
    pagina.get_by_label("Che cosa fate nella rete").fill(ruolo)
    pagina.get_by_role("button", name="Conferma la parte").click()
    detto(pagina, "La vostra parte è confermata: il capofila lo sa.")


def presenta(pagina: Page, istanza: Istanza) -> None:
    """The receipt bears the protocol number, on the page and as a file."""
    pagina.goto(istanza.get_absolute_url())
    pagina.get_by_role("button", name="Presenta l'istanza").click()
    expect(pagina.get_by_role("heading", name="Ricevuta")).to_be_visible()
    istanza.refresh_from_db()
    detto(pagina, str(istanza.protocollo))
    with pagina.expect_download() as ricevuta:
        pagina.get_by_role("link", name="Scarica la ricevuta in PDF").click()
    assert Path(ricevuta.value.path()).read_bytes().startswith(b"%PDF-")


def chiede_un_integrazione(pagina: Page, istanza: Istanza) -> None:
    pagina.goto(reverse("wagtailadmin_home"))
    pagina.get_by_role("link", name=f"Presentata: {istanza.capofila}").click()
    pagina.get_by_role("button", name="Prendi in carico").click()
    pagina.get_by_label("Che cosa manca").fill("Mandate il curriculum di chi fa orientamento.")
    pagina.get_by_role("button", name="Chiedi un'integrazione").click()
    detto(pagina, "Richiesta inviata. Intanto ")


def risponde_all_integrazione(pagina: Page, istanza: Istanza) -> None:
    pagina.goto(reverse("utenti:area"))
    pagina.get_by_role("link", name="Rispondi alla richiesta di integrazione").first.click()
    detto(pagina, "Mandate il curriculum di chi fa orientamento.")
    pagina.get_by_label("La tua risposta").fill("Ecco il curriculum.")
    pagina.get_by_label("File da mandare").set_input_files(files=[pdf("curriculum.pdf")])
    pagina.get_by_role("button", name="Invia la risposta").click()
    detto(pagina, "Risposta inviata: l'istruttoria riprende.")


def ammette(pagina: Page, istanza: Istanza) -> Accordo:
    pagina.goto(reverse("accordi_istanze:istruttoria", args=[istanza.pk]))
    detto(pagina, "curriculum.pdf")
    pagina.get_by_role("button", name="Ammetti").click()
    detto(pagina, "Istanza ammessa: l'accordo è in bozza.")
    return Accordo.objects.get()
