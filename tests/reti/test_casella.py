"""The whole circle with real programs: SMTP sink, Dovecot, vobject as another's calendar, Radicale (R20, R21)."""

import base64
import http.client
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from ssl import SSLCertVerificationError

import pytest
import vobject
from aiosmtpd.controller import Controller
from django.db import DatabaseError
from imapclient import IMAPClient

from core.models import Installazione, Messaggio
from reti import casella
from reti.casella import leggi_casella
from reti.models import Convocazione, MessaggioRicevuto
from reti.services.incontri import annulla_incontro, convoca_incontro, modifica_incontro
from tests.calendario_altrui import calendario_in, mail_con, risposta_a
from tests.dovecot import DOVECOT, PASSWORD, UTENTE, casella_vera, scrivi_certificato
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory

pytestmark = pytest.mark.django_db
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
ORA = timedelta(hours=1)
vero = casella.ricevi
con_dovecot = pytest.mark.skipif(not DOVECOT, reason="manca dovecot (dovecot-imapd): casella vera NON provata")


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(PRIMA + ORA):
        yield


@pytest.fixture
def incontro(provincia, coordinatore, orologio, settings):
    settings.CASELLA_RISPOSTE = "risposte@lavoro.provincia.example"
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia)
    for nome, email in (("Alfa", "ada@x.example"), ("Beta", "bruno@x.example")):
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    incontro = IncontroFactory(rete=rete, titolo="Seduta; è la prima, di marzo", creato_da=coordinatore)
    with orologio(PRIMA):
        convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    return incontro


def porta_libera():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


# -- SMTP → another's calendar → IMAP → answer -----------------------------------------


