"""A calendar over HTTP: who reads what, what an unchanged one costs, what a stolen or dead address gives (R20)."""

import io
import logging
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from icalendar import Calendar

from core.gettoni import SenzaGettoni
from core.models import Installazione
from reti.models import Abbonamento, Convocazione, PuntoOdg, Rappresentanza, Sostituto
from reti.services.abbonamenti import crea_abbonamento, revoca_abbonamento
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    RappresentanzaFactory,
    ReteFactory,
    SoggettoFactory,
)
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _prima(orologio):
    cache.clear()
    with orologio(INIZIO - timedelta(days=3)):
        yield


@pytest.fixture
def tavolo(provincia):
    return ReteFactory(slug="lavoro", nome="Tavolo per il lavoro", convocante=provincia)


@pytest.fixture
def incontro(tavolo):
    incontro = convoca(tavolo, titolo="Seduta di marzo", collegamento="https://video.example/stanza")
    for n, titolo in enumerate(("Apertura", "Varie, eventuali")):
        PuntoOdg.objects.create(incontro=incontro, ordine=n, titolo=titolo)
    return incontro


@pytest.fixture
def socio(incontro):
    """Represents the body that sits at the board."""
    return RappresentanzaFactory(soggetto=incontro.convocazioni.get().adesione.soggetto).utente


def convoca(rete, seggio=None, **campi):
    """A convened meeting with the invitation of one seat."""
    campi.setdefault("stato", StatoIncontro.CONVOCATO)
    incontro = IncontroFactory(rete=rete, **campi)
    ConvocazioneFactory(incontro=incontro, adesione=seggio or AdesioneFactory(rete=rete))
    return incontro


def indirizzo(abbonamento):
    return reverse("tavoli:calendario_segreto", args=[abbonamento.gettone])


def titoli(risposta):
    assert risposta.status_code == 200
    return [str(e["summary"]) for e in Calendar.from_ical(risposta.content).events]


def di_persona(client, utente):
    return titoli(client.get(indirizzo(crea_abbonamento(utente=utente))))


def test_il_calendario_di_un_ente_porta_tutto_quello_che_serve(client, incontro, socio):
    ente = socio.rappresentanze.get().soggetto
    risposta = client.get(indirizzo(crea_abbonamento(utente=socio, soggetto=ente)))
    insieme = Calendar.from_ical(risposta.content)
    (letto,) = insieme.events
    pagina = f"http://localhost:8000/tavoli/incontri/{incontro.codice}/"
    assert (insieme["method"], insieme["x-wr-calname"]) == ("PUBLISH", f"Incontri di {ente.denominazione}")
    assert (letto["uid"], letto["sequence"], letto["status"], letto["url"]) == (incontro.uid, 0, "CONFIRMED", pagina)
    assert (letto["summary"], letto["location"]) == ("Seduta di marzo", "Sala consiliare")
    assert letto["dtstart"].to_ical() == b"20230307T100000"
    assert letto["dtstamp"].dt == incontro.aggiornato.replace(microsecond=0)
    assert letto["description"] == (
        "Tavolo per il lavoro\n\nOrdine del giorno:\n1. Apertura\n2. Varie, eventuali\n\n"
        f"Collegamento: https://video.example/stanza\n\nLa pagina dell'incontro: {pagina}"
    )


