"""What a point says of itself: contacts, hours, exceptions."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errori import Rifiuto
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import Eccezione, Orario, PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.stati import StatoPunto
from punti_informativi.turni import sovrapposizione

# What the host may change by itself; name, seat and services go through the Province.
CAMPI_DELL_OSPITE = (
    "descrizione",
    "cosa_portare",
    "come_arrivare",
    "lingue",
    "a_distanza",
    "accessibilita",
    "telefono",
    "email",
    "sito_web",
    "solo_appuntamento",
)


def scrivi_orari(punto: PuntoInformativo, fasce: Sequence[Fascia], deroghe: Sequence[Deroga]) -> None:
    """Put the rows of hours on `punto`, in memory: saving it, or a revision of it, stores them.

    Refuses spells that overlap and rows that make no sense.
    """
    if scontro := sovrapposizione(fasce):
        raise Rifiuto(scontro)
    orari = [Orario(punto=punto, **asdict(f)) for f in fasce]
    eccezioni = [Eccezione(punto=punto, **asdict(d)) for d in deroghe]
    for riga in (*orari, *eccezioni):
        riga.full_clean(exclude=["punto"], validate_unique=False)
    punto.orari.set(orari)
    punto.eccezioni.set(eccezioni)


def _valore(punto: PuntoInformativo, campo: str) -> Any:
    return sorted(punto.lingue.all(), key=str) if campo == "lingue" else getattr(punto, campo)


def _applica(punto: PuntoInformativo, dati: dict[str, Any], fasce: Sequence[Fascia], deroghe: Sequence[Deroga]) -> None:
    for campo, valore in dati.items():
        setattr(punto, campo, list(valore) if campo == "lingue" else valore)
    scrivi_orari(punto, fasce, deroghe)


@transaction.atomic
def modifica_punto(
    *,
    utente: Any,
    punto: PuntoInformativo,
    dati: dict[str, Any],
    fasce: Sequence[Fascia],
    deroghe: Sequence[Deroga] = (),
) -> PuntoInformativo:
    """Change contacts and hours at once on the public page; `fasce` and `deroghe` replace the present rows.

    `dati` may hold CAMPI_DELL_OSPITE only. A draft of the Province that waits for
    publication takes the same change, so that publishing it doesn't undo it. Refuses
    an ended point.
    """
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    if estranei := set(dati) - set(CAMPI_DELL_OSPITE):
        raise PermissionDenied(f"Campi non modificabili: {', '.join(sorted(estranei))}.")
    punto = PuntoInformativo.objects.select_for_update().get(pk=punto.pk)
    if punto.stato == StatoPunto.CESSATO:
        raise Rifiuto("Il punto è cessato: non si può più modificare.")
    cambiati = sorted(c for c, v in dati.items() if _valore(punto, c) != (sorted(v, key=str) if c == "lingue" else v))
    bozza = punto.get_latest_revision_as_object() if punto.has_unpublished_changes else None
    _applica(punto, dati, fasce, deroghe)
    punto.full_clean()
    punto.save()
    if bozza is not None and bozza is not punto:
        _applica(bozza, dati, fasce, deroghe)
        bozza.save_revision(user=utente)
    elif punto.live:
        punto.save_revision(user=utente).publish(user=utente, skip_permission_checks=True)
    annota(utente, "punto_modificato", punto, campi=cambiati, orari=len(fasce), eccezioni=len(deroghe))
    return PuntoInformativo.objects.get(pk=punto.pk)
