"""The minutes of the demonstration's meetings: drafted after six days, approved by silence when the term is over."""

from collections.abc import Sequence
from datetime import timedelta

from core.orologio import fermo
from reti.models import Convocazione, Incontro, PuntoOdg
from reti.services.approvazione import matura_verbali
from reti.services.decisioni import concludi_decisione
from reti.services.invio_verbale import giorni_per_osservare, invia_verbale
from reti.services.verbali import Scritto, componi_bozza
from utenti.models import Utente

DOPO = timedelta(days=6)


def verbalizza(utente: Utente, incontro: Incontro, convocazioni: Sequence[Convocazione]) -> None:
    """Draft, send, let the term pass; what was decided is done by then."""
    invia_bozza(utente, incontro, convocazioni)
    with fermo(incontro.inizio + DOPO + timedelta(days=giorni_per_osservare(incontro) + 1)):
        matura_verbali(incontro=incontro)
        esito = "Materiali inviati a tutti i partecipanti."
        concludi_decisione(utente=utente, decisione=incontro.decisioni.get(), esito=esito)


def invia_bozza(utente: Utente, incontro: Incontro, convocazioni: Sequence[Convocazione]) -> None:
    """Draft with one decision, and ask those who were present for their observations."""
    ente = convocazioni[0].adesione.soggetto
    decisione = {
        "testo": "Inviare a tutti i materiali dell'incontro",
        "incaricato": "Segreteria del tavolo",
        "soggetto": ente,
        "entro": incontro.inizio.date() + timedelta(days=30),
    }
    with fermo(incontro.inizio + DOPO):
        esiti = {
            p.pk: {"esito": PuntoOdg.Esito.TRATTATO, "discussione": "I presenti concordano sui passi indicati."}
            for p in incontro.punti.all()
        }
        scritto = Scritto(versione=0, testo="", punti=esiti, decisioni=[decisione])
        componi_bozza(utente=utente, incontro=incontro, scritto=scritto)
        invia_verbale(utente=utente, incontro=incontro)
