"""Demonstration of what comes after the signature: obligations, resources, a renewal, a suspension, one given up.

Signed last year, so that the year 2023 counts none of it; terms are near today, so that the desk speaks of them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from accordi.dimostrazione.accordi import COORDINATRICE, Collaborazione, Percorso, bozza, congela, percorri
from accordi.dimostrazione.avvisi import alle
from accordi.models import Accordo, Parte
from accordi.scelte import AreaRisorsa, TipoAccordo, TipoAzione
from accordi.services.azioni import aggiungi_azione, porta_avanti
from accordi.services.impegni import adempi_impegno, aggiungi_impegno
from accordi.services.rifiuti import annulla_accordo
from accordi.services.rinnovi import prepara_rinnovo
from accordi.services.risorse import conferisci, prometti_risorsa
from accordi.services.sospensioni import allinea_accreditamenti
from accordi.stati import StatoAzione
from core.orologio import adesso, fermo, oggi
from reti.models import Accreditamento, Soggetto
from reti.services.accreditamenti import registra_accreditamento
from utenti.models import Utente

IN_VIGORE = Collaborazione(
    "Accordo di collaborazione per l'orientamento dei giovani a Crema",
    ("officina-saperi", "comune-di-crema"),
    "# Oggetto\nLe parti aprono ai giovani che cercano lavoro uno spazio di orientamento in biblioteca.\n"
    "# Impegni\nIl Comune offre la sala; l'operatore gli orientatori; la Provincia i contatti con le imprese.\n"
    "# Durata e rinnovo\nFino alla data scritta nel registro; si rinnova con un nuovo accordo.",
)
SOSPESO = Collaborazione(
    "Accordo di collaborazione per la formazione nelle botteghe artigiane",
    ("artigiani-padani",),
    "# Oggetto\nLe botteghe accolgono chi impara un mestiere, con un maestro artigiano.\n"
    "# Condizione\nL'accordo poggia sull'accreditamento alla formazione dell'associazione.\n"
    "# Durata\nTrentasei mesi dalla firma dell'ultima parte.",
)
ANNULLATO = Collaborazione(
    "Protocollo d'intesa per una fiera del lavoro a Cremona",
    ("industriali-cremonesi-uniti",),
    "# Oggetto\nLe parti organizzano insieme una fiera del lavoro in primavera.\n# Durata\nDodici mesi.",
)
PREAVVISO = 15  # days


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    coordinatrice = Utente.objects.get(email=COORDINATRICE)
    for modello, costruttore in {IN_VIGORE: _in_vigore, SOSPESO: _sospeso, ANNULLATO: _annullato}.items():
        if not Accordo.objects.filter(titolo=modello.titolo).exists():
            costruttore(coordinatrice, oggi().year - 1)
    passo("Dopo la firma: un accordo da rinnovare, uno sospeso, uno annullato.")


def _firmato(coordinatrice: Utente, modello: Collaborazione, percorso: Percorso, scade_il: date) -> Accordo:
    with fermo(percorso.firma_partner - timedelta(days=10)):
        accordo = bozza(coordinatrice, modello, TipoAccordo.COLLABORAZIONE)
    percorri(coordinatrice, accordo, percorso, scade_il=scade_il, preavviso_giorni=PREAVVISO)
    accordo.refresh_from_db()
    return accordo


def _in_vigore(coordinatrice: Utente, anno: int) -> None:
    """In force until next month: whatever may happen to it has happened once."""
    percorso = Percorso("77", date(anno, 3, 3), alle(anno, 3, 10, 10), alle(anno, 3, 12, 11))
    giorno = oggi()
    accordo = _firmato(coordinatrice, IN_VIGORE, percorso, giorno + timedelta(days=40))
    comune, operatore = (accordo.parti.get(soggetto__slug=s) for s in ("comune-di-crema", "officina-saperi"))
    with fermo(alle(anno, 3, 13)):
        _impegni(coordinatrice, accordo, comune, operatore, giorno)
        _risorse(coordinatrice, accordo, comune, operatore)
        _azioni(coordinatrice, accordo, operatore)
    _rendiconto(coordinatrice, accordo, anno)
    prepara_rinnovo(utente=coordinatrice, accordo=accordo)


def _impegni(coordinatrice: Utente, accordo: Accordo, comune: Parte, operatore: Parte, giorno: date) -> None:
    """Their terms, in days from `giorno`."""
    for parte, testo, giorni in (
        (comune, "Aprire la sala due pomeriggi la settimana", -120),
        (operatore, "Mandare il programma dei laboratori", -30),
        (operatore, "Consegnare la relazione sui giovani incontrati", -6),
        (None, "Decidere insieme se rinnovare", 25),
    ):
        entro = giorno + timedelta(days=giorni)
        aggiungi_impegno(utente=coordinatrice, accordo=accordo, parte=parte, testo=testo, entro=entro)


def _risorse(coordinatrice: Utente, accordo: Accordo, comune: Parte, operatore: Parte) -> None:
    for parte, area, descrizione, promesso, unita in (
        (operatore, AreaRisorsa.FORMAZIONE, "Orientatori ai laboratori", 120, "ore"),
        (comune, AreaRisorsa.SOCIALE, "Sala, luce e riscaldamento", 8500, "euro"),
    ):
        dati = {"area": area, "descrizione": descrizione, "promesso": Decimal(promesso), "unita": unita}
        prometti_risorsa(utente=coordinatrice, accordo=accordo, parte=parte, **dati)


def _azioni(coordinatrice: Utente, accordo: Accordo, operatore: Parte) -> None:
    for tipo, descrizione in (
        (TipoAzione.COMPETENZE, "Colloqui sulle competenze in biblioteca"),
        (TipoAzione.FABBISOGNI, "Visite alle imprese che cercano giovani"),
        (TipoAzione.PROMOZIONE, "Serata di incontro con le imprese"),
    ):
        aggiungi_azione(utente=coordinatrice, accordo=accordo, parti=[operatore], tipo=tipo, descrizione=descrizione)


def _rendiconto(coordinatrice: Utente, accordo: Accordo, anno: int) -> None:
    """What the parties said that they did, confirmed by the office or still waiting for it."""
    del_comune, dell_operatore, _in_ritardo, _aperto = accordo.impegni.order_by("entro")
    orientatori, sala = accordo.risorse.order_by("area")
    colloqui, visite, _serata = accordo.azioni.order_by("pk")
    persona = Utente.objects.get(email="legale@officina-saperi.example")
    with fermo(alle(anno, 6, 16)):
        prima, poi = date(anno, 6, 3), date(anno, 6, 12)
        adempi_impegno(utente=coordinatrice, impegno=del_comune, quando=prima, nota="Martedì e giovedì.")
        conferisci(utente=coordinatrice, risorsa=orientatori, quando=poi, quantita=Decimal(74))
        conferisci(utente=coordinatrice, risorsa=sala, quando=poi, quantita=Decimal("4250.50"))
        for azione in (colloqui, visite):
            porta_avanti(utente=coordinatrice, azione=azione, nuovo=StatoAzione.IN_CORSO)
    with fermo(alle(anno, 11, 20)):
        esito = "Incontrate 14 imprese; 5 offrono un tirocinio."
        porta_avanti(utente=coordinatrice, azione=visite, nuovo=StatoAzione.CONCLUSA, esito=esito)
    adempi_impegno(utente=persona, impegno=dell_operatore, quando=oggi() - timedelta(days=1), nota="Mandato per posta.")
    conferisci(utente=persona, risorsa=orientatori, quando=oggi() - timedelta(days=2), quantita=Decimal(12))


def _sospeso(coordinatrice: Utente, anno: int) -> None:
    """Its party's accreditation ended five days ago, by its date."""
    accreditamento = Accreditamento(
        soggetto=Soggetto.objects.get(slug="artigiani-padani"),
        registro=Accreditamento.Registro.FORMAZIONE,
        numero="F0911/2019",
        dal=date(2019, 6, 1),
        al=oggi() - timedelta(days=5),
    )
    registra_accreditamento(utente=coordinatrice, accreditamento=accreditamento)
    percorso = Percorso("84", date(anno, 5, 5), alle(anno, 5, 12, 9), alle(anno, 5, 14, 12))
    _firmato(coordinatrice, SOSPESO, percorso, date(anno + 3, 5, 13))
    with fermo(adesso() - timedelta(days=4)):
        allinea_accreditamenti()


def _annullato(coordinatrice: Utente, anno: int) -> None:
    with fermo(alle(anno, 9, 8)):
        accordo = bozza(coordinatrice, ANNULLATO, TipoAccordo.PROTOCOLLO_INTESA)
    with fermo(alle(anno, 9, 15)):
        congela(coordinatrice, accordo, "133", date(anno, 9, 12))
    with fermo(alle(anno, 10, 6)):
        motivo = "La fiera non si fa: mancano gli spazi."
        annulla_accordo(utente=coordinatrice, accordo=accordo, motivo=motivo)
