"""What a received message does, or why it does nothing: kept and explained either way (R21)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import Installazione, Messaggio, RigaRegistro
from reti.models import Convocazione, MessaggioRicevuto, Proposta
from reti.services import posta_ricevuta
from reti.services.incontri import annulla_incontro, convoca_incontro, modifica_incontro
from reti.services.posta_ricevuta import ricevi, segna_visto
from reti.services.proposte import accogli_proposta, respingi_proposta
from reti.services.risposte import rispondi
from tests.calendario_altrui import mail_con, risposta_a
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
ORA = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _febbraio(orologio, settings):
    settings.CASELLA_RISPOSTE = "risposte@lavoro.provincia.example"
    with orologio(PRIMA + ORA):
        yield


@pytest.fixture
def incontro(provincia, coordinatore, orologio):
    """Convened an hour ago; Alfa sits with ada@, Beta with bruno@."""
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia)
    for nome, email in (("Alfa", "ada@x.example"), ("Beta", "bruno@x.example")):
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    incontro = IncontroFactory(rete=rete, titolo="Seduta", creato_da=coordinatore)
    with orologio(PRIMA):
        convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    return incontro


def di(nome="Alfa"):
    return Convocazione.objects.select_related("adesione", "incontro").get(adesione__soggetto__denominazione=nome)


def invito_di(email="ada@x.example"):
    return Messaggio.objects.filter(destinatario=email, metodo="REQUEST").latest("pk")


def rispondere(partstat="ACCEPTED", *, numero=1, a="", da="ada@x.example", minuti=30, dentro="", **altro):
    """The mail with which Ada answers her invitation, half an hour after it was sent; `dentro`: lines of the event."""
    invito = invito_di()
    testo = risposta_a(invito.allegato, partstat, quando=PRIMA + timedelta(minutes=minuti), **altro)
    return mail_con(testo.replace("SEQUENCE:", f"{dentro}SEQUENCE:"), a=a or invito.rispondi_a, da=da, numero=numero)


def stato(nome="Alfa"):
    c = di(nome)
    return c.risposta, c.risposta_via


@pytest.mark.parametrize(
    ("partstat", "risposta", "frase"),
    [
        ("ACCEPTED", "si", "Risposta registrata: Partecipa."),
        ("DECLINED", "no", "Risposta registrata: Non partecipa."),
        ("TENTATIVE", "forse", "Risposta registrata: Forse."),
    ],
)
def test_la_risposta_del_calendario_si_registra(incontro, partstat, risposta, frase):
    """R21: the same record as by link and in the area."""
    messaggio = ricevi(rispondere(partstat))
    assert (messaggio.esito, messaggio.motivo, messaggio.convocazione) == ("accolto", frase, di())
    assert stato() == (risposta, "calendario")
    assert di().risposta_il == PRIMA + timedelta(minutes=30)
    assert stato("Beta") == ("attesa", "")
    assert RigaRegistro.objects.filter(azione="convocazione.risposta").get().dati["via"] == "calendario"


def test_lo_stesso_messaggio_due_volte_e_uno(incontro):
    primo, secondo = ricevi(rispondere()), ricevi(rispondere())
    assert (primo.pk, MessaggioRicevuto.objects.count()) == (secondo.pk, 1)
    assert RigaRegistro.objects.filter(azione__in=["convocazione.risposta", "posta.ricevuta"]).count() == 2


def test_la_delega_dal_calendario_invita_il_delegato(incontro):
    ricevi(rispondere("DELEGATED", delegato="Carlo@x.example"))
    alfa = di()
    assert (alfa.risposta, alfa.delegato, alfa.delegato_email) == ("delega", "carlo@x.example", "carlo@x.example")
    assert invito_di("carlo@x.example").chiave.startswith("delega-")


@pytest.mark.parametrize(
    ("partstat", "esito", "frase"),
    [
        ("ACCEPTED", "accolto", "conferma che partecipa"),
        ("DECLINED", "rifiutato", "non conferma che partecipa. La risposta del seggio non cambia"),
    ],
)
def test_il_delegato_non_risponde_per_il_seggio(incontro, partstat, esito, frase):
    """Also when the holder forwarded their own invitation, with its secret address."""
    ricevi(rispondere("DELEGATED", delegato="carlo@x.example"))
    messaggio = ricevi(rispondere(partstat, attendee="mailto:carlo@x.example", minuti=40))
    assert messaggio.esito == esito
    assert frase in messaggio.motivo
    assert di().risposta == "delega"


def test_vince_l_ultima_comunque_data(incontro, orologio):
    """R21: by time of writing, not of arrival."""
    rispondi(convocazione=di(), risposta="no", via=Convocazione.Via.COLLEGAMENTO)  # at 10:00
    tardi = ricevi(rispondere("ACCEPTED", minuti=59))
    assert (tardi.esito, stato()) == ("rifiutato", ("no", "collegamento"))
    assert tardi.motivo.startswith("È già registrata una risposta più recente")
    with orologio(PRIMA + 2 * ORA):
        assert ricevi(rispondere("ACCEPTED", minuti=61)).esito == "accolto"
    assert stato() == ("si", "calendario")


def test_l_indirizzo_personale_puo_stare_in_delivered_to(incontro):
    recapito = di().recapito
    contenuto = b"Delivered-To: casella+%s@altro.example\r\n" % recapito.encode() + rispondere(a="tavoli@x.example")
    assert ricevi(contenuto).esito == "accolto"


def test_chiedere_di_nuovo_l_invito_lo_rispedisce_una_volta_al_giorno(incontro):
    """METHOD:REFRESH."""
    for numero in range(3):
        messaggio = ricevi(rispondere("NEEDS-ACTION", metodo="REFRESH", numero=numero))
        assert messaggio.esito == "accolto"
    assert Messaggio.objects.filter(destinatario="ada@x.example").count() == 2


# -- Hostile mail ---------------------------------------------------------------------


def _scaduto(incontro):
    """An update has gone out since."""
    vecchia = rispondere()
    modifica_incontro(utente=incontro.creato_da, incontro=incontro, luogo="Sala B")
    return vecchia


def _annullato(incontro):
    mail = rispondere(sequence="9")
    annulla_incontro(utente=incontro.creato_da, incontro=incontro, motivo="Neve")
    return mail


def _invito_a_un_annullato(incontro):
    """METHOD:REFRESH mustn't bring a cancelled meeting back into a calendar."""
    mail = rispondere("NEEDS-ACTION", metodo="REFRESH")
    annulla_incontro(utente=incontro.creato_da, incontro=incontro, motivo="Neve")
    return mail


