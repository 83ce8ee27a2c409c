"""A seat's address changes while a meeting is still to come: the old one is told, the new one is invited (R20)."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from core.orologio import adesso
from core.registro import annota
from reti.models import Convocazione, Incontro
from reti.models.incontri import recapito_opaco
from reti.queries.inviti import inviti_di
from reti.services.inviti import Busta
from reti.stati import StatoIncontro


def _spostate(convocazioni) -> list[Convocazione]:
    """Those whose seat has by now another address; a seat left without one keeps the last."""
    tutte = convocazioni.select_related("adesione__soggetto", "adesione__titolare")
    return [c for c in tutte if (nuovo := c.adesione.indirizzo_email) and nuovo.lower() != c.email.lower()]


def _sposta(convocazione: Convocazione) -> None:
    """Give the convocation its new address, and secrets that the old one doesn't know.

    The event in a calendar keeps its ORGANIZER: the secrets of an invitation stay with the
    oldest of the seats that remain at that address, or that were there already.
    """
    altre = convocazione.incontro.convocazioni.exclude(pk=convocazione.pk).order_by("pk")
    restano = list(altre.filter(email__iexact=convocazione.email)) if convocazione.email else []
    vecchi = (convocazione.gettone, convocazione.recapito)
    _rinnova(convocazione)
    if restano and restano[0].pk > convocazione.pk:
        restano[0].gettone, restano[0].recapito = vecchi
        restano[0].save(update_fields=["gettone", "recapito"])
    convocazione.email = convocazione.adesione.indirizzo_email
    gia_li = altre.filter(email__iexact=convocazione.email).first()
    if gia_li and gia_li.pk > convocazione.pk:
        segreti = (gia_li.gettone, gia_li.recapito)
        _rinnova(gia_li)
        convocazione.gettone, convocazione.recapito = segreti
    convocazione.full_clean()
    convocazione.save()


def _rinnova(convocazione: Convocazione) -> None:
    convocazione.gettone, convocazione.recapito = secrets.token_urlsafe(), recapito_opaco()
    convocazione.save(update_fields=["gettone", "recapito"])


@transaction.atomic
def riallinea_indirizzi(incontro: Incontro, *, avvisa: bool = True) -> int:
    """Move each invitation to its seat's address of today; returns how many have moved.

    The old address gets a CANCEL, the new one a REQUEST, and whoever keeps other seats an update;
    nobody when `avvisa` is False (a postponed meeting, which calendars have dropped).
    The answer stays: it's the body's. The old personal link opens nothing any more.
    """
    Incontro.objects.select_for_update().get(pk=incontro.pk)
    cambiate = _spostate(incontro.convocazioni.select_for_update(of=("self",)))
    if not cambiate:
        return 0
    prima = {i.email.lower(): i for i in inviti_di(incontro)}
    for convocazione in cambiate:
        annota(None, "convocazione.indirizzo", convocazione, da=convocazione.email, incontro=incontro.pk)
        _sposta(convocazione)
    if avvisa:
        _avvisa(incontro, prima)
    return len(cambiate)


def _avvisa(incontro: Incontro, prima: dict) -> None:
    busta, dopo = Busta(incontro), {i.email.lower(): i for i in inviti_di(incontro)}
    perche = _("le convocazioni per questo seggio arrivano ora a un altro indirizzo")
    for chi in prima.keys() - dopo.keys():
        busta.all_invitato("revoca", prima[chi], perche=perche)
    for chi, invito in dopo.items():
        if chi not in prima:
            busta.all_invitato("convocazione", invito)
        elif prima[chi].segno != invito.segno:
            busta.all_invitato("aggiornamento", invito)


def riallinea() -> int:
    """Periodic work: the addresses of every convened meeting still to come."""
    a_venire = Convocazione.objects.filter(
        incontro__stato=StatoIncontro.CONVOCATO,
        incontro__inizio__gt=adesso(),
        incontro__rete__convocante__titolare_piattaforma=True,
    )
    incontri = {c.incontro_id for c in _spostate(a_venire)}
    return sum(riallinea_indirizzi(i) for i in Incontro.objects.filter(pk__in=incontri).select_related("rete"))
