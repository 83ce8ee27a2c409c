"""Life of a meeting and the mails it sends (R20)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from core.errori import Rifiuto
from core.models import Installazione, Messaggio, RigaRegistro
from reti.models import Convocazione, Incontro
from reti.services.incontri import (
    annulla_incontro,
    convoca_incontro,
    crea_incontro,
    modifica_incontro,
    rinvia_incontro,
)
from reti.services.presenze import segna_svolto
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    ReteFactory,
    SoggettoFactory,
)
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import verbalizza

pytestmark = pytest.mark.django_db
ATTESI = Path(__file__).parent / "attesi"
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(PRIMA):
        yield


@pytest.fixture
def rete(provincia):
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia)
    for n, nome in enumerate(("Alfa", "Beta", "Gamma")):
        email = f"{nome.lower()}@x.example" if n < 2 else ""
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    return rete


@pytest.fixture
def incontro(rete, coordinatore):
    return crea_incontro(
        utente=coordinatore,
        rete=rete,
        titolo="Seduta di marzo",
        inizio=INIZIO,
        fine=INIZIO + timedelta(hours=2),
        luogo="Sala consiliare",
        ordine_del_giorno="1. Dati\n2. Varie",
    )


def calendari():
    """(recipient, METHOD, UID, SEQUENCE) of every mail, in order of sending."""
    righe = []
    for m in Messaggio.objects.order_by("pk"):
        insieme = Calendar.from_ical(m.allegato)
        voce = insieme.events[0]
        righe.append((m.destinatario, str(insieme["method"]), str(voce["uid"]), int(voce["sequence"])))
    return righe


def test_una_bozza_non_avvisa_nessuno(incontro):
    assert incontro.stato == StatoIncontro.BOZZA
    assert Messaggio.objects.count() == 0


def test_la_convocazione_manda_una_mail_a_ciascuno(incontro, coordinatore):
    """R20: one mail per recipient, none sees another's address; seats without e-mail stay invited."""
    convoca_incontro(utente=coordinatore, incontro=incontro)
    uid = f"{incontro.codice}@raccordo"
    assert calendari() == [("alfa@x.example", "REQUEST", uid, 0), ("beta@x.example", "REQUEST", uid, 0)]
    alfa, beta = Messaggio.objects.order_by("pk")
    assert "beta@x.example" not in alfa.testo + alfa.allegato
    assert "alfa@x.example" not in beta.testo + beta.allegato
    assert [c.email for c in incontro.convocazioni.all()] == ["alfa@x.example", "beta@x.example", ""]
    assert alfa.rispondi_a == "lavoro@provincia.example"


def test_il_testo_della_convocazione(incontro, coordinatore):
    convoca_incontro(utente=coordinatore, incontro=incontro)
    mail = Messaggio.objects.get(destinatario="alfa@x.example")
    gettone = Convocazione.objects.get(email="alfa@x.example").gettone
    assert mail.oggetto == "Convocazione: Seduta di marzo, martedì 7 marzo 2023, ore 10:00"
    assert mail.testo.replace(gettone, "GETTONE") == (ATTESI / "convocazione.txt").read_text()
    descrizione = str(Calendar.from_ical(mail.allegato).events[0]["description"])
    assert descrizione.replace(gettone, "GETTONE") == (ATTESI / "descrizione.txt").read_text()


def test_convocare_due_volte_non_manda_altre_mail(incontro, coordinatore):
    convoca_incontro(utente=coordinatore, incontro=incontro)
    with pytest.raises(Rifiuto, match="Non si può passare da «Convocato» a «Convocato»"):
        convoca_incontro(utente=coordinatore, incontro=incontro)
    assert Messaggio.objects.count() == 2