def _copia(incontro):
    """The same calendar sent again under another identifier."""
    ricevi(rispondere("ACCEPTED"))
    rispondi(convocazione=di(), risposta="no", via=Convocazione.Via.COLLEGAMENTO)
    return rispondere("ACCEPTED", numero=2)


def _di_un_altra(incontro):
    """Ada's calendar, sent to Bruno's secret address."""
    return rispondere(a=invito_di("bruno@x.example").rispondi_a)


def _a_due(incontro):
    return rispondere(a=f"{invito_di().rispondi_a}, {invito_di('bruno@x.example').rispondi_a}")


ANNIDATO = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(999))


def _corpo(*, contenuto=b"Non vengo", testa=b"", a=""):
    return b"To: %s\r\nFrom: ada@x.example\r\n%s\r\n%s" % ((a or invito_di().rispondi_a).encode(), testa, contenuto)


OSTILI = {
    "gettone contraffatto": (
        lambda i: rispondere(a=f"risposte+{'0' * 32}@lavoro.provincia.example"),
        "Il recapito personale non esiste o non vale più",
    ),
    "senza recapito": (lambda i: rispondere(a="risposte@lavoro.provincia.example"), "nessuna convocazione"),
    "due recapiti": (_a_due, "a più convocazioni insieme"),
    "recapito di un altro": (_di_un_altra, "Risponde ada@x.example, ma l'invito era per bruno@x.example"),
    "UID di un altro": (lambda i: rispondere(uid="altro@raccordo"), "parla di un altro incontro"),
    "chi non è invitato": (lambda i: rispondere(attendee="mailto:eva@x.example"), "Risponde eva@x.example"),
    "versione superata": (_scaduto, "versione superata"),
    "copia di una risposta": (_copia, "risposta più recente"),
    "dal futuro": (lambda i: rispondere(minuti=60 * 24 * 30), "datato nel futuro"),
    "incontro annullato": (_annullato, "L'incontro è annullato"),
    "invito a un incontro annullato": (_invito_a_un_annullato, "L'incontro è annullato"),
    "né sì né no": (lambda i: rispondere("NEEDS-ACTION"), "né sì né no"),
    "delega senza nome": (lambda i: rispondere("DELEGATED"), "non dice chi"),
    "delega a un non indirizzo": (lambda i: rispondere("DELEGATED", delegato="http://x"), "non è valido"),
    "un invito": (lambda i: rispondere(metodo="REQUEST"), r"non è una risposta \(REQUEST\)"),
    "bomba di parti": (lambda i: rispondere(dentro="BEGIN:VALARM\r\nEND:VALARM\r\n" * 5000), "troppe parti"),
    "ripetizione assurda": (
        lambda i: rispondere(metodo="COUNTER", dentro="RRULE:FREQ=SECONDLY\r\n"),
        "giorno e un'ora precisi",
    ),
    "caratteri nulli": (lambda i: rispondere(dentro="X-A:\0\r\n"), "non sono testo"),
    "riga gigante": (lambda i: rispondere(dentro=f"UID:{'x' * 60_000}\r\n"), "smisurata"),
    "parti senza fine": (lambda i: _corpo(testa=ANNIDATO), "troppe parti"),
    "solo testo": (lambda i: _corpo(), "leggilo e registra la risposta a mano"),
    "assente dall'ufficio": (lambda i: _corpo(testa=b"Auto-Submitted: auto-replied\r\n"), "messaggio automatico"),
    "pubblicità": (lambda i: _corpo(a="chiunque@x.example"), "nessuna convocazione"),
    "dieci megabyte": (lambda i: _corpo(contenuto=b"x" * 10_000_000), r"troppo grande \(10000 kB, il limite è 2000\)"),
    "nome di file in un alfabeto che non c'è": (
        lambda i: _corpo(testa=b"Content-Disposition: attachment; filename*=idna''x.ics\r\n"),
        "non si riesce a leggere",
    ),
    "confine in un alfabeto che non c'è": (
        lambda i: _corpo(testa=b"Content-Type: multipart/mixed; boundary*=undefined''x\r\n"),
        "non si riesce a leggere",
    ),
    "vuoto": (lambda i: b"", "nessuna convocazione"),
    "byte a caso": (lambda i: bytes(range(256)) * 40, "nessuna convocazione"),
    "intestazioni false": (lambda i: b"Subject: =?utf-8?b?////?=\r\nFrom: \xff\xfe\r\n\r\n", "nessuna convocazione"),
}  # fmt: skip


