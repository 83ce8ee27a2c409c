"""Actions of a partnership: planned, under way, concluded or given up, with what came of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Azione, Parte
from accordi.permissions import motivo_rifiuto_porta_avanti
from accordi.services.impegni import esigi_firmato, esigi_parte, esigi_scrivibile
from accordi.services.passaggi import blocca
from accordi.stati import TRANSIZIONI_AZIONE, StatoAzione
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from core.transizioni import transita
from utenti.models import Utente

CON_ESITO = (StatoAzione.CONCLUSA, StatoAzione.ABBANDONATA)


@transaction.atomic
def aggiungi_azione(*, utente: Utente, accordo: Accordo, parti: Sequence[Parte] = (), **campi: Any) -> Azione:
    """Plan an action; `parti` carry it out (none: all). `campi`: `tipo`, `descrizione`, `dal`, `al`."""
    accordo = blocca(utente, accordo)
    esigi_scrivibile(accordo)
    for parte in parti:
        esigi_parte(accordo, parte)
    azione = Azione(accordo=accordo, **campi)
    azione.full_clean()
    azione.save()
    azione.parti.set(parti)
    annota(utente, "accordo.azione_aggiunta", accordo, che_cosa=str(azione), tipo=azione.tipo)
    return azione


@transaction.atomic
def togli_azione(*, utente: Utente, azione: Azione) -> None:
    """Take away an action written by mistake; refuses one that has begun."""
    azione = _bloccata(azione)
    accordo = blocca(utente, azione.accordo)
    if azione.stato != StatoAzione.PREVISTA:
        raise Rifiuto(_("L'azione è già cominciata: abbandonala, dicendo perché."))
    annota(utente, "accordo.azione_tolta", accordo, che_cosa=str(azione))
    azione.delete()


@transaction.atomic
def porta_avanti(*, utente: Utente, azione: Azione, nuovo: str, esito: str = "") -> Azione:
    """Move an action to another state; its end needs what came of it. Beginning and end get today's date.

    PermissionDenied for who neither coordinates nor represents today a party that carries it out.
    """
    azione = _bloccata(azione)
    if motivo := motivo_rifiuto_porta_avanti(utente, azione):
        raise PermissionDenied(motivo)
    esigi_firmato(azione.accordo)
    if nuovo in CON_ESITO and not esito.strip():
        raise Rifiuto(_("Scrivi com'è andata: che cosa si è ottenuto, o perché ci si ferma."))
    _segna_la_data(azione, nuovo, oggi())
    azione.esito = esito.strip() or azione.esito
    transita(
        azione,
        nuovo,
        tabella=TRANSIZIONI_AZIONE,
        utente=utente,
        azione="azione.cambiata",
        dati={"accordo": azione.accordo.codice},
    )
    return azione


def _segna_la_data(azione: Azione, nuovo: str, giorno: date) -> None:
    """The real dates take the place of the planned ones."""
    if nuovo == StatoAzione.IN_CORSO:
        azione.dal = giorno
        azione.al = max(azione.al, giorno) if azione.al else None
    elif azione.dal and azione.dal <= giorno:
        azione.al = giorno


def _bloccata(azione: Azione) -> Azione:
    return Azione.objects.select_for_update(of=("self",)).select_related("accordo").get(pk=azione.pk)
