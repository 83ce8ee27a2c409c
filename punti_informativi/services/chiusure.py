"""Dated closures and openings of a point: public at once when near, and undone as quickly."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import PuntoInformativo
from punti_informativi.orari import Deroga
from punti_informativi.services.contenuto import bloccato, su_pagina_e_bozza
from punti_informativi.valori import aggiungi_eccezione, deroga_in_json


def e_vicina(deroga: Deroga) -> bool:
    """True when a host's exception needs no approval: it ends within PUNTI_GIORNI_ECCEZIONI_SUBITO days."""
    return deroga.al <= oggi() + timedelta(days=settings.PUNTI_GIORNI_ECCEZIONI_SUBITO)


@transaction.atomic
def segna_eccezione(*, utente: Any, punto: PuntoInformativo, deroga: Deroga) -> PuntoInformativo:
    """Close, or open with other hours, on some dates: the page says so at once, the desk tells the Province.

    Refuses dates gone by, what is there already, and a host's dates too far away.
    """
    punto = _proprio(utente, punto)
    if deroga.al < oggi():
        raise Rifiuto(_("Quei giorni sono già passati: correggi le date."))
    if deroga in [e.deroga for e in punto.eccezioni.all()]:
        raise Rifiuto(_("È già segnato: non serve altro."))
    if punto.eccezioni.filter(al__gte=oggi()).count() >= settings.PUNTI_ECCEZIONI_MASSIME:
        raise Rifiuto(_("Ci sono già troppe date segnate: annulla quelle che non servono, poi riprova."))
    if permissions.va_approvata(utente, punto) and not e_vicina(deroga):
        raise PermissionDenied(permissions.VA_APPROVATA)
    punto = su_pagina_e_bozza(utente, punto, lambda p: aggiungi_eccezione(p, deroga))
    annota(utente, "eccezione_segnata", punto, **deroga_in_json(deroga))
    return punto


@transaction.atomic
def togli_eccezione(*, utente: Any, punto: PuntoInformativo, deroga: Deroga) -> PuntoInformativo:
    """Take back an exception that isn't over: the usual hours hold again."""
    punto = _proprio(utente, punto)
    if deroga.al < oggi() or deroga not in [e.deroga for e in punto.eccezioni.all()]:
        raise Rifiuto(_("Non c'è più niente da annullare: guarda l'elenco aggiornato."))

    def togli(p: PuntoInformativo) -> None:
        p.eccezioni.set([e for e in p.eccezioni.all() if e.deroga != deroga])

    punto = su_pagina_e_bozza(utente, punto, togli)
    annota(utente, "eccezione_tolta", punto, **deroga_in_json(deroga))
    return punto


def _proprio(utente: Any, punto: PuntoInformativo) -> PuntoInformativo:
    punto = bloccato(punto)
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    return punto
