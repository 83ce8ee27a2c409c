"""Answers to a convocation: however given, they write the same record and the latest wins (R21)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Convocazione
from reti.permissions import motivo_rifiuto_gestisci_incontri, motivo_rifiuto_rispondi
from reti.stati import StatoIncontro


def motivo_rifiuto_risposta(convocazione: Convocazione) -> str:
    """Empty while the meeting still takes answers: convened, and not over."""
    incontro = convocazione.incontro
    if incontro.stato in (StatoIncontro.ANNULLATO, StatoIncontro.RINVIATO):
        return _("L'incontro è %s: non serve più rispondere.") % incontro.get_stato_display().lower()
    if incontro.stato != StatoIncontro.CONVOCATO or incontro.fine <= adesso():
        return _("L'incontro si è già svolto: non si può più rispondere.")
    return ""


def _motivo_permesso(utente: Any, convocazione: Convocazione, via: str) -> str:
    """The link and the calendar are proved by the secret token; the other two by the person."""
    if via == Convocazione.Via.AREA:
        return motivo_rifiuto_rispondi(utente, convocazione)
    return motivo_rifiuto_gestisci_incontri(utente) if via == Convocazione.Via.UFFICIO else ""


@transaction.atomic
def rispondi(
    *, convocazione: Convocazione, risposta: str, via: str, delegato: str = "", utente: Any = None
) -> Convocazione:
    """Record the answer of a seat under a row lock; the same answer again changes nothing.

    `risposta`: si, no, forse, or delega with the delegate's name. Raises
    PermissionDenied, Rifiuto (meeting over or cancelled, missing name).
    """
    righe = Convocazione.objects.select_related("incontro", "adesione__soggetto").select_for_update(of=("self",))
    convocazione = righe.get(pk=convocazione.pk)
    if motivo := _motivo_permesso(utente, convocazione, via):
        raise PermissionDenied(motivo)
    if motivo := motivo_rifiuto_risposta(convocazione):
        raise Rifiuto(motivo)
    if risposta not in set(Convocazione.Risposta.values) - {Convocazione.Risposta.ATTESA}:
        raise Rifiuto(_("Scegli una risposta: sì, no, forse o un delegato."))
    delegato = delegato.strip() if risposta == Convocazione.Risposta.DELEGA else ""
    if risposta == Convocazione.Risposta.DELEGA and not delegato:
        raise Rifiuto(_("Scrivi il nome di chi partecipa al tuo posto."))
    if (convocazione.risposta, convocazione.delegato) == (risposta, delegato):
        return convocazione
    convocazione.risposta, convocazione.delegato = risposta, delegato
    convocazione.risposta_il, convocazione.risposta_via = adesso(), via
    convocazione.full_clean()
    convocazione.save()
    annota(utente, "convocazione.risposta", convocazione, risposta=risposta, via=via, incontro=convocazione.incontro_id)
    return convocazione
