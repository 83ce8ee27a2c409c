"""The outbox: nothing lost, nothing double, whatever the mail server does."""

import socket
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from core.orologio import fermo
from core.posta import PAUSE_MINUTI, accoda, consegna, riprova
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
PRESENTE = timezone.now().replace(microsecond=0)


class Cassetta:
    """Keeps what an SMTP server receives."""

    def __init__(self):
        self.ricevuti = []

    async def handle_DATA(self, server, session, envelope):
        self.ricevuti.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


def porta_libera():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


@pytest.fixture
def server_spento(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", porta_libera()


@pytest.fixture
def cassetta():
    cassetta = Cassetta()
    cassetta.porta = porta_libera()
    controllo = Controller(cassetta, hostname="127.0.0.1", port=cassetta.porta)
    controllo.start()
    yield cassetta
    controllo.stop()


def _accoda(**altro):
    return accoda(**{"chiave": "k1", "destinatario": "a@b.example", "oggetto": "Invito", "testo": "Vieni"} | altro)


def _in_corso():
    return DBTaskResult.objects.filter(task_path="core.posta.consegna").count()


def test_col_server_spento_resta_in_coda_poi_arriva_una_volta_sola(server_spento, cassetta, settings):
    """Nothing lost, nothing double."""
    messaggio = _accoda()
    with fermo(PRESENTE):
        assert consegna.func(messaggio.pk) == "in_coda"
    messaggio.refresh_from_db()
    assert (messaggio.tentativi, messaggio.errore.startswith("ConnectionRefusedError")) == (1, True)
    assert messaggio.prossimo == PRESENTE + timedelta(minutes=PAUSE_MINUTI[0])
    settings.EMAIL_PORT = cassetta.porta
    with fermo(messaggio.prossimo):
        assert [consegna.func(messaggio.pk) for _ in range(3)] == ["inviato"] * 3
    assert [(a, str(m["Subject"]), m.get_payload().strip()) for a, m in cassetta.ricevuti] == [
        (["a@b.example"], "Invito", "Vieni")
    ]


def test_una_transazione_annullata_non_spedisce_nulla():
    class Annulla(Exception):
        pass

    def accoda_e_annulla():
        with transaction.atomic():
            _accoda()
            raise Annulla

    with pytest.raises(Annulla):
        accoda_e_annulla()
    assert (Messaggio.objects.count(), _in_corso(), mail.outbox) == (0, 0, [])


def test_la_stessa_chiave_accoda_una_volta():
    assert _accoda().pk == _accoda(oggetto="Altro").pk
    assert (Messaggio.objects.count(), Messaggio.objects.get().oggetto) == (1, "Invito")


def test_dopo_l_ultima_pausa_e_abbandonato_e_visibile(server_spento):
    messaggio = _accoda()
    stati = []
    istante = PRESENTE
    for _ in range(len(PAUSE_MINUTI) + 1):
        with fermo(istante):
            stati.append(consegna.func(messaggio.pk))
        istante += timedelta(days=2)
    assert stati == ["in_coda"] * len(PAUSE_MINUTI) + ["abbandonato"]
    with fermo(istante):
        assert consegna.func(messaggio.pk) == "abbandonato"


def test_il_testo_riservato_sparisce_dopo_l_invio():
    messaggio = _accoda(riservato=True, testo="codice 123456")
    consegna.func(messaggio.pk)
    messaggio.refresh_from_db()
    assert (messaggio.testo, mail.outbox[0].body) == ("", "codice 123456")


def test_il_calendario_porta_il_metodo_nella_propria_parte():
    """R20: calendar programs read METHOD from the Content-Type."""
    messaggio = _accoda(allegato="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", metodo="REQUEST", rispondi_a="r@b.example")
    consegna.func(messaggio.pk)
    inviato = message_from_bytes(mail.outbox[0].message().as_bytes())
    parte = next(p for p in inviato.walk() if p.get_content_type() == "text/calendar")
    assert (parte.get_param("method"), parte.get_filename(), inviato["Reply-To"]) == (
        "REQUEST", "invito.ics", "r@b.example",
    )  # fmt: skip
    assert parte.get_payload(decode=True).replace(b"\r\n", b"\n") == b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"


def test_riprova_rimette_in_coda_un_abbandonato_e_lascia_traccia(coordinatore):
    messaggio = _accoda()
    Messaggio.objects.filter(pk=messaggio.pk).update(tentativi=8, errore="Timeout", **{"stato": "abbandonato"})
    riprova(utente=coordinatore, messaggio=messaggio)
    messaggio.refresh_from_db()
    assert (messaggio.stato, messaggio.tentativi) == ("in_coda", 0)
    assert consegna.func(messaggio.pk) == "inviato"
    riga = RigaRegistro.objects.get(azione="posta.riprova")
    assert (riga.utente, riga.dati) == (coordinatore, {"errore": "Timeout"})


def test_un_messaggio_gia_spedito_non_si_rispedisce(coordinatore):
    messaggio = _accoda()
    consegna.func(messaggio.pk)
    with pytest.raises(Rifiuto, match="non si spedisce due volte"):
        riprova(utente=coordinatore, messaggio=messaggio)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("ruolo", ["partner", "revisore", "redattore", "operatore_cpi"])
def test_chi_non_coordina_non_ritenta(ruolo):
    with pytest.raises(PermissionDenied):
        riprova(utente=UtenteFactory(ruolo=ruolo), messaggio=_accoda())


def test_la_pausa_programmata_prima_di_una_riprova_non_consuma_tentativi(server_spento):
    """Two tasks for one mail: the earlier finds a later date and leaves."""
    messaggio = _accoda()
    with fermo(PRESENTE):
        consegna.func(messaggio.pk)
    with fermo(PRESENTE + timedelta(seconds=10)):
        consegna.func(messaggio.pk)
    messaggio.refresh_from_db()
    assert messaggio.tentativi == 1
