"""Calendars to subscribe to: made, renewed with another address, revoked. The token never enters the audit trail."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Abbonamento, Rete, Soggetto
from reti.permissions import motivo_rifiuto_segui
from utenti.models import Utente


def _blocca_i_propri(utente: Any):
    """The active ones of `utente`, whose row is locked: two requests at once come one after the other."""
    Utente.objects.select_for_update().get(pk=utente.pk)
    return Abbonamento.objects.visibili_a(utente).attivi()


def _revoca(utente: Any, pk: int) -> Abbonamento:
    abbonamento = _blocca_i_propri(utente).select_related("soggetto", "rete").filter(pk=pk).first()
    if abbonamento is None:
        raise Rifiuto(_("Questo calendario era già stato revocato: l'indirizzo non funziona più."))
    abbonamento.revocato_il = adesso()
    abbonamento.full_clean()
    abbonamento.save()
    annota(utente, "abbonamento.revocato", abbonamento)
    return abbonamento


def _crea(utente: Any, soggetto: Soggetto | None, rete: Rete | None) -> Abbonamento:
    if motivo := motivo_rifiuto_segui(utente, soggetto or rete):
        raise PermissionDenied(motivo)
    abbonamento = Abbonamento(utente=utente, soggetto=soggetto, rete=rete)
    abbonamento.full_clean()
    abbonamento.save()
    annota(utente, "abbonamento.creato", abbonamento)
    return abbonamento


@transaction.atomic
def crea_abbonamento(*, utente: Any, soggetto: Soggetto | None = None, rete: Rete | None = None) -> Abbonamento:
    """A calendar of one's own meetings, of a body or of a board, with an address that only `utente` knows.

    One for each: asking again returns the one that is there. Raises PermissionDenied
    for a body not represented today or a board where none of theirs sits.
    """
    gia_suo = _blocca_i_propri(utente).filter(soggetto=soggetto, rete=rete).first()
    return gia_suo or _crea(utente, soggetto, rete)


@transaction.atomic
def rinnova_abbonamento(*, utente: Any, pk: int) -> Abbonamento:
    """Another address for the same calendar; the former stops at once. Raises Rifiuto when already revoked."""
    vecchio = _revoca(utente, pk)
    return _crea(utente, vecchio.soggetto, vecchio.rete)


@transaction.atomic
def revoca_abbonamento(*, utente: Any, pk: int) -> Abbonamento:
    """The address stops working at once. Raises Rifiuto when it had already."""
    return _revoca(utente, pk)
