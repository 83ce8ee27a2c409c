"""Who is told what: one invitation per address, delegates, changed addresses, each once (R20)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from core.errori import Rifiuto
from core.models import Installazione, Messaggio
from reti.forms.risposte import RispostaForm
from reti.models import Convocazione, Sostituto
from reti.queries.inviti import deleghe_di, inviti_di
from reti.services.incontri import annulla_incontro, convoca_incontro, modifica_incontro, rinvia_incontro
from reti.services.indirizzi import riallinea
from reti.services.risposte import MASSIME_MAIL_AI_DELEGATI, MASSIMI_DELEGATI, rispondi
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    RappresentanzaFactory,
    ReteFactory,
)

pytestmark = pytest.mark.django_db
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
LINK, AREA, UFFICIO = Convocazione.Via.COLLEGAMENTO, Convocazione.Via.AREA, Convocazione.Via.UFFICIO


@pytest.fixture(autouse=True)
def _febbraio(orologio, settings):
    settings.CASELLA_RISPOSTE = "risposte@lavoro.provincia.example"
    with orologio(PRIMA):
        yield


@pytest.fixture
def incontro(provincia, coordinatore):
    """Alfa sits with ada@, Beta with bruno@."""
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia)
    for nome, email in (("Alfa", "ada@x.example"), ("Beta", "bruno@x.example")):
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    return IncontroFactory(rete=rete, titolo="Seduta", creato_da=coordinatore)


@pytest.fixture
def convocato(incontro, coordinatore):
    convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    return incontro


def di(nome):
    return Convocazione.objects.select_related("adesione").get(adesione__soggetto__denominazione=nome)


def spedite(dal=0):
    """(recipient, METHOD, SEQUENCE, kind) of every mail from the `dal`-th, in order of sending."""
    righe = []
    for m in Messaggio.objects.order_by("pk")[dal:]:
        sequenza = int(Calendar.from_ical(m.allegato).events[0]["sequence"]) if m.allegato else None
        righe.append((m.destinatario, m.metodo, sequenza, m.chiave.split("-")[0]))
    return righe


def evento(mail):
    return Calendar.from_ical(mail.allegato).events[0]


def test_ogni_convocazione_ha_un_indirizzo_suo_per_le_risposte(convocato):
    """R21: opaque, per recipient."""
    indirizzi = set()
    for mail in Messaggio.objects.all():
        recapito = Convocazione.objects.get(email=mail.destinatario).recapito
        atteso = f"risposte+{recapito}@lavoro.provincia.example"
        assert (mail.rispondi_a, evento(mail)["organizer"]) == (atteso, f"mailto:{atteso}")
        indirizzi.add(atteso)
    assert len(indirizzi) == 2


def test_senza_casella_le_risposte_vanno_all_ufficio(incontro, coordinatore, settings):
    settings.CASELLA_RISPOSTE = ""
    convoca_incontro(utente=coordinatore, incontro=incontro)
    assert {m.rispondi_a for m in Messaggio.objects.all()} == {"lavoro@provincia.example"}


@pytest.fixture
def congiunto(incontro, coordinatore, provincia):
    """A joint meeting: Ada sits for Alfa at both boards, written with another capital."""
    altra = ReteFactory(nome="Osservatorio", convocante=provincia)
    alfa = incontro.rete.adesioni.get(titolare_email="ada@x.example").soggetto
    AdesioneFactory(rete=altra, soggetto=alfa, titolare_email="Ada@X.example")
    incontro.altre_reti.add(altra)
    convoca_incontro(utente=coordinatore, incontro=incontro)
    incontro.refresh_from_db()
    Messaggio.objects.all().delete()
    modifica_incontro(utente=coordinatore, incontro=incontro, luogo="Sala B")
    return incontro


def test_chi_ha_due_seggi_riceve_una_mail_che_li_nomina(congiunto):
    assert [riga[0] for riga in spedite()] == ["ada@x.example", "bruno@x.example"]
    mail = Messaggio.objects.get(destinatario="ada@x.example")
    assert "Tavoli: Tavolo lavoro e Osservatorio" in mail.testo
    assert (
        "vale per i seggi di Alfa (Tavolo lavoro) e Alfa (Osservatorio): non inoltrarlo. "
        "Una sola risposta vale per tutti." in mail.testo
    )


@pytest.mark.parametrize("quale", [0, 1])
def test_una_risposta_vale_per_tutti_i_seggi_dell_invito(congiunto, quale):
    """Whichever of the two links."""
    due = list(congiunto.convocazioni.filter(email__iexact="ada@x.example").order_by("pk"))
    rispondi(convocazione=due[quale], risposta="si", via=LINK)
    stati = dict(congiunto.convocazioni.values_list("email", "risposta"))
    assert stati == {"ada@x.example": "si", "Ada@X.example": "si", "bruno@x.example": "attesa"}


def test_in_area_si_risponde_solo_per_gli_enti_che_si_rappresentano(convocato):
    """Two bodies may share an address; powers don't."""
    Convocazione.objects.update(email="segreteria@x.example")
    utente = RappresentanzaFactory(soggetto=di("Alfa").adesione.soggetto).utente
    rispondi(convocazione=di("Alfa"), risposta="si", via=AREA, utente=utente)
    assert (di("Alfa").risposta, di("Beta").risposta) == ("si", "attesa")


