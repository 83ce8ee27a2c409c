"""The body's own register: asked in the background, never invented, never asked twice for one of ours (R07)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from lxml import etree

from accordi.models import InvioProtocollo
from accordi.protocolli.docarea import leggi_data
from accordi.services.invio_protocollo import PAUSE_MINUTI, annota_numero_ente, invia, riprendi_invii, riprova_invio
from accordi.services.istanze import presenta_istanza
from accordi.services.protocollo import protocolla
from accordi.stati import StatoIstanza
from core.archivio import archivio_privato
from core.errori import Rifiuto
from core.registro import righe_di
from tests.accordi.registro_ente import registro_acceso
from tests.contemporanei import insieme
from tests.factories.accordi import IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

GIORNO = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)
DOCAREA, REST = "accordi.protocolli.docarea.DocArea", "accordi.protocolli.rest.Rest"
Esito = InvioProtocollo.Esito


@pytest.fixture
def ente(settings):
    """The register of the body, which the product is configured for."""
    with registro_acceso() as registro:
        settings.PROTOCOLLO_ADATTATORE = DOCAREA
        settings.PROTOCOLLO = {
            "URL": registro.url, "UTENTE": "raccordo", "PASSWORD": "segreta", "CODICE_ENTE": "p_cr", "AOO": "AOO1",
            "UFFICIO": "lavoro", "TITOLARIO": "7.2", "SPAZIO": "http://tempuri.org/", "ATTESA": 1.0,
        }  # fmt: skip
        yield registro


def registra(orologio, *, contenuto=b"%PDF-1.7 testo", oggetto="Istanza: Avviso & <altro>", verso="entrata"):
    with orologio(GIORNO):
        protocollo = protocolla(verso=verso, oggetto=oggetto, corrispondente="Ente \u0001Uno", contenuto=contenuto)
    return InvioProtocollo.objects.get(protocollo=protocollo)


def prova(invio, orologio, dopo=timedelta(0)):
    """One attempt, as the worker makes it; the row as it is after."""
    with orologio(GIORNO + dopo):
        invia.func(invio.pk)
    invio.refresh_from_db()
    return invio


@pytest.mark.django_db
def test_senza_un_registro_dell_ente_non_si_chiede_niente():
    protocollo = protocolla(verso="entrata", oggetto="Istanza", corrispondente="Ente", contenuto=b"testo")
    assert (InvioProtocollo.objects.count(), protocollo.dell_ente, riprendi_invii()) == (0, "", 0)


@pytest.mark.django_db
def test_l_istanza_ha_subito_il_nostro_numero_e_poi_quello_dell_ente(ente, orologio):
    """R07: ours before the next state; the body's follows, with the very text that was registered."""
    poteri = RappresentanzaFactory()
    with orologio(GIORNO):
        istanza = IstanzaFactory(capofila=poteri.soggetto)
        istanza = presenta_istanza(utente=poteri.utente, istanza=istanza)
    assert (istanza.stato, str(istanza.protocollo)) == (StatoIstanza.PRESENTATA, "n. 1/2023 del 20/03/2023")
    invio = istanza.protocollo.invio
    assert str(invio) == "In attesa"
    prova(invio, orologio)
    assert (invio.esito, invio.numero, invio.data) == (Esito.REGISTRATO, "4567/2023", date(2023, 3, 20))
    assert ente.chiamate == ["Login", "Inserimento", "Protocollazione"]
    assert ente.registrati[0]["documento"] == istanza.testo_presentato.encode()
    istanza.protocollo.refresh_from_db()
    assert istanza.protocollo.dell_ente == "n. 4567/2023 del 20/03/2023"
    assert [r.azione for r in righe_di(istanza.protocollo)] == ["protocollo.numero_ente"]


@pytest.mark.django_db
@pytest.mark.parametrize(("verso", "flusso", "nostro"), [("entrata", "E", "Destinatario"), ("uscita", "U", "Mittente")])
def test_la_segnatura_dice_verso_oggetto_e_corrispondente_anche_con_caratteri_strani(
    verso, flusso, nostro, ente, orologio
):
    prova(registra(orologio, verso=verso), orologio)
    xml = etree.fromstring(ente.registrati[0]["xml"])
    altro = {"Destinatario": "Mittente", "Mittente": "Destinatario"}[nostro]
    assert xml.findtext("Intestazione/Oggetto") == "Istanza: Avviso & <altro> (Raccordo n. 1/2023)"
    assert xml.findtext("Intestazione/Identificatore/Flusso") == flusso
    assert xml.findtext(f"Intestazione/{altro}/Persona/Denominazione") == "Ente Uno"
    assert xml.findtext(f"Intestazione/{nostro}/Amministrazione/CodiceAmministrazione") == "p_cr"
    assert xml.findtext("Intestazione/Classifica/CodiceTitolario") == "7.2"
    assert xml.find("Descrizione/Documento").get("nome") == "raccordo-2023-1.pdf"