def test_una_modifica_alza_la_sequenza_e_sostituisce_l_evento(incontro, coordinatore):
    """R20: same UID, higher SEQUENCE: a calendar replaces, never duplicates."""
    convoca_incontro(utente=coordinatore, incontro=incontro)
    modifica_incontro(utente=coordinatore, incontro=incontro, luogo="Sala B")
    modifica_incontro(utente=coordinatore, incontro=incontro, luogo="Sala B")
    uid = f"{incontro.codice}@raccordo"
    assert [riga for riga in calendari() if riga[0] == "alfa@x.example"] == [
        ("alfa@x.example", "REQUEST", uid, 0),
        ("alfa@x.example", "REQUEST", uid, 1),
    ]
    ultima = Messaggio.objects.filter(destinatario="alfa@x.example").order_by("pk").last()
    gettone = Convocazione.objects.get(email="alfa@x.example").gettone
    assert ultima.testo.replace(gettone, "GETTONE") == (ATTESI / "aggiornamento.txt").read_text()


@pytest.mark.parametrize(
    ("campi", "risposta"),
    [
        ({"luogo": "Sala B"}, "si"),
        ({"fine": INIZIO + timedelta(hours=3)}, "attesa"),
    ],
)
def test_solo_un_cambio_di_orario_richiede_un_altra_risposta(incontro, coordinatore, campi, risposta):
    convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.convocazioni.update(risposta="si")
    modifica_incontro(utente=coordinatore, incontro=incontro, **campi)
    assert set(incontro.convocazioni.values_list("risposta", flat=True)) == {risposta}


def test_un_seggio_arrivato_dopo_e_invitato_con_l_aggiornamento(incontro, coordinatore):
    convoca_incontro(utente=coordinatore, incontro=incontro)
    AdesioneFactory(rete=incontro.rete, titolare_email="delta@x.example", dal=date(2023, 3, 1))
    modifica_incontro(utente=coordinatore, incontro=incontro, luogo="Sala B")
    assert ("delta@x.example", "REQUEST", incontro.uid, 1) in calendari()


def test_i_seggi_non_vigenti_quel_giorno_non_sono_invitati(incontro, coordinatore):
    AdesioneFactory(rete=incontro.rete, titolare_email="ieri@x.example", al=date(2023, 3, 6))
    AdesioneFactory(rete=incontro.rete, titolare_email="domani@x.example", dal=date(2023, 3, 8))
    convoca_incontro(utente=coordinatore, incontro=incontro)
    assert sorted(m.destinatario for m in Messaggio.objects.all()) == ["alfa@x.example", "beta@x.example"]


def test_l_annullamento_avvisa_una_volta_tutti_gli_invitati(incontro, coordinatore):
    """R20: METHOD:CANCEL, once."""
    convoca_incontro(utente=coordinatore, incontro=incontro)
    annulla_incontro(utente=coordinatore, incontro=incontro, motivo="Manca il numero")
    with pytest.raises(Rifiuto):
        annulla_incontro(utente=coordinatore, incontro=incontro, motivo="Manca il numero")
    assert calendari()[2:] == [
        ("alfa@x.example", "CANCEL", incontro.uid, 1),
        ("beta@x.example", "CANCEL", incontro.uid, 1),
    ]
    assert Messaggio.objects.order_by("pk").last().testo == (ATTESI / "annullamento.txt").read_text()


def test_annullare_una_bozza_non_avvisa_nessuno(incontro, coordinatore):
    annulla_incontro(utente=coordinatore, incontro=incontro, motivo="Errore")
    assert Messaggio.objects.count() == 0


def test_rinviato_e_riconvocato_resta_lo_stesso_evento(incontro, coordinatore):
    """R20: postponed leaves the calendar, convened again comes back under the same UID."""
    convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.convocazioni.update(risposta="si")
    rinvia_incontro(utente=coordinatore, incontro=incontro, motivo="Neve")
    nuovo = INIZIO + timedelta(days=7)
    modifica_incontro(utente=coordinatore, incontro=incontro, inizio=nuovo, fine=nuovo + timedelta(hours=2))
    convoca_incontro(utente=coordinatore, incontro=incontro)
    assert [riga[1:] for riga in calendari() if riga[0] == "alfa@x.example"] == [
        ("REQUEST", incontro.uid, 0),
        ("CANCEL", incontro.uid, 1),
        ("REQUEST", incontro.uid, 2),
    ]
    assert set(incontro.convocazioni.values_list("risposta", flat=True)) == {"attesa"}
    rinvio = Messaggio.objects.get(oggetto__startswith="Rinviato", destinatario="alfa@x.example")
    assert rinvio.testo == (ATTESI / "rinvio.txt").read_text()