def test_l_ufficio_registra_il_seggio_che_nomina(convocato, coordinatore):
    Convocazione.objects.update(email="segreteria@x.example")
    rispondi(convocazione=di("Alfa"), risposta="no", via=UFFICIO, utente=coordinatore)
    assert (di("Alfa").risposta, di("Beta").risposta) == ("no", "attesa")


# -- Delegates ------------------------------------------------------------------------


def delega(a="carlo@x.example", nome="Carlo Neri", chi="Alfa"):
    rispondi(convocazione=di(chi), risposta="delega", delegato=nome, delegato_email=a, via=LINK)


def test_il_delegato_riceve_un_invito_senza_poter_rispondere_per_il_seggio(convocato):
    delega()
    delega()
    assert spedite(2) == [("carlo@x.example", "REQUEST", 0, "delega")]
    mail = Messaggio.objects.get(destinatario="carlo@x.example")
    assert evento(mail)["uid"] == convocato.uid
    assert evento(mail)["attendee"].params["RSVP"] == "FALSE"
    alfa = di("Alfa")
    for segreto in (alfa.gettone, alfa.recapito, alfa.email):
        assert segreto not in mail.testo + mail.allegato + mail.rispondi_a


@pytest.mark.parametrize(
    ("verbo", "attese"),
    [
        ("luogo", [("carlo@x.example", "REQUEST", 1, "delega")]),
        ("data", [("carlo@x.example", "CANCEL", 1, "revoca")]),
        ("annulla", [("carlo@x.example", "CANCEL", 1, "annullamento")]),
        ("rinvia", [("carlo@x.example", "CANCEL", 1, "rinvio")]),
        ("rinvia e riconvoca", [("carlo@x.example", "CANCEL", 1, "rinvio")]),
    ],
)
def test_il_delegato_sa_dei_cambiamenti(convocato, coordinatore, verbo, attese):
    delega()
    chi = {"utente": coordinatore, "incontro": convocato}
    nuovi = {"inizio": convocato.inizio + timedelta(days=1), "fine": convocato.fine + timedelta(days=1)}
    if verbo == "luogo":
        modifica_incontro(**chi, luogo="Sala B")
    elif verbo == "data":
        modifica_incontro(**chi, **nuovi)
    elif verbo == "annulla":
        annulla_incontro(**chi, motivo="Neve")
    else:
        rinvia_incontro(**chi, motivo="Neve")
    if verbo == "rinvia e riconvoca":
        convoca_incontro(**chi)
    assert [r for r in spedite(3) if r[0] == "carlo@x.example"] == attese
    assert len([r for r in spedite(3) if r[0] == "ada@x.example"]) == (2 if "riconvoca" in verbo else 1)


def test_un_delegato_sostituito_riceve_un_annullamento(convocato):
    delega()
    delega("dora@x.example", "Dora Blu")
    rispondi(convocazione=di("Alfa"), risposta="si", via=LINK)
    assert spedite(3) == [
        ("carlo@x.example", "CANCEL", 0, "revoca"),
        ("dora@x.example", "REQUEST", 0, "delega"),
        ("dora@x.example", "CANCEL", 0, "revoca"),
    ]


def test_delegato_tolto_e_rimesso_e_invitato_di_nuovo(convocato, orologio):
    delega()
    with orologio(PRIMA + timedelta(minutes=5)):
        rispondi(convocazione=di("Alfa"), risposta="no", via=LINK)
    with orologio(PRIMA + timedelta(minutes=9)):
        delega()
    assert [r[1] for r in spedite(2)] == ["REQUEST", "CANCEL", "REQUEST"]


