"""Demonstration agreements: signed within the term in 2023 with real seals, and one that waits for a signature.

Everything goes through the services with the clock held, second factor
included: the codes are those that the demo accounts' apps showed at that time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from accordi.dimostrazione.avvisi import alle
from accordi.models import Accordo, Parte
from accordi.queries.accordi import revisione_corrente
from accordi.scelte import TipoAccordo
from accordi.services.accordi import crea_accordo_libero
from accordi.services.durata import attiva_accordo
from accordi.services.firme import firma_accordo
from accordi.services.giro import Posto, imposta_giro
from accordi.services.secondo_fattore import codice_attuale
from accordi.services.testi import congela_testo, modifica_bozza
from accordi.stati import StatoAccordo
from core.orologio import adesso, fermo
from reti.models import Soggetto
from utenti.demo import segreto
from utenti.models import Utente

COORDINATRICE, DIRIGENTE = "coordinatrice@provincia.example", "dirigente@provincia.example"
EVIDENZA = {"ip": "192.0.2.10", "programma": "dati dimostrativi"}


@dataclass(frozen=True)
class Percorso:
    """From the determination to the activation of one agreement, in local days."""

    determina: str
    data: date
    firma_partner: datetime
    firma_provincia: datetime


# By (call, leading body), in order of signature, so that protocol numbers follow the calendar.
DA_ISTANZA = {
    ("partenariato-gol-2023", "lavoro-vivo"): Percorso(
        "41", date(2023, 2, 1), alle(2023, 2, 7, 9), alle(2023, 2, 8, 10)
    ),
    ("partenariato-gol-2023", "aurora-formazione"): Percorso(
        "42", date(2023, 2, 1), alle(2023, 2, 7, 15, 30), alle(2023, 2, 9, 11, 10)
    ),
    ("partenariato-gol-2023", "porta-aperta"): Percorso(
        "43", date(2023, 2, 2), alle(2023, 2, 9, 16, 5), alle(2023, 2, 10, 12, 20)
    ),
    ("partenariato-gol-2023", "cantiere-competenze"): Percorso(
        "47", date(2023, 2, 6), alle(2023, 2, 13, 8, 50), alle(2023, 2, 14, 9, 35)
    ),
    ("partenariato-gol-2023", "ponte-lavoro"): Percorso(
        "48", date(2023, 2, 6), alle(2023, 2, 15, 14, 25), alle(2023, 2, 16, 17, 40)
    ),
    ("punti-informativi-gol-2023", "cooperativa-il-melograno"): Percorso(
        "55", date(2023, 2, 13), alle(2023, 2, 20, 10, 15), alle(2023, 2, 21, 9, 5)
    ),
    ("punti-informativi-gol-2023", "associazione-nuovi-passi"): Percorso(
        "56", date(2023, 2, 13), alle(2023, 2, 21, 18, 45), alle(2023, 2, 22, 10, 55)
    ),
    ("partenariato-gol-2023", "officina-saperi"): Percorso(
        "52", date(2023, 2, 9), alle(2023, 2, 23, 11, 30), alle(2023, 2, 24, 12, 10)
    ),
    ("punti-informativi-gol-2023", "porta-aperta"): Percorso(
        "57", date(2023, 2, 14), alle(2023, 2, 24, 15, 20), alle(2023, 2, 27, 9, 45)
    ),
}


@dataclass(frozen=True)
class Collaborazione:
    """An agreement that no application asked for; `parti` by slug, without the Province."""

    titolo: str
    parti: tuple[str, ...]
    corpo: str


DONNE = Collaborazione(
    "Accordo di collaborazione per l'inserimento lavorativo delle donne vittime di violenza",
    ("associazione-casa-comune",),
    "# Oggetto\nLe parti accompagnano al lavoro le donne seguite dai centri antiviolenza del territorio.\n"
    "# Impegni della Provincia\nUn referente in ogni centro per l'impiego e colloqui riservati entro cinque giorni.\n"
    "# Impegni dell'associazione\nSegnalazione con codice riservato, senza nomi, e affiancamento durante il percorso.\n"
    "# Durata\nVentiquattro mesi dalla firma dell'ultima parte.",
)
INCLUSIONE = Collaborazione(
    "Accordo di collaborazione per i tirocini di inclusione nel Cremasco",
    ("cooperativa-arcobaleno-padano", "comune-di-crema"),
    "# Oggetto\nLe parti attivano tirocini di inclusione per persone seguite dai servizi sociali.\n"
    "# Impegni\nIl Comune individua i destinatari con un codice; la cooperativa offre il tutor; "
    "la Provincia cura l'incontro con le imprese.\n"
    "# Durata\nDodici mesi dalla firma dell'ultima parte.",
)
NEL_2023 = {
    DONNE: Percorso("118", date(2023, 4, 26), alle(2023, 5, 4, 10, 40), alle(2023, 5, 8, 11, 25)),
    INCLUSIONE: Percorso("231", date(2023, 9, 18), alle(2023, 9, 27, 9, 15), alle(2023, 10, 3, 16, 50)),
}
DA_FIRMARE = Collaborazione(
    "Protocollo d'intesa per gli sportelli di orientamento nelle imprese",
    ("lavoro-vivo",),
    "# Oggetto\nLe parti aprono sportelli di orientamento presso le imprese del territorio.\n"
    "# Impegni\nLa Provincia cura il calendario; l'operatore mette a disposizione due orientatori.\n"
    "# Durata\nDodici mesi dalla firma dell'ultima parte.",
)


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    call_command("crea_sigillo", se_manca=True)
    coordinatrice = Utente.objects.get(email=COORDINATRICE)
    for (avviso, capofila), percorso in DA_ISTANZA.items():
        accordo = Accordo.objects.get(istanza__avviso__slug=avviso, istanza__capofila__slug=capofila)
        if accordo.stato == StatoAccordo.BOZZA:
            percorri(coordinatrice, accordo, percorso)
    for collaborazione, percorso in NEL_2023.items():
        if not Accordo.objects.filter(titolo=collaborazione.titolo).exists():
            with fermo(percorso.firma_partner - timedelta(days=10)):
                accordo = bozza(coordinatrice, collaborazione, TipoAccordo.COLLABORAZIONE)
            percorri(coordinatrice, accordo, percorso)
    _uno_da_firmare(coordinatrice)
    firmati = Accordo.objects.firmati().count()
    passo(f"Accordi: {Accordo.objects.count()}, di cui {firmati} firmati da tutte le parti.")


def bozza(coordinatrice: Utente, nuovo: Collaborazione, tipo: str) -> Accordo:
    return crea_accordo_libero(
        utente=coordinatrice,
        tipo=tipo,
        titolo=nuovo.titolo,
        testo=nuovo.corpo,
        parti=[Soggetto.objects.get(slug=slug) for slug in nuovo.parti],
    )


def congela(coordinatrice: Utente, accordo: Accordo, determina: str, data: date) -> None:
    campi = {"determina_numero": determina, "determina_data": data}
    modifica_bozza(utente=coordinatrice, accordo=accordo, campi=campi)
    congela_testo(utente=coordinatrice, accordo=accordo)
    accordo.refresh_from_db()


def percorri(coordinatrice: Utente, accordo: Accordo, p: Percorso, **durata: Any) -> None:
    """Determination and freezing the day before the first signature; partners sign in turn, then the Province.

    `durata`: expiry and notice, where the agreement has them.
    """
    with fermo(p.firma_partner - timedelta(days=1)):
        congela(coordinatrice, accordo, p.determina, p.data)
    altre = list(accordo.parti.exclude(soggetto__titolare_piattaforma=True).select_related("soggetto"))
    for n, parte in enumerate(altre):
        with fermo(p.firma_partner + timedelta(hours=n)):
            _firma(f"legale@{parte.soggetto.slug}.example", parte)
    with fermo(p.firma_provincia):
        _firma(DIRIGENTE, accordo.parti.select_related("soggetto").get(soggetto__titolare_piattaforma=True))
    giorno = timezone.localdate(p.firma_provincia)
    with fermo(p.firma_provincia + timedelta(hours=1)):
        attiva_accordo(utente=coordinatrice, accordo=accordo, efficace_dal=giorno, **durata)


def _firma(email: str, parte: Parte) -> None:
    accordo = Accordo.objects.get(pk=parte.accordo_id)
    firma_accordo(
        utente=Utente.objects.get(email=email),
        parte=parte,
        impronta_vista=revisione_corrente(accordo).impronta,
        codice=codice_attuale(segreto(email)),
        evidenza={**EVIDENZA, "documento_aperto_il": adesso().isoformat()},
    )


def _uno_da_firmare(coordinatrice: Utente) -> None:
    """Frozen yesterday and signed by the Province, first for once: a visitor can sign for the operator."""
    if Accordo.objects.filter(titolo=DA_FIRMARE.titolo).exists():
        return
    ieri = adesso() - timedelta(days=1)
    with fermo(ieri):
        accordo = bozza(coordinatrice, DA_FIRMARE, TipoAccordo.PROTOCOLLO_INTESA)
        posti = {p.pk: Posto(p.ordine, p.ordine, p.livello) for p in accordo.parti.all()}
        imposta_giro(utente=coordinatrice, accordo=accordo, posti=posti)
        congela(coordinatrice, accordo, "12", timezone.localdate(ieri))
    with fermo(ieri + timedelta(hours=2)):
        _firma(DIRIGENTE, accordo.parti.select_related("soggetto").get(soggetto__titolare_piattaforma=True))