def test_un_incontro_passato_non_si_convoca(incontro, coordinatore, orologio):
    with orologio(INIZIO), pytest.raises(Rifiuto, match="è già passata"):
        convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    assert incontro.stato == StatoIncontro.BOZZA


def test_senza_seggi_non_si_convoca(coordinatore, provincia):
    incontro = IncontroFactory(rete__convocante=provincia)
    with pytest.raises(Rifiuto, match="Nessun seggio è valido"):
        convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    assert incontro.stato == StatoIncontro.BOZZA


def test_il_comitato_non_costituito_non_si_convoca(coordinatore, provincia):
    """R27."""
    incontro = IncontroFactory(rete__convocante=provincia, rete__tipo="comitato_tecnico")
    AdesioneFactory(rete=incontro.rete)
    with pytest.raises(Rifiuto, match="non è ancora costituito"):
        convoca_incontro(utente=coordinatore, incontro=incontro)


def test_l_incontro_di_altri_invita_solo_la_provincia_e_non_scrive_a_nessuno(coordinatore, provincia):
    """R26: recorded by hand, also afterwards."""
    incontro = IncontroFactory(rete__convocante=SoggettoFactory(), inizio=PRIMA - timedelta(days=30))
    seggio = AdesioneFactory(rete=incontro.rete, soggetto=provincia)
    AdesioneFactory(rete=incontro.rete, titolare_email="altro@x.example")
    convoca_incontro(utente=coordinatore, incontro=incontro)
    assert [c.adesione for c in incontro.convocazioni.all()] == [seggio]
    assert Messaggio.objects.count() == 0


def test_orari_rovesciati_sono_rifiutati(coordinatore, rete):
    with pytest.raises(Rifiuto, match="La fine deve venire dopo l'inizio"):
        crea_incontro(utente=coordinatore, rete=rete, titolo="X", inizio=INIZIO, fine=INIZIO)


@pytest.mark.parametrize("verbo", [convoca_incontro, modifica_incontro, segna_svolto])
@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_tocca_gli_incontri(incontro, verbo, ruolo):
    with pytest.raises(PermissionDenied):
        verbo(utente=UtenteFactory(ruolo=ruolo), incontro=incontro)


VERSO = {
    StatoIncontro.CONVOCATO: lambda u, i: convoca_incontro(utente=u, incontro=i),
    StatoIncontro.RINVIATO: lambda u, i: rinvia_incontro(utente=u, incontro=i, motivo="Prova"),
    StatoIncontro.ANNULLATO: lambda u, i: annulla_incontro(utente=u, incontro=i, motivo="Prova"),
    StatoIncontro.SVOLTO: lambda u, i: segna_svolto(utente=u, incontro=i),
    StatoIncontro.VERBALIZZATO: lambda u, i: verbalizza(u, i),
}


@pytest.mark.parametrize("da", StatoIncontro.values)
@pytest.mark.parametrize("a", [str(s) for s in VERSO])
def test_ogni_passaggio_di_stato_segue_la_tabella(coordinatore, provincia, orologio, da, a):
    """The whole product of states: the verbs do what the table says, and nothing else."""
    incontro = IncontroFactory(rete__convocante=provincia, stato=da)
    presenza = PresenzaFactory(incontro=incontro, adesione__rete=incontro.rete)
    ConvocazioneFactory(incontro=incontro, adesione=presenza.adesione)
    # Holding a meeting needs its start to be past, convening needs it to come.
    with orologio(INIZIO + timedelta(hours=1) if a == StatoIncontro.SVOLTO else PRIMA):
        if a in TRANSIZIONI_INCONTRO[da]:
            VERSO[a](coordinatore, incontro)
            atteso, righe = a, 1
        else:
            with pytest.raises(Rifiuto, match=r"Non si può passare|Il verbale"):
                VERSO[a](coordinatore, incontro)
            atteso, righe = da, 0
    assert Incontro.objects.get().stato == atteso
    assert RigaRegistro.objects.filter(azione=f"incontro.{a}").count() == righe