@pytest.mark.django_db
def test_il_testo_in_attesa_si_toglie_quando_arriva_il_numero(ente, orologio, django_capture_on_commit_callbacks):
    invio = registra(orologio)
    assert archivio_privato().exists("protocollo/2023-1")
    with django_capture_on_commit_callbacks(execute=True):
        prova(invio, orologio)
    assert not archivio_privato().exists("protocollo/2023-1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("guasti", "errore"),
    [
        ({"Login": "errore"}, "Login: Registro chiuso (-9)"),
        ({"Login": "sciocchezze"}, "Login: risposta che non si capisce"),
        ({"Login": "cade"}, "risposta non arrivata (RemoteDisconnected)"),
        ({"Inserimento": "guasto"}, "Inserimento: Classifica ignota"),
        ({"Inserimento": "tace"}, "risposta non arrivata (TimeoutError)"),
        ({"Protocollazione": "errore"}, "Protocollazione: Registro chiuso (-9)"),
        ({"Protocollazione": "rifiuto"}, "Protocollazione: Classifica ignota"),
    ],
)
def test_quando_di_sicuro_non_e_registrato_si_riprova_con_pause(guasti, errore, ente, orologio):
    ente.guasti = guasti
    invio = prova(registra(orologio), orologio)
    assert (invio.esito, invio.errore, invio.tentativi) == (Esito.ATTESA, errore, 1)
    assert invio.prossimo == GIORNO + timedelta(minutes=PAUSE_MINUTI[0])
    quante = len(ente.chiamate)
    prova(invio, orologio, timedelta(seconds=30))  # not time yet: nobody is asked
    assert (len(ente.chiamate), invio.tentativi) == (quante, 1)
    ente.guasti = {}
    prova(invio, orologio, timedelta(minutes=2))
    assert (invio.esito, invio.numero, invio.errore) == (Esito.REGISTRATO, "4567/2023", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("guasto", "errore"),
    [
        ("tace", "risposta non arrivata (TimeoutError)"),
        ("cade", "risposta non arrivata (RemoteDisconnected)"),
        ("guasto", "Protocollazione: Classifica ignota"),
        ("sciocchezze", "Protocollazione: risposta che non si capisce"),
        ("vuoto", "la risposta non contiene un numero di protocollo"),
    ],
)
def test_senza_una_risposta_chiara_docarea_non_si_chiede_due_volte(guasto, errore, ente, orologio, coordinatore):
    """No number is invented, and none is asked for again until a person has looked."""
    ente.guasti = {"Protocollazione": guasto}
    invio = prova(registra(orologio), orologio)
    assert (invio.esito, invio.errore, invio.numero) == (Esito.INCERTO, errore, "")
    quante = ente.chiamate.count("Protocollazione")
    prova(invio, orologio, timedelta(days=9))
    with orologio(GIORNO + timedelta(days=9)):
        assert riprendi_invii() == 0
        with pytest.raises(Rifiuto, match=r"Prima cerca «Raccordo n\. 1/2023» nel registro dell'ente"):
            riprova_invio(utente=coordinatore, invio=invio)
    assert ente.chiamate.count("Protocollazione") == quante == 1


@pytest.mark.django_db
def test_chi_ha_guardato_scrive_il_numero_trovato_o_riprova(ente, orologio, coordinatore, rappresentante):
    ente.guasti = {"Protocollazione": "cade"}
    primo, secondo = (prova(registra(orologio), orologio) for _n in range(2))
    ente.guasti = {}
    with orologio(GIORNO + timedelta(days=1)):
        dati = {"utente": coordinatore, "invio": primo, "numero": "4567"}
        with pytest.raises(PermissionDenied):
            annota_numero_ente(**dati | {"utente": rappresentante.utente}, data=date(2023, 3, 20))
        for giorno in (date(2023, 3, 19), date(2023, 3, 22)):
            with pytest.raises(Rifiuto, match="La data dell'ente va dalla nostra registrazione a oggi"):
                annota_numero_ente(**dati, data=giorno)
        annota_numero_ente(**dati, data=date(2023, 3, 20))
        with pytest.raises(Rifiuto, match="Quel numero è già di un'altra registrazione"):
            annota_numero_ente(**dati | {"invio": secondo}, data=date(2023, 3, 20))
        riprova_invio(utente=coordinatore, invio=secondo, controllato=True)
        with pytest.raises(Rifiuto, match="ha già il numero dell'ente"):
            riprova_invio(utente=coordinatore, invio=primo)
    prova(secondo, orologio, timedelta(days=1))
    primo.refresh_from_db()
    assert [str(primo), str(secondo)] == ["n. 4567 del 20/03/2023", "n. 4569/2023 del 20/03/2023"]
    assert righe_di(primo.protocollo).last().utente == coordinatore


