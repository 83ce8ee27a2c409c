"""What a point says of itself, written on its page and on the Province's draft at once."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errori import Rifiuto
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.stati import StatoPunto
from punti_informativi.valori import AMMESSI, aggiungi_eccezione, metti, metti_orari, valori_di


def scrivi_orari(punto: PuntoInformativo, fasce: Sequence[Fascia], deroghe: Sequence[Deroga]) -> None:
    """Put the rows of hours on a new `punto`, in memory: saving it stores them."""
    metti_orari(punto, list(fasce))
    for deroga in deroghe:
        aggiungi_eccezione(punto, deroga)


def bloccato(punto: PuntoInformativo) -> PuntoInformativo:
    """The row locked for this transaction. Refuses an ended point."""
    punto = PuntoInformativo.objects.select_for_update(of=("self",)).select_related("soggetto").get(pk=punto.pk)
    if punto.stato == StatoPunto.CESSATO:
        raise Rifiuto("Il punto è cessato: non si può più modificare.")
    return punto


def controlla_campi(valori: dict[str, Any]) -> None:
    """Raise PermissionDenied when a value isn't the host's to change."""
    if estranei := set(valori) - AMMESSI:
        raise PermissionDenied(f"Campi non modificabili: {', '.join(sorted(estranei))}.")


def su_pagina_e_bozza(
    utente: Any, punto: PuntoInformativo, cambia: Callable[[PuntoInformativo], None]
) -> PuntoInformativo:
    """Run `cambia` on a locked point and store it; public at once when the point is live.

    A draft of the Province that waits for publication takes the same change, so that
    publishing it doesn't undo it.
    """
    bozza = punto.get_latest_revision_as_object() if punto.has_unpublished_changes else None
    cambia(punto)
    punto.full_clean()
    punto.save()
    if bozza is not None and bozza is not punto:
        cambia(bozza)
        bozza.save_revision(user=utente)
    elif punto.live:
        punto.save_revision(user=utente).publish(user=utente, skip_permission_checks=True)
    return PuntoInformativo.objects.get(pk=punto.pk)


def applica(*, utente: Any, punto: PuntoInformativo, valori: dict[str, Any], **dati: Any) -> PuntoInformativo:
    """Write `valori` (punti_informativi.valori) on a locked point, with the audit line; `dati` go along in it."""
    controlla_campi(valori)
    ora = valori_di(punto) | {"eccezioni": []}
    cambiati = sorted(c for c, v in valori.items() if v != ora[c])
    nuovo = su_pagina_e_bozza(utente, punto, lambda p: metti(p, valori))
    annota(utente, "punto_modificato", punto, campi=cambiati, **dati)
    return nuovo


@transaction.atomic
def modifica_punto(*, utente: Any, punto: PuntoInformativo, valori: dict[str, Any]) -> PuntoInformativo:
    """Change words, contacts, services, weekly hours at once: the Province, or the host of a candidate.

    `valori` may hold what a host may change only; what isn't there stays as it is.
    Refuses an ended point, and a host's change that the Province has to see first.
    """
    punto = bloccato(punto)
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    if permissions.va_approvata(utente, punto):
        raise PermissionDenied(permissions.VA_APPROVATA)
    return applica(utente=utente, punto=punto, valori=valori)
