"""Answers to a convocation: however given, they write the same record and the latest wins (R21)."""

import re
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Convocazione, Incontro
from reti.permissions import motivo_rifiuto_gestisci_incontri, motivo_rifiuto_rispondi
from reti.queries.inviti import stesso_invito
from reti.services.inviti import delegati_avvisati, mail_ai_delegati
from reti.stati import StatoIncontro

# Delegates with an address that one seat may name for a meeting: each of them gets a mail.
MASSIMI_DELEGATI, MASSIME_MAIL_AI_DELEGATI = 5, 12
NON_E_UN_NOME = re.compile(r"[<>/\\]|www\.", re.IGNORECASE)


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


def _da_scrivere(convocazione: Convocazione, utente: Any, via: str) -> list[Convocazione]:
    """The rows that this answer covers, locked: every seat of the invitation.

    In the private area only those of bodies that the person may answer for; what the
    office was told concerns the seat it names.
    """
    righe = Convocazione.objects.select_related("incontro__rete__convocante", "adesione__soggetto")
    tutte = list(
        righe.filter(pk__in=stesso_invito(convocazione).values("pk")).select_for_update(of=("self",)).order_by("pk")
    )
    if via == Convocazione.Via.UFFICIO:
        return [c for c in tutte if c == convocazione]
    return [c for c in tutte if c == convocazione or not _motivo_permesso(utente, c, via)]


def _pretendi_risposta(convocazione: Convocazione, risposta: str, delegato: str, delegato_email: str) -> None:
    if motivo := motivo_rifiuto_risposta(convocazione):
        raise Rifiuto(motivo)
    if risposta not in set(Convocazione.Risposta.values) - {Convocazione.Risposta.ATTESA}:
        raise Rifiuto(_("Scegli una risposta: sì, no, forse o un delegato."))
    if risposta == Convocazione.Risposta.DELEGA and not delegato:
        raise Rifiuto(_("Scrivi il nome di chi partecipa al tuo posto."))
    if NON_E_UN_NOME.search(delegato):
        raise Rifiuto(_("Scrivi solo nome e cognome di chi partecipa al tuo posto."))
    gia_invitato = delegato_email == convocazione.email.lower() and not convocazione.incontro.rete.di_altri
    if delegato_email and gia_invitato:
        raise Rifiuto(_("L'indirizzo del delegato è lo stesso dell'invitato: scrivi il suo, oppure lascialo vuoto."))


def _pretendi_pochi_delegati(convocazione: Convocazione, delegato_email: str) -> None:
    mail = mail_ai_delegati(convocazione)
    troppi = delegato_email not in mail and len(set(mail)) >= MASSIMI_DELEGATI
    if delegato_email and (troppi or len(mail) >= MASSIME_MAIL_AI_DELEGATI):
        raise Rifiuto(_("Il delegato è già cambiato troppe volte: per cambiarlo ancora chiama l'ufficio."))


def _conferma(righe: list[Convocazione], quando: datetime) -> None:
    """The same answer given again counts from now: an older mail that arrives late doesn't undo it."""
    for riga in righe:
        if riga.risposta_il is None or riga.risposta_il < quando:
            riga.risposta_il = quando
            riga.save(update_fields=["risposta_il"])


@transaction.atomic
def rispondi(
    *,
    convocazione: Convocazione,
    risposta: str,
    via: str,
    delegato: str = "",
    delegato_email: str = "",
    utente: Any = None,
    data_il: datetime | None = None,
) -> Convocazione:
    """Record the answer of an invitation, for all its seats, under row locks; the same answer again changes nothing.

    `risposta`: si, no, forse, or delega with the delegate's name (and address: then they're
    invited too, and whoever they replace hears of it). `data_il`: when it was given, if not now.
    Raises PermissionDenied, Rifiuto (meeting over or cancelled, missing name).
    """
    righe = _da_scrivere(convocazione, utente, via)
    convocazione = next(c for c in righe if c.pk == convocazione.pk)
    if motivo := _motivo_permesso(utente, convocazione, via):
        raise PermissionDenied(motivo)
    delega = risposta == Convocazione.Risposta.DELEGA
    delegato = " ".join(delegato.split()) if delega else ""
    delegato_email = delegato_email.strip().lower() if delega else ""
    _pretendi_risposta(convocazione, risposta, delegato, delegato_email)
    nuova = (risposta, delegato, delegato_email)
    cambiate = [c for c in righe if (c.risposta, c.delegato, c.delegato_email) != nuova]
    quando = data_il or adesso()
    if not cambiate:
        _conferma(righe, quando)
        return convocazione
    if via != Convocazione.Via.UFFICIO:
        _pretendi_pochi_delegati(righe[0], delegato_email)
    with delegati_avvisati(convocazione.incontro):
        for riga in cambiate:
            riga.risposta, riga.delegato, riga.delegato_email = nuova
            riga.risposta_il, riga.risposta_via = quando, via
            riga.full_clean()
            riga.save()
    for riga in cambiate:
        annota(utente, "convocazione.risposta", riga, risposta=risposta, via=via, incontro=riga.incontro_id)
    return convocazione


def azzera_risposte(incontro: Incontro, *, avvisa: bool = True) -> None:
    """Another date asks another answer (RFC 5546 3.2.2.1); at a board of others who goes for the Province still does.

    Delegates hear that their delegation is over, unless `avvisa` is False (calendars have dropped the meeting already).
    """
    if incontro.rete.di_altri:
        return
    with delegati_avvisati(incontro) if avvisa else nullcontext():
        incontro.convocazioni.update(
            risposta=Convocazione.Risposta.ATTESA, risposta_il=None, risposta_via="", delegato="", delegato_email=""
        )