@pytest.mark.django_db
def test_un_servizio_spento_si_riprova_e_alla_fine_si_dice(ente, orologio, settings, coordinatore):
    settings.PROTOCOLLO = settings.PROTOCOLLO | {"URL": "http://127.0.0.1:1/ws"}
    invio, dopo = registra(orologio), timedelta(0)
    for pausa in (0, *PAUSE_MINUTI):
        dopo += timedelta(minutes=pausa)
        prova(invio, orologio, dopo)
    assert (invio.esito, invio.tentativi) == (Esito.ABBANDONATO, len(PAUSE_MINUTI) + 1)
    assert invio.errore.startswith("servizio non raggiunto")
    settings.PROTOCOLLO = settings.PROTOCOLLO | {"URL": ente.url}
    with orologio(GIORNO + dopo):
        riprova_invio(utente=coordinatore, invio=invio)
    assert prova(invio, orologio, dopo).numero == "4567/2023"


@pytest.mark.django_db
@pytest.mark.parametrize("guasto", ["tace", "cade", "sciocchezze"])
def test_il_servizio_che_conosce_la_nostra_chiave_si_chiede_di_nuovo_e_da_lo_stesso_numero(
    guasto, ente, orologio, settings
):
    settings.PROTOCOLLO_ADATTATORE = REST
    ente.guasti = {"PUT": guasto}
    invio = prova(registra(orologio), orologio)
    assert (invio.esito, invio.tentativi) == (Esito.ATTESA, 1)
    ente.guasti = {}
    prova(invio, orologio, timedelta(minutes=2))
    assert (str(invio), len(ente.registrati)) == ("n. 4567 del 20/03/2023", 1)
    assert ente.registrati[0]["dati"]["registro_emergenza"] == {"numero": 1, "anno": 2023, "data": "2023-03-20"}


@pytest.mark.django_db
def test_la_password_sbagliata_si_legge(ente, orologio, settings):
    settings.PROTOCOLLO = settings.PROTOCOLLO | {"PASSWORD": "altra"}
    assert prova(registra(orologio), orologio).errore == "Login: Utente o password errati (-1)"
    settings.PROTOCOLLO_ADATTATORE = REST
    assert prova(registra(orologio), orologio).errore == "il servizio rifiuta la registrazione (401)"


@pytest.mark.django_db(transaction=True)
def test_due_consegne_nello_stesso_istante_danno_un_numero_solo(ente, orologio):
    invio = registra(orologio)
    insieme(*[lambda: invia.func(invio.pk)] * 4)
    invio.refresh_from_db()
    assert (len(ente.registrati), invio.numero, invio.tentativi) == (1, "4567/2023", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adattatore", "esito", "registrati"), [(DOCAREA, Esito.INCERTO, 0), (REST, Esito.REGISTRATO, 1)]
)
def test_un_processo_morto_a_meta_si_riprende_solo_dove_e_sicuro(
    adattatore, esito, registrati, ente, orologio, settings
):
    settings.PROTOCOLLO_ADATTATORE = adattatore
    invio = registra(orologio)
    InvioProtocollo.objects.update(in_volo=True, prossimo=GIORNO + timedelta(minutes=15), tentativi=1)
    with orologio(GIORNO + timedelta(minutes=14)):
        assert riprendi_invii() == 0
    with orologio(GIORNO + timedelta(minutes=31)):
        assert riprendi_invii() == 1
    prova(invio, orologio, timedelta(minutes=31))
    assert (invio.esito, len(ente.registrati)) == (esito, registrati)


@pytest.mark.django_db
def test_un_testo_che_non_e_piu_quello_non_si_manda(ente, orologio):
    invio = registra(orologio)
    archivio_privato().delete("protocollo/2023-1")
    assert prova(invio, orologio).errore == "Il file non c'è più: caricalo di nuovo."
    assert ente.chiamate == []


@pytest.mark.parametrize(
    ("testo", "giorno"),
    [
        ("20/03/2023", date(2023, 3, 20)),
        ("2023-03-20T10:00:00", date(2023, 3, 20)),
        ("31/02/2023", None),
        ("ieri", None),
        (None, None),
    ],
)
def test_la_data_dell_ente_si_legge_o_resta_vuota(testo, giorno):
    assert leggi_data(testo) == giorno