def test_un_delegato_gia_invitato_non_perde_il_suo_evento(convocato):
    """The same UID would replace the event of his own seat."""
    delega("Bruno@x.example", "Bruno")
    assert spedite(2) == [("bruno@x.example", "", None, "delega")]
    assert "allegato" not in Messaggio.objects.order_by("pk").last().testo


def test_troppi_delegati_diversi_sono_rifiutati(convocato):
    """A stolen link mustn't make the Province write to anyone."""
    for n in range(MASSIMI_DELEGATI):
        delega(f"d{n}@x.example", f"Persona {n}")
    with pytest.raises(Rifiuto, match="troppe volte: per cambiarlo ancora chiama"):
        delega("uno-in-piu@x.example", "Un altro")
    assert di("Alfa").delegato == f"Persona {MASSIMI_DELEGATI - 1}"


def test_due_delegati_scambiati_all_infinito_si_fermano_alla_dodicesima_mail(convocato, orologio):
    """Two addresses, in turn: few delegates, but a mail at every change."""
    for n in range(MASSIME_MAIL_AI_DELEGATI):
        with orologio(PRIMA + timedelta(minutes=n)):
            delega(f"d{n % 2}@x.example", f"Persona {n}")
    inviti = Messaggio.objects.filter(destinatario__in=("d0@x.example", "d1@x.example"), metodo="REQUEST")
    assert inviti.count() == MASSIME_MAIL_AI_DELEGATI
    with orologio(PRIMA + timedelta(hours=1)), pytest.raises(Rifiuto, match="troppe volte"):
        delega("d0@x.example", "Persona di troppo")
    assert inviti.count() == MASSIME_MAIL_AI_DELEGATI
    assert di("Alfa").delegato == f"Persona {MASSIME_MAIL_AI_DELEGATI - 1}"
    rispondi(convocazione=di("Alfa"), risposta="no", via=LINK)  # an answer without a mail is always taken


@pytest.mark.parametrize("nome", ["Vinci su http://x.example", "www.x.example", "<b>Ada</b>"])
def test_un_delegato_e_un_nome_non_una_pubblicita(convocato, nome):
    with pytest.raises(Rifiuto, match="solo nome e cognome"):
        delega(nome=nome)


def test_il_modulo_propone_i_sostituti_in_carica_quel_giorno(convocato):
    alfa = di("Alfa")
    dal = date(2020, 1, 1)
    scelto = Sostituto.objects.create(adesione=alfa.adesione, nome="Eva Rosa", email="eva@x.example", dal=dal)
    Sostituto.objects.create(adesione=alfa.adesione, nome="Scaduto", dal=dal, al=date(2023, 3, 6))
    Sostituto.objects.create(adesione=di("Beta").adesione, nome="Di altri", dal=dal)
    form = RispostaForm.di(alfa, {"risposta": "delega", "sostituto": scelto.pk})
    assert [str(s) for s in form.fields["sostituto"].queryset] == ["Eva Rosa"]
    assert form.is_valid()
    assert form.dati() == {"risposta": "delega", "delegato": "Eva Rosa", "delegato_email": "eva@x.example"}
    doppio = RispostaForm.di(alfa, {"risposta": "delega", "sostituto": scelto.pk, "delegato": "Altro"})
    assert doppio.errors == {"delegato": ["Hai scelto un sostituto e scritto un altro nome: lascia uno dei due."]}


# -- Addresses that change ------------------------------------------------------------


def cambia(chi, email):
    seggio = di(chi).adesione
    seggio.titolare_email = email
    seggio.save()


def test_cambiato_l_indirizzo_il_vecchio_e_avvisato_e_il_nuovo_invitato_una_volta(convocato):
    prima = di("Alfa")
    cambia("Alfa", "eva@x.example")
    assert (riallinea(), riallinea()) == (1, 0)
    assert spedite(2) == [("ada@x.example", "CANCEL", 0, "revoca"), ("eva@x.example", "REQUEST", 0, "convocazione")]
    assert evento(Messaggio.objects.get(chiave__startswith="revoca"))["organizer"].endswith(
        f"risposte+{prima.recapito}@lavoro.provincia.example"
    )
    dopo = di("Alfa")
    assert (dopo.email, dopo.gettone == prima.gettone, dopo.recapito == prima.recapito) == (
        "eva@x.example", False, False,
    )  # fmt: skip