def test_intestazioni_di_un_calendario_personale(client, socio):
    """No shared cache keeps it, no search engine lists it, nobody is told where one comes from, no cookie is set."""
    risposta = client.get(indirizzo(crea_abbonamento(utente=socio)))
    assert {c: risposta[c] for c in ("Content-Type", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert not risposta.cookies


def test_solo_gli_incontri_che_qualcuno_ha_ricevuto(client, tavolo, coordinatore):
    """Drafts never; postponed and cancelled ones as CANCELLED with their reason, unless nobody had been invited."""
    for stato, sequenza in ((s, 1) for s in StatoIncontro):
        convoca(tavolo, titolo=stato.value, stato=stato, sequenza=sequenza, motivo="Neve")
    IncontroFactory(rete=tavolo, titolo="bozza cancellata", stato=StatoIncontro.ANNULLATO)
    risposta = client.get(indirizzo(crea_abbonamento(utente=coordinatore, rete=tavolo)))
    eventi = Calendar.from_ical(risposta.content).events
    assert sorted((str(e["summary"]), str(e["status"]), "Motivo: Neve" in e["description"]) for e in eventi) == [
        ("Annullato: annullato", "CANCELLED", True),
        ("Rinviato: rinviato", "CANCELLED", True),
        ("convocato", "CONFIRMED", False),
        ("svolto", "CONFIRMED", False),
        ("verbalizzato", "CONFIRMED", False),
    ]


def test_l_ultimo_anno_e_tutto_il_futuro(client, tavolo, coordinatore, settings):
    settings.GIORNI_NEL_CALENDARIO = 365
    for giorni, titolo in ((-370, "vecchio"), (-360, "dell'anno"), (4000, "fra undici anni")):
        convoca(tavolo, titolo=titolo, inizio=INIZIO + timedelta(days=giorni))
    url = indirizzo(crea_abbonamento(utente=coordinatore, rete=tavolo))
    assert titoli(client.get(url)) == ["dell'anno", "fra undici anni"]
    settings.GIORNI_NEL_CALENDARIO = 400
    assert titoli(client.get(url)) == ["vecchio", "dell'anno", "fra undici anni"]


def test_i_miei_incontri_sono_quelli_dei_miei_seggi(client, tavolo):
    """As holder, by an address of mine that is verified, as a substitute of today, as the delegate of an answer."""
    io = UtenteFactory()
    EmailAddress.objects.create(user=io, email="Ada@ente.example", verified=True)
    EmailAddress.objects.create(user=io, email="altra@ente.example", verified=False)
    convoca(tavolo, AdesioneFactory(rete=tavolo, titolare=io), titolo="titolare")
    convoca(tavolo, AdesioneFactory(rete=tavolo, titolare_email="ADA@ente.example"), titolo="email")
    convoca(tavolo, AdesioneFactory(rete=tavolo, titolare_email="altra@ente.example"), titolo="email da verificare")
    for titolo, al in (("sostituto", None), ("sostituto di ieri", INIZIO.date() - timedelta(days=4))):
        seggio = AdesioneFactory(rete=tavolo)
        dal = INIZIO.date() - timedelta(days=90)
        Sostituto.objects.create(adesione=seggio, nome="Ada", email="ada@ente.example", dal=dal, al=al)
        convoca(tavolo, seggio, titolo=titolo)
    delegato = convoca(tavolo, titolo="delegato")
    delegato.convocazioni.update(risposta="delega", delegato="Ada", delegato_email="ada@ente.example")
    convoca(tavolo, titolo="di altri")
    assert sorted(di_persona(client, io)) == ["delegato", "email", "sostituto", "titolare"]
    delegato.convocazioni.update(risposta=Convocazione.Risposta.NO)
    assert sorted(di_persona(client, io)) == ["email", "sostituto", "titolare"]
    assert di_persona(client, UtenteFactory()) == []


def test_chi_siede_a_un_tavolo_vi_legge_gli_incontri_a_cui_e_invitato(client, incontro, socio):
    convoca(incontro.rete, titolo="senza di me")
    assert titoli(client.get(indirizzo(crea_abbonamento(utente=socio, rete=incontro.rete)))) == ["Seduta di marzo"]


def test_un_incontro_congiunto_e_nel_calendario_di_ciascun_tavolo(client, incontro, coordinatore, provincia):
    altro = ReteFactory(convocante=provincia)
    incontro.altre_reti.add(altro)
    assert titoli(client.get(indirizzo(crea_abbonamento(utente=coordinatore, rete=altro)))) == ["Seduta di marzo"]
    assert titoli(client.get(reverse("tavoli:calendario_pubblico", args=[altro.slug]))) == ["Seduta di marzo"]


def test_un_calendario_che_non_e_cambiato_risponde_304(client, incontro, socio, django_assert_num_queries):
    url = indirizzo(crea_abbonamento(utente=socio, rete=incontro.rete))
    prima = client.get(url)
    with django_assert_num_queries(6):
        seconda = client.get(url, headers={"If-None-Match": prima["ETag"]})
    assert (seconda.status_code, seconda.content, seconda["ETag"]) == (304, b"", prima["ETag"])
    assert seconda["Cache-Control"] == prima["Cache-Control"]
    assert client.head(url)["ETag"] == prima["ETag"]
    assert prima["Last-Modified"] == seconda["Last-Modified"]
    assert client.get(url, headers={"If-Modified-Since": prima["Last-Modified"]}).status_code == 200


CAMBIAMENTI = {
    "titolo": lambda i: type(i).objects.filter(pk=i.pk).update(titolo="Altro"),
    "luogo": lambda i: type(i).objects.filter(pk=i.pk).update(luogo="Altrove"),
    "ora": lambda i: type(i).objects.filter(pk=i.pk).update(inizio=INIZIO + timedelta(minutes=1)),
    "collegamento": lambda i: type(i).objects.filter(pk=i.pk).update(collegamento=""),
    "punto": lambda i: i.punti.filter(ordine=0).update(titolo="Saluti"),
    "ordine dei punti": lambda i: i.punti.filter(ordine=0).update(ordine=5),
    "nome del tavolo": lambda i: type(i.rete).objects.update(nome="Altro tavolo"),
    "un altro incontro": lambda i: convoca(i.rete, i.convocazioni.get().adesione),
    "un incontro in meno": lambda i: i.convocazioni.all().delete(),
}


@pytest.mark.parametrize("cambia", CAMBIAMENTI.values(), ids=CAMBIAMENTI.keys())
def test_ogni_cambiamento_che_si_legge_cambia_l_etag(client, incontro, socio, cambia):
    """Even one that a careless hand writes without touching `aggiornato`."""
    url = indirizzo(crea_abbonamento(utente=socio, rete=incontro.rete))
    prima = client.get(url)
    cambia(incontro)
    dopo = client.get(url, headers={"If-None-Match": prima["ETag"]})
    assert (dopo.status_code, dopo.content != prima.content) == (200, True)


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_al_database_non_crescono_con_gli_incontri(
    client, incontro, socio, quanti, django_assert_num_queries
):
    """R20: token, right, office, fingerprint, agenda, last change; then agenda and meetings to write.

    The public one takes names out of the titles, for the fingerprint and for the text: eight more each time.
    """
    for _n in range(quanti - 1):
        altro = convoca(incontro.rete, incontro.convocazioni.get().adesione)
        PuntoOdg.objects.create(incontro=altro, titolo="Apertura")
    propri = {"soggetto": socio.rappresentanze.get().soggetto}, {"rete": incontro.rete}, {}
    Installazione.corrente()  # its first reading also writes it
    url = [indirizzo(crea_abbonamento(utente=socio, **di)) for di in propri]
    for indirizzo_, domande in zip(url, (8, 8, 7), strict=True):
        with django_assert_num_queries(domande):
            client.get(indirizzo_)
    with django_assert_num_queries(22):
        client.get(reverse("tavoli:calendario_pubblico", args=[incontro.rete.slug]))


# -- What a dead or wrong address gives -----------------------------------------------


def _disattiva(utente, abbonamento):
    type(utente).objects.filter(pk=utente.pk).update(is_active=False)


def _finisce_la_rappresentanza(utente, abbonamento):
    Rappresentanza.objects.filter(utente=utente).update(al=INIZIO.date() - timedelta(days=4))


FINE = {
    "revocato": lambda utente, a: revoca_abbonamento(utente=utente, pk=a.pk),
    "utente disattivato": _disattiva,
    "rappresentanza finita": _finisce_la_rappresentanza,
}


@pytest.mark.parametrize("finisce", FINE.values(), ids=FINE.keys())
@pytest.mark.parametrize("di", ["ente", "tavolo"])
def test_un_indirizzo_senza_piu_diritto_non_apre_nulla(client, incontro, socio, di, finisce):
    """The right is asked for at each reading, not when the address was made."""
    ente = socio.rappresentanze.get().soggetto
    abbonamento = crea_abbonamento(utente=socio, **({"soggetto": ente} if di == "ente" else {"rete": incontro.rete}))
    prima = client.get(indirizzo(abbonamento))
    finisce(socio, abbonamento)
    dopo = client.get(indirizzo(abbonamento), headers={"If-None-Match": prima["ETag"]})
    assert (prima.status_code, dopo.status_code) == (200, 404)
    assert "è stato revocato" in dopo.content.decode()
    assert not dopo.cookies


def test_chi_prova_indirizzi_a_caso_e_fermato_e_chi_ha_quello_giusto_no(client, socio, settings):
    settings.TENTATIVI_GETTONE = 3
    giusto = indirizzo(crea_abbonamento(utente=socio))
    provati = [client.get(reverse("tavoli:calendario_segreto", args=[f"x{n}"])) for n in range(4)]
    assert [r.status_code for r in provati] == [404, 404, 404, 429]
    assert provati[-1]["Retry-After"] == str(settings.TENTATIVI_GETTONE_SECONDI)
    assert client.get(giusto).status_code == 200


def test_il_gettone_non_finisce_nei_log(client, socio):
    """A live address refused for its method is written by Django's own logger, without the secret."""
    abbonamento = crea_abbonamento(utente=socio)
    scritto = io.StringIO()
    uscita = logging.StreamHandler(scritto)
    uscita.addFilter(SenzaGettoni())
    logging.getLogger("django.request").addHandler(uscita)
    try:
        assert client.post(indirizzo(abbonamento)).status_code == 405
    finally:
        logging.getLogger("django.request").removeHandler(uscita)
    assert scritto.getvalue() == "Method Not Allowed (POST): /tavoli/calendari/….ics\n"


# -- The public calendar ---------------------------------------------------------------


def test_il_calendario_pubblico_non_nomina_le_persone_che_il_registro_conosce(client, incontro, socio):
    """R24: a name that the records learn later changes the text, and its fingerprint with it."""
    incontro.titolo = "Audizione di Carla Neri"
    incontro.save()
    url = reverse("tavoli:calendario_pubblico", args=["lavoro"])
    prima = client.get(url)
    assert titoli(prima) == ["Audizione di Carla Neri"]
    incontro.convocazioni.update(risposta="delega", delegato="Carla Neri")
    dopo = client.get(url, headers={"If-None-Match": prima["ETag"]})
    assert titoli(dopo) == ["Audizione di [omissis]"]
    assert titoli(client.get(indirizzo(crea_abbonamento(utente=socio)))) == []
    suo = crea_abbonamento(utente=socio, soggetto=socio.rappresentanze.get().soggetto)
    assert titoli(client.get(indirizzo(suo))) == ["Audizione di Carla Neri"]


def test_il_calendario_pubblico_dice_quando_e_dove_e_nient_altro(client, incontro):
    """R20: no agenda, no remote room, no person; drafts, postponed and cancelled ones are not there."""
    for stato in (StatoIncontro.BOZZA, StatoIncontro.RINVIATO, StatoIncontro.ANNULLATO):
        convoca(incontro.rete, stato=stato, sequenza=1)
    convoca(incontro.rete, titolo="A distanza", luogo="Stanza meet.example/altra", stato=StatoIncontro.SVOLTO)
    risposta = client.get(reverse("tavoli:calendario_pubblico", args=["lavoro"]))
    testo = risposta.content.decode().replace("\r\n ", "")
    assert titoli(risposta) == ["Seduta di marzo", "A distanza"]
    assert [p for p in ("video.example", "DESCRIPTION", "ATTENDEE", "Apertura", "Ada") if p in testo] == []
    assert testo.count("URL:http://localhost:8000/tavoli/lavoro/\r\n") == 2
    assert testo.count("LOCATION:Sala consiliare\r\n") == 1
    assert risposta["Cache-Control"] == "public, max-age=900"
    assert client.get(risposta.request["PATH_INFO"], headers={"If-None-Match": risposta["ETag"]}).status_code == 304


def test_un_tavolo_non_pubblico_non_ha_calendario_pubblico(client, incontro, socio, entra):
    type(incontro.rete).objects.update(pubblica=False)
    url = reverse("tavoli:calendario_pubblico", args=["lavoro"])
    assert (client.get(url).status_code, entra(socio).get(url).status_code) == (404, 404)


def test_l_incontro_di_altri_e_organizzato_da_chi_lo_convoca(client, provincia, dirigente):
    convocante = SoggettoFactory(denominazione="Camera di commercio", email="cciaa@camera.example")
    rete = ReteFactory(convocante=convocante)
    convoca(rete, AdesioneFactory(rete=rete, soggetto=provincia))
    (letto,) = Calendar.from_ical(
        client.get(indirizzo(crea_abbonamento(utente=dirigente, soggetto=provincia))).content
    ).events
    assert (letto["organizer"], letto["organizer"].params["CN"]) == (
        "mailto:cciaa@camera.example",
        "Camera di commercio",
    )


def test_gli_abbonamenti_non_si_vedono_fra_loro(socio):
    altri = crea_abbonamento(utente=UtenteFactory())
    assert list(Abbonamento.objects.visibili_a(socio)) == []
    assert altri.revocato_il is None