@pytest.mark.parametrize("caso", OSTILI)
def test_un_messaggio_che_non_vale_e_tenuto_e_spiegato(incontro, caso):
    """R21: never dropped, never obeyed, never a fault."""
    costruisci, frase = OSTILI[caso]
    contenuto = costruisci(incontro)
    prima = list(Convocazione.objects.order_by("pk").values_list("risposta", "delegato", "risposta_via"))
    messaggio = ricevi(contenuto)
    assert messaggio.esito == "rifiutato"
    with pytest.raises(AssertionError, match=frase):
        raise AssertionError(messaggio.motivo)
    assert list(Convocazione.objects.order_by("pk").values_list("risposta", "delegato", "risposta_via")) == prima
    assert messaggio.dimensione == len(contenuto)
    with messaggio.originale.open("rb") as file:
        assert file.read() == contenuto[:2_000_000]


def test_un_guasto_imprevisto_rifiuta_e_conserva(incontro, monkeypatch, caplog):
    def cade(*args, **kwargs):
        raise KeyError("nessuno ci aveva pensato")

    monkeypatch.setattr(posta_ricevuta, "leggi_calendario", cade)
    messaggio = ricevi(rispondere())
    assert (messaggio.esito, stato()) == ("rifiutato", ("attesa", ""))
    assert messaggio.motivo.startswith("Il programma non è riuscito a trattare il messaggio")
    assert "nessuno ci aveva pensato" in caplog.text


# -- Another date ---------------------------------------------------------------------

ALTRA = (datetime(2023, 3, 9, 14, tzinfo=UTC), datetime(2023, 3, 9, 16, tzinfo=UTC))


def proporre(orari=ALTRA, **altro):
    return ricevi(rispondere("TENTATIVE", metodo="COUNTER", orari=orari, nota="Il giovedì posso", **altro))


def test_una_proposta_aspetta_il_coordinatore_e_non_risponde(incontro):
    messaggio = proporre()
    assert (messaggio.esito, stato()) == ("proposta", ("attesa", ""))
    proposta = Proposta.objects.get()
    assert (proposta.convocazione, proposta.inizio, proposta.fine, proposta.nota) == (di(), *ALTRA, "Il giovedì posso")


