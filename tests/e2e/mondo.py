"""A small province made through the services: what the browser tests walk in."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from accordi.models import Accordo, Avviso, Istanza
from accordi.queries.accordi import revisione_corrente
from accordi.services.accordi import crea_accordo_libero
from accordi.services.firme import firma_accordo
from accordi.services.istanze import aggiorna_istanza, crea_istanza, presenta_istanza
from accordi.services.secondo_fattore import codice_attuale
from accordi.services.testi import congela_testo, modifica_bozza
from core.orologio import fermo
from punti_informativi.models import PuntoInformativo, Servizio
from punti_informativi.orari import Fascia
from punti_informativi.services import attiva_punto, registra_punto, verifica_punto
from reti.models import Convocazione, Incontro, Rete, Soggetto
from reti.services.incontri import convoca_incontro, crea_incontro
from tests.factories.accordi import AvvisoFactory
from tests.factories.reti import (
    AccreditamentoFactory,
    AdesioneFactory,
    ComuneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SedeFactory,
    SoggettoFactory,
)
from utenti.demo import segreto, utente_dimostrativo
from utenti.models import Ruolo, Utente

LAVORO, CORSI = "Orientamento al lavoro", "Iscrizione ai corsi"


@dataclass
class Mondo:
    """Who is there, and the records that the tests open."""

    coordinatrice: Utente
    dirigente: Utente
    partner: Utente
    provincia: Soggetto
    operatore: Soggetto
    avviso: Avviso
    rete: Rete
    incontro: Incontro
    invito: Convocazione
    punti: list[PuntoInformativo]


def crea_mondo() -> Mondo:
    """Province, an accredited operator with its legal representative, a call, a board, three points."""
    coordinatrice = utente_dimostrativo("coordinatrice@prova.example", "Elena", "Bianchi", Ruolo.COORDINATORE)
    dirigente = utente_dimostrativo("dirigente@prova.example", "Marco", "Ferri", Ruolo.DIRIGENTE)
    partner = utente_dimostrativo("legale@prova.example", "Ada", "Rossi")
    Authenticator.objects.filter(user=partner).delete()  # a partner without an app: codes come by mail
    provincia, operatore = SoggettoFactory(provincia=True), SoggettoFactory(denominazione="Lavoro Vivo", slug="vivo")
    RappresentanzaFactory(utente=dirigente, soggetto=provincia)
    RappresentanzaFactory(utente=partner, soggetto=operatore)
    AccreditamentoFactory(soggetto=operatore)
    rete, incontro = _tavolo(coordinatrice, provincia, operatore)
    return Mondo(
        coordinatrice=coordinatrice,
        dirigente=dirigente,
        partner=partner,
        provincia=provincia,
        operatore=operatore,
        avviso=AvvisoFactory(gol=True, slug="gol", titolo="Partenariato GOL"),
        rete=rete,
        incontro=incontro,
        invito=incontro.convocazioni.get(adesione__soggetto=operatore),
        punti=_punti(coordinatrice, operatore),
    )


def _punti(utente: Utente, ospite: Soggetto) -> list[PuntoInformativo]:
    """Two points in Cremona, one in Crema; the second one alone offers courses."""
    cremona = ComuneFactory(codice_istat="019036", nome="Cremona", lat=45.133, lon=10.024)
    crema = ComuneFactory(codice_istat="019035", nome="Crema", lat=45.362, lon=9.688)
    lavoro, corsi = (Servizio.objects.create(slug=n.lower().replace(" ", "-"), nome=n) for n in (LAVORO, CORSI))
    fasce = [Fascia(giorno, time(9), time(12, 30), False) for giorno in range(5)]
    nomi = {
        "Sportello di piazza": (cremona, lavoro),
        "Casa dei corsi": (cremona, corsi),
        "Punto Crema": (crema, lavoro),
    }
    fatti = []
    for nome, (comune, servizio) in nomi.items():
        sede = SedeFactory(soggetto=ospite, comune=comune, nome=nome)
        dati = {"servizi": [servizio], "fasce": fasce, "telefono": "0372 000000", "descrizione": "Ti ascoltiamo."}
        punto = registra_punto(utente=utente, sede=sede, nome=nome, **dati)
        verifica_punto(utente=utente, punto=punto)
        fatti.append(attiva_punto(utente=utente, punto=punto))
    return fatti


def _tavolo(utente: Utente, provincia: Soggetto, operatore: Soggetto) -> tuple[Rete, Incontro]:
    """A public board with a meeting held, and one convened for the week after next."""
    rete = ReteFactory(nome="Rete degli operatori", slug="rete-operatori", convocante=provincia)
    seggio = AdesioneFactory(rete=rete, soggetto=operatore)
    PresenzaFactory(incontro=IncontroFactory(rete=rete, svolto=True), adesione=seggio)
    inizio = timezone.now() + timedelta(days=14)
    incontro = crea_incontro(
        utente=utente,
        rete=rete,
        titolo="Incontro che viene",
        inizio=inizio,
        fine=inizio + timedelta(hours=2),
        luogo="Sala consiliare",
        ordine_del_giorno="1. Bilancio dell'anno",
    )
    return rete, convoca_incontro(utente=utente, incontro=incontro)


def bozza_e_presentata(mondo: Mondo) -> tuple[Istanza, Istanza]:
    """An application still to write, and one with its protocol number."""
    presentata = crea_istanza(utente=mondo.partner, avviso=mondo.avviso, capofila=mondo.operatore)
    campi = {"motivazione": "Offriamo orientamento.", "dichiarazione_poteri": True, "dichiarazione_dote": False}
    aggiorna_istanza(utente=mondo.partner, istanza=presentata, **campi)
    presenta_istanza(utente=mondo.partner, istanza=presentata)
    altro = AvvisoFactory(gol=True, slug="gol-due", titolo="Partenariato GOL, seconda finestra")
    return crea_istanza(utente=mondo.partner, avviso=altro, capofila=mondo.operatore), presentata


def accordo_in_firma(mondo: Mondo, titolo: str = "Collaborazione", parti: Sequence[Soggetto] | None = None) -> Accordo:
    """Frozen, with nobody's signature yet, in one stage: either party may sign first."""
    accordo = crea_accordo_libero(
        utente=mondo.coordinatrice,
        tipo="collaborazione",
        titolo=titolo,
        testo="# Oggetto\nLe parti collaborano.\n# Durata\nUn anno.",
        parti=parti or [mondo.operatore],
    )
    determina = {"determina_numero": "12", "determina_data": date(2023, 3, 1)}
    accordo = modifica_bozza(utente=mondo.coordinatrice, accordo=accordo, campi=determina)
    accordo.parti.update(stadio=1)
    congela_testo(utente=mondo.coordinatrice, accordo=accordo)
    accordo.refresh_from_db()
    return accordo


def _firma(utente: Utente, accordo: Accordo) -> None:
    try:
        with fermo(datetime(2023, 3, 20, 9, 0, tzinfo=UTC)):
            firma_accordo(
                utente=utente,
                parte=accordo.parti.get(soggetto__rappresentanze__utente=utente),
                impronta_vista=revisione_corrente(accordo).impronta,
                codice=codice_attuale(segreto(utente.email)),
                evidenza={"programma": "prova"},
            )
    finally:
        connection.close()


def firma_con_app(utente: Utente, accordo: Accordo) -> None:
    """Sign for the party that `utente` represents, with an authenticator app, on a day of 2023.

    In a thread of its own: the signing library runs a loop, and the browser's runs in this one.
    """
    with ThreadPoolExecutor(1) as altrove:
        altrove.submit(_firma, utente, accordo).result()