class Cassetta:
    def __init__(self):
        self.ricevuti = {}

    async def handle_DATA(self, server, session, envelope):
        self.ricevuti.setdefault(envelope.rcpt_tos[0], []).append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def smtp(settings):
    """A real SMTP server: what each address received, in order."""
    cassetta = Cassetta()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", porta_libera()
    controllo = Controller(cassetta, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controllo.start()
    yield cassetta.ricevuti
    controllo.stop()


@pytest.fixture(scope="module")
def dovecot():
    with casella_vera() as aperta:
        yield aperta


@pytest.fixture
def imap(dovecot, settings):
    """Dovecot with an empty mailbox, and the settings that read it."""
    dovecot.svuota()
    settings.CASELLA_IMAP_HOST, settings.CASELLA_IMAP_PORTA = "127.0.0.1", dovecot.porta
    settings.CASELLA_IMAP_CIFRATURA = ""
    settings.CASELLA_IMAP_UTENTE, settings.CASELLA_IMAP_PASSWORD = UTENTE, PASSWORD
    return dovecot


def stati():
    return dict(Convocazione.objects.values_list("email", "risposta"))


@con_dovecot
def test_il_giro_intero(incontro, smtp, imap, consegna_posta):
    """R20, R21: convened, received, answered by another's calendar program, read, recorded."""
    consegna_posta()
    ricevuta = smtp["ada@x.example"][0]
    assert ricevuta["Reply-To"].startswith("risposte+")
    testo = calendario_in(ricevuta)
    invito = vobject.readOne(testo)
    assert (invito.method.value, invito.vevent.summary.value) == ("REQUEST", "Seduta; è la prima, di marzo")
    assert invito.vevent.dtstart.value.astimezone(UTC) == incontro.inizio
    assert [a.value for a in invito.vevent.attendee_list] == ["mailto:ada@x.example"]
    risposta = risposta_a(testo, "ACCEPTED", quando=PRIMA + ORA / 2)
    organizzatore = invito.vevent.organizer.value.removeprefix("mailto:")
    imap.deposita(mail_con(risposta, a=organizzatore))
    assert leggi_casella() == 1
    assert stati() == {"ada@x.example": "si", "bruno@x.example": "attesa"}
    assert (imap.quanti(), imap.quanti("Raccordo"), leggi_casella()) == (0, 1, 0)


def risposta_di_ada(partstat="ACCEPTED", numero=1):
    invito = Messaggio.objects.filter(destinatario="ada@x.example").latest("pk")
    testo = risposta_a(invito.allegato, partstat, quando=PRIMA + timedelta(minutes=30 + numero))
    return mail_con(testo, a=invito.rispondi_a, numero=numero)


OSTILI = [
    b"\0" * 1000,
    b"To: risposte@lavoro.provincia.example\r\n\r\nCompra!",
    b"From: x\r\nContent-Type: text/calendar; charset=boh\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@@",
    b"To: " + b"(" * 50_000 + b"\r\n\r\nx",
    b"Subject: x\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 20_000,
    b"X-Riga: " + b"x" * 1_500_000 + b"\r\n\r\ncorpo",
]


@con_dovecot
def test_fra_messaggi_ostili_quello_buono_arriva(incontro, imap):
    """Each is kept; none stops the reader, none stays in the way."""
    imap.deposita(*OSTILI, risposta_di_ada())
    assert leggi_casella() == len(OSTILI) + 1
    assert stati()["ada@x.example"] == "si"
    esiti = list(MessaggioRicevuto.objects.order_by("esito").values_list("esito", flat=True))
    assert esiti == ["accolto"] + ["rifiutato"] * len(OSTILI)
    assert "" not in MessaggioRicevuto.objects.values_list("motivo", flat=True)
    assert (imap.quanti(), imap.quanti("Raccordo")) == (0, len(OSTILI) + 1)


@con_dovecot
def test_di_un_messaggio_di_dieci_megabyte_si_scaricano_solo_le_intestazioni(incontro, imap, monkeypatch):
    recapito = Messaggio.objects.get(destinatario="ada@x.example").rispondi_a
    grande = f"To: {recapito}\r\nSubject: Allegato\r\n\r\n".encode() + base64.encodebytes(b"x" * 7_500_000)
    imap.deposita(grande)
    scaricati = []

    def pesa(contenuto, **altro):
        scaricati.append(len(contenuto))
        return vero(contenuto, **altro)

    monkeypatch.setattr(casella, "ricevi", pesa)
    assert leggi_casella() == 1
    messaggio = MessaggioRicevuto.objects.get()
    assert (messaggio.esito, messaggio.oggetto) == ("rifiutato", "Allegato")
    assert messaggio.motivo.startswith("Il messaggio è troppo grande (10")
    assert messaggio.dimensione > 10_000_000
    assert scaricati[0] < 200


@con_dovecot
def test_se_cade_fra_la_registrazione_e_lo_spostamento_non_risponde_due_volte(incontro, imap, monkeypatch):
    imap.deposita(risposta_di_ada())

    def cade(*args):
        raise ConnectionResetError("rete caduta")

    with monkeypatch.context() as toppa:
        toppa.setattr(casella, "_archivia", cade)
        with pytest.raises(ConnectionResetError):
            leggi_casella()
    assert (stati()["ada@x.example"], imap.quanti()) == ("si", 1)
    Convocazione.objects.filter(email="ada@x.example").update(risposta="no")
    assert leggi_casella() == 1
    assert (stati()["ada@x.example"], imap.quanti(), MessaggioRicevuto.objects.count()) == ("no", 0, 1)


@con_dovecot
def test_quello_che_il_database_rifiuta_resta_e_gli_altri_vanno_avanti(incontro, imap, monkeypatch, caplog):
    imap.deposita(risposta_di_ada("DECLINED"), risposta_di_ada("ACCEPTED", 2))
    cadute = iter([True, False])

    def a_volte(contenuto, **altro):
        if next(cadute):
            raise DatabaseError("occupato")
        return vero(contenuto, **altro)

    with monkeypatch.context() as toppa:
        toppa.setattr(casella, "ricevi", a_volte)
        assert leggi_casella() == 1
    assert (stati()["ada@x.example"], imap.quanti()) == ("si", 1)
    assert leggi_casella() == 1  # older than the recorded one: kept, explained
    assert (stati()["ada@x.example"], imap.quanti()) == ("si", 0)


# -- encryption -------------------------------------------------------------------------


@pytest.fixture(params=["tls", "starttls"])
def imap_cifrata(request, imap, settings, monkeypatch):
    """The same server over TLS, with the system's authorities replaced by its own certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificato))
    settings.CASELLA_IMAP_CIFRATURA = request.param
    settings.CASELLA_IMAP_PORTA = imap.porta_tls if request.param == "tls" else imap.porta
    return imap


@con_dovecot
def test_si_legge_anche_cifrata_da_un_server_di_cui_ci_si_fida(incontro, imap_cifrata):
    """R21."""
    imap_cifrata.deposita(risposta_di_ada())
    assert leggi_casella() == 1
    assert (stati()["ada@x.example"], imap_cifrata.quanti()) == ("si", 0)


@con_dovecot
def test_a_un_server_con_il_certificato_di_un_altro_non_si_da_la_password(
    incontro, imap_cifrata, monkeypatch, tmp_path
):
    """Somebody in the middle, with a certificate of their own for the same address: nothing is read nor said."""
    monkeypatch.setattr(IMAPClient, "login", lambda *_a: pytest.fail("la password è partita"))
    monkeypatch.setenv("SSL_CERT_FILE", str(scrivi_certificato(tmp_path)))
    with pytest.raises(SSLCertVerificationError, match="self-signed certificate"):
        leggi_casella()


@con_dovecot
def test_un_certificato_buono_per_un_altro_nome_si_rifiuta(incontro, imap_cifrata, settings):
    settings.CASELLA_IMAP_HOST = "localhost"
    with pytest.raises(SSLCertVerificationError, match="Hostname mismatch"):
        leggi_casella()


def test_un_server_spento_e_un_errore_da_segnalare_non_un_silenzio(settings):
    """The periodic work logs it and goes on with the others."""
    settings.CASELLA_IMAP_HOST, settings.CASELLA_IMAP_PORTA = "127.0.0.1", porta_libera()
    settings.CASELLA_IMAP_CIFRATURA = ""
    with pytest.raises(ConnectionRefusedError):
        leggi_casella()


def test_senza_casella_non_si_legge_nulla(settings):
    settings.CASELLA_IMAP_HOST = ""
    assert leggi_casella() == 0


# -- CalDAV ---------------------------------------------------------------------------


class Radicale:
    def __init__(self, porta):
        self.porta = porta

    def chiedi(self, metodo, percorso, corpo="", **testa):
        """(status, body)"""
        filo = http.client.HTTPConnection("127.0.0.1", self.porta, timeout=20)
        filo.request(metodo, percorso, corpo.encode(), {"Authorization": "Basic YWRhOmFkYQ==", **testa})
        risposta = filo.getresponse()
        esito = risposta.status, risposta.read().decode()
        filo.close()
        return esito


@pytest.fixture
def radicale(tmp_path):
    """A real CalDAV server with an empty calendar at /ada/cal/."""
    porta = porta_libera()
    comando = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{porta}"]
    comando += ["--storage-filesystem-folder", str(tmp_path / "cal"), "--auth-type", "none"]
    processo = subprocess.Popen(comando, stderr=subprocess.PIPE, text=True)  # noqa: S603  our own test server
    try:
        for riga in processo.stderr:
            if "Radicale server ready" in riga:
                break
        server = Radicale(porta)
        assert server.chiedi("MKCALENDAR", "/ada/cal/")[0] == 201
        yield server
    finally:
        processo.terminate()
        processo.wait(10)
        processo.stderr.close()


def test_in_un_calendario_condiviso_l_aggiornamento_sostituisce_e_non_raddoppia(incontro, coordinatore, radicale):
    """R20: same UID, new time, one event; another's program reads it."""
    nuovo = incontro.inizio + timedelta(days=2, hours=1)
    modifica_incontro(utente=coordinatore, incontro=incontro, inizio=nuovo, fine=nuovo + 2 * ORA)
    annulla_incontro(utente=coordinatore, incontro=incontro, motivo="Neve")
    mail = Messaggio.objects.filter(destinatario="ada@x.example").order_by("pk")
    invito, aggiornamento, annullamento = [m.allegato for m in mail]
    percorso = f"/ada/cal/{incontro.codice}.ics"
    assert radicale.chiedi("PUT", percorso, invito)[0] == 201
    assert radicale.chiedi("PUT", percorso, aggiornamento)[0] in (201, 204)
    eventi = list(vobject.readComponents(radicale.chiedi("GET", "/ada/cal/")[1]))
    [evento] = [v for insieme in eventi for v in insieme.vevent_list]
    assert (evento.uid.value, evento.sequence.value) == (f"{incontro.codice}@raccordo", "1")
    assert evento.dtstart.value.astimezone(UTC) == nuovo
    # The same UID under another name: the server itself says that it is the same event.
    assert radicale.chiedi("PUT", "/ada/cal/copia.ics", aggiornamento)[0] == 409
    assert radicale.chiedi("PUT", percorso, annullamento)[0] in (201, 204)
    [annullato] = vobject.readOne(radicale.chiedi("GET", "/ada/cal/")[1]).vevent_list
    assert (annullato.status.value, annullato.sequence.value) == ("CANCELLED", "2")