def test_vale_l_ultima_proposta_e_una_vecchia_non_torna(incontro):
    proporre()
    dopo = tuple(o + timedelta(days=1) for o in ALTRA)
    proporre(dopo, minuti=40)
    copia = proporre(numero=3)
    assert copia.motivo.startswith("È già arrivata una proposta più recente")
    assert [(p.inizio, p.fine) for p in Proposta.objects.all()] == [dopo]


@pytest.mark.parametrize(
    ("inizio", "ore", "frase"),
    [
        (datetime(2023, 2, 19, tzinfo=UTC), 2, "già passata"),
        (datetime(2023, 3, 9, tzinfo=UTC), -2, "prima di cominciare"),
        (datetime(2023, 3, 9, tzinfo=UTC), 48, "fuori misura"),
        (datetime(2026, 3, 9, tzinfo=UTC), 2, "fuori misura"),
        (datetime(2023, 3, 7, 9, tzinfo=UTC), 2, "la data già fissata"),
    ],
)
def test_una_proposta_senza_senso_e_spiegata(incontro, inizio, ore, frase):
    messaggio = proporre((inizio, inizio + timedelta(hours=ore)))
    assert messaggio.esito == "rifiutato"
    assert frase in messaggio.motivo
    assert Proposta.objects.count() == 0


def test_accolta_sposta_l_incontro_e_tutti_lo_sanno(incontro, coordinatore):
    rispondi(convocazione=di("Beta"), risposta="si", via=Convocazione.Via.COLLEGAMENTO)
    proporre()
    accogli_proposta(utente=coordinatore, proposta=Proposta.objects.get())
    incontro.refresh_from_db()
    assert (incontro.inizio, incontro.fine, incontro.sequenza) == (*ALTRA, 1)
    assert [m.destinatario for m in Messaggio.objects.filter(chiave__startswith="aggiornamento")[::-1]] == [
        "ada@x.example",
        "bruno@x.example",
    ]
    assert (stato("Beta"), Proposta.objects.get().esito) == (("attesa", ""), "accolta")
    with pytest.raises(Rifiuto, match="già stata esaminata: accolta"):
        accogli_proposta(utente=coordinatore, proposta=Proposta.objects.get())


def test_non_accolta_lo_dice_a_chi_ha_proposto(incontro, coordinatore):
    proporre()
    respingi_proposta(utente=coordinatore, proposta=Proposta.objects.get())
    mail = Messaggio.objects.latest("pk")
    assert (mail.destinatario, mail.metodo) == ("ada@x.example", "DECLINECOUNTER")
    assert "grazie della proposta (giovedì 9 marzo 2023, ore 15:00). L'incontro resta nella data fissata." in mail.testo
    incontro.refresh_from_db()
    assert (incontro.sequenza, Proposta.objects.get().esito) == (0, "respinta")


def test_una_proposta_ormai_passata_non_si_accoglie(incontro, coordinatore, orologio):
    proporre((datetime(2023, 2, 21, tzinfo=UTC), datetime(2023, 2, 21, 1, tzinfo=UTC)))
    with orologio(datetime(2023, 2, 22, tzinfo=UTC)), pytest.raises(Rifiuto, match="già passata"):
        accogli_proposta(utente=coordinatore, proposta=Proposta.objects.get())


@pytest.mark.parametrize("ruolo", ["partner", "redattore", "revisore", "operatore_cpi"])
def test_solo_chi_coordina_decide(incontro, ruolo):
    messaggio, utente = proporre(), UtenteFactory(ruolo=ruolo)
    for verbo in (accogli_proposta, respingi_proposta):
        with pytest.raises(PermissionDenied):
            verbo(utente=utente, proposta=Proposta.objects.get())
    with pytest.raises(PermissionDenied):
        segna_visto(utente=utente, messaggio=messaggio)


def test_la_stessa_risposta_confermata_vince_su_una_mail_piu_vecchia(incontro, orologio):
    """R21: the latest wins, also when it repeats what was there."""
    prima = incontro.inizio - timedelta(days=5)
    for quando in (prima, prima + timedelta(minutes=10)):
        with orologio(quando):
            rispondi(convocazione=di(), risposta="si", via=Convocazione.Via.COLLEGAMENTO)
    assert di().risposta_il == prima + timedelta(minutes=10)
