"""How a point is born: registered by the Province, or proposed after an admitted application."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from accordi.models import Istanza
from accordi.stati import StatoIstanza
from core.errori import Rifiuto
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import Destinatari, Lingua, PuntoInformativo, Servizio
from punti_informativi.models.indirizzi import INDIRIZZI_RISERVATI, IndirizzoPrecedente
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.services.contenuto import scrivi_orari
from punti_informativi.valori import controlla_lunghezza
from reti.models import Comune, Sede


def _indirizzo_libero(nome: str) -> str:
    """A slug made of the name, with a number when it is taken."""
    base = slugify(nome)[:110] or "punto"
    presi = set(PuntoInformativo.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    presi |= set(IndirizzoPrecedente.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    presi |= INDIRIZZI_RISERVATI
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(presi) + 3))) if s not in presi)


def _crea(
    *,
    sede: Sede,
    nome: str,
    servizi: Sequence[Servizio],
    destinatari: Sequence[Destinatari] = (),
    comuni_serviti: Sequence[Comune] = (),
    lingue: Sequence[Lingua] = (),
    fasce: Sequence[Fascia] = (),
    deroghe: Sequence[Deroga] = (),
    slug: str = "",
    **contenuto: Any,
) -> PuntoInformativo:
    if not servizi:
        raise Rifiuto("Indica almeno un servizio che il punto offre.")
    punto = PuntoInformativo(
        slug=slug or _indirizzo_libero(nome), nome=nome, soggetto=sede.soggetto, sede=sede, live=False, **contenuto
    )
    punto.full_clean()
    scrivi_orari(punto, fasce, deroghe)
    punto.servizi, punto.destinatari, punto.comuni_serviti = list(servizi), list(destinatari), list(comuni_serviti)
    punto.lingue = list(lingue)
    punto.save()
    return punto


@transaction.atomic
def registra_punto(*, utente: Any, sede: Sede, nome: str, **contenuto: Any) -> PuntoInformativo:
    """Register a candidate point at a seat of its host, on behalf of the Province.

    `contenuto`: `servizi` (at least one), `destinatari`, `comuni_serviti`, `fasce`,
    `deroghe`, `slug`, and the plain fields of the model. Nothing is public until
    the point is verified and activated.
    """
    if motivo := permissions.motivo_rifiuto_registra(utente):
        raise PermissionDenied(motivo)
    punto = _crea(sede=sede, nome=nome, **contenuto)
    annota(utente, "punto_registrato", punto, soggetto=str(punto.soggetto))
    return punto


@transaction.atomic
def candida_punto(*, utente: Any, istanza: Istanza, sede: Sede, nome: str, **contenuto: Any) -> PuntoInformativo:
    """Propose a candidate point for an admitted application to a call that opens points.

    Refuses an application that isn't admitted, a call that opens none, a seat of a body
    that takes no part in it or whose points aren't `utente`'s to manage, and a text too
    long. `contenuto` as in `registra_punto`.
    """
    if motivo := permissions.motivo_rifiuto_candida(utente, istanza):
        raise PermissionDenied(motivo)
    istanza = Istanza.objects.select_for_update(of=("self",)).select_related("avviso").get(pk=istanza.pk)
    if istanza.stato != StatoIstanza.AMMESSA:
        raise Rifiuto("L'istanza non è ammessa: un punto si candida dopo l'ammissione.")
    if not istanza.avviso.attiva_punti:
        raise Rifiuto("Questo avviso non prevede punti informativi.")
    if sede.soggetto_id != istanza.capofila_id and not istanza.partecipanti.filter(soggetto=sede.soggetto_id).exists():
        raise Rifiuto("La sede deve essere di un soggetto che partecipa all'istanza: scegline un'altra.")
    if motivo := permissions.motivo_rifiuto_orari_ospite(utente, sede.soggetto):
        raise PermissionDenied(motivo)
    for campo, valore in contenuto.items():
        controlla_lunghezza(campo, valore)
    if istanza.punti.filter(sede=sede).exists():
        raise Rifiuto("Per questa istanza c'è già un punto in quella sede: modifica quello.")
    punto = _crea(sede=sede, nome=nome, istanza=istanza, **contenuto)
    annota(utente, "punto_candidato", punto, istanza=istanza.codice)
    return punto