def test_un_indirizzo_che_torna_quello_di_prima_avvisa_di_nuovo(convocato):
    for email in ("eva@x.example", "ada@x.example"):
        cambia("Alfa", email)
        riallinea()
    assert [r[:2] for r in spedite(2)] == [
        ("ada@x.example", "CANCEL"),
        ("eva@x.example", "REQUEST"),
        ("eva@x.example", "CANCEL"),
        ("ada@x.example", "REQUEST"),
    ]


def test_un_seggio_che_lascia_un_invito_di_due_non_toglie_l_altro(congiunto):
    """Whoever keeps a seat gets an update, from the same ORGANIZER."""
    due = list(congiunto.convocazioni.filter(email__iexact="ada@x.example").order_by("pk"))
    cambia_seggio = due[0].adesione
    cambia_seggio.titolare_email = "eva@x.example"
    cambia_seggio.save()
    assert riallinea() == 1
    assert [(r[0].lower(), r[1]) for r in spedite(2)] == [("eva@x.example", "REQUEST"), ("ada@x.example", "REQUEST")]
    due[1].refresh_from_db()
    assert (due[1].recapito, due[1].gettone) == (due[0].recapito, due[0].gettone)


@pytest.mark.parametrize("chi", ["Alfa", "Beta"])
def test_un_seggio_che_passa_a_chi_e_gia_invitato_aggiorna_il_suo_invito(convocato, chi):
    altro = {"Alfa": "Beta", "Beta": "Alfa"}[chi]
    recapito = di(altro).recapito
    cambia(chi, di(altro).email)
    riallinea()
    righe = spedite(2)
    assert [r[1:] for r in righe] == [("CANCEL", 0, "revoca"), ("REQUEST", 0, "aggiornamento")]
    assert evento(Messaggio.objects.order_by("pk").last())["organizer"].split("+")[1].startswith(recapito)


def test_senza_indirizzo_nuovo_o_a_incontro_passato_non_cambia_nulla(convocato, orologio):
    cambia("Alfa", "")
    assert riallinea() == 0
    cambia("Alfa", "eva@x.example")
    with orologio(convocato.inizio):
        assert riallinea() == 0


def test_anche_un_seggio_finito_sa_che_l_incontro_si_sposta_o_si_annulla(convocato, coordinatore):
    seggio = di("Alfa").adesione
    seggio.al = date(2023, 2, 21)
    seggio.save()
    giorno = timedelta(days=1)
    modifica_incontro(
        utente=coordinatore, incontro=convocato, inizio=convocato.inizio + giorno, fine=convocato.fine + giorno
    )
    annulla_incontro(utente=coordinatore, incontro=convocato, motivo="Neve")
    assert [r[1:3] for r in spedite(2) if r[0] == "ada@x.example"] == [("REQUEST", 1), ("CANCEL", 2)]


def test_chi_e_invitato_a_una_modifica_e_convocato_non_aggiornato(convocato, coordinatore):
    AdesioneFactory(rete=convocato.rete, titolare_email="nuova@x.example")
    modifica_incontro(utente=coordinatore, incontro=convocato, luogo="Sala B")
    assert [r for r in spedite(2) if r[0] == "nuova@x.example"] == [("nuova@x.example", "REQUEST", 1, "convocazione")]


def test_un_aggiornamento_porta_la_risposta_gia_data(convocato, coordinatore):
    """Or the calendar would ask again."""
    rispondi(convocazione=di("Alfa"), risposta="si", via=LINK)
    modifica_incontro(utente=coordinatore, incontro=convocato, luogo="Sala B")
    stati = {m.destinatario: evento(m)["attendee"].params["PARTSTAT"] for m in Messaggio.objects.order_by("pk")[2:]}
    assert stati == {"ada@x.example": "ACCEPTED", "bruno@x.example": "NEEDS-ACTION"}


def test_le_mail_agli_invitati_non_costano_letture_per_ciascuno(convocato, coordinatore, django_assert_num_queries):
    """Reading who is invited takes the same queries for two and for eight seats."""
    for _ in range(2):
        with django_assert_num_queries(2):
            assert [i.seggi for i in inviti_di(convocato)]
            deleghe_di(convocato)
        for n in range(6):
            seggio = AdesioneFactory(rete=convocato.rete)
            ConvocazioneFactory(incontro=convocato, adesione=seggio, email=f"x{n}-{seggio.pk}@x.example")
