"""Meetings convened by others: whose invitation it is, what changed, what waits for a person (R26)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.orologio import adesso, oggi
from core.scrivania import Voce
from core.termini import scadenza
from reti.inviti_ricevuti import FORNITORI_DI_POSTA
from reti.models import Convocazione, Incontro, Rete, Soggetto
from reti.models.incontri import IncontroQuerySet
from reti.stati import StatoIncontro
from utenti.permissions import puo_coordinare


def soggetto_di(indirizzo: str) -> Soggetto | None:
    """The body that writes from `indirizzo`: by its address, else by the domain of its mail, when only one has it."""
    if "@" not in indirizzo:
        return None
    altri = Soggetto.objects.filter(titolare_piattaforma=False)
    uguali = list(altri.filter(Q(email__iexact=indirizzo) | Q(pec__iexact=indirizzo))[:2])
    if len(uguali) == 1:
        return uguali[0]
    dominio = indirizzo.rpartition("@")[2]
    if uguali or dominio in FORNITORI_DI_POSTA:
        return None
    vicini = list(altri.filter(Q(email__iendswith=f"@{dominio}") | Q(pec__iendswith=f"@{dominio}"))[:2])
    return vicini[0] if len(vicini) == 1 else None


def tavolo_di(convocante: Soggetto) -> Rete | None:
    """The board that this body convenes, when it's the only one."""
    reti = list(Rete.objects.filter(convocante=convocante)[:2])
    return reti[0] if len(reti) == 1 else None


def incontri_di_altri(utente: Any) -> IncontroQuerySet:
    """Those that others convene, the latest first, each with the Province's invitations and presences."""
    proprie = Convocazione.objects.filter(adesione__soggetto__titolare_piattaforma=True).select_related("adesione")
    return (
        Incontro.objects.visibili_a(utente)
        .filter(rete__convocante__titolare_piattaforma=False)
        .select_related("rete__convocante")
        .prefetch_related(Prefetch("convocazioni", proprie, to_attr="inviti"), "presenze")
        .order_by("-inizio", "-pk")
    )


def invito_gia_registrato(uid: str) -> Incontro | None:
    """The meeting that was recorded from an invitation with that UID."""
    return Incontro.objects.select_related("rete__convocante").filter(uid_esterno=uid).first() if uid else None


def _voce(titolo: str, incontro: Incontro, entro: Any, urgenza: int) -> Voce:
    quando = date_format(timezone.localtime(incontro.inizio), "j F Y H:i").lower()
    return Voce(
        titolo=titolo % incontro.titolo,
        url=reverse("gestione_inviti:scheda", args=[incontro.pk]),
        urgenza=urgenza,
        dettaglio=f"{incontro.rete.convocante}, {quando}",
        entro=entro,
        gruppo=_("Tavoli"),
    )


def voci_scrivania(utente: Any) -> list[Voce]:
    """For coordinators: who goes, before a meeting of others; who went, after it. Two queries, three with meetings."""
    if not puo_coordinare(utente):
        return []
    attesi = incontri_di_altri(utente).filter(stato=StatoIncontro.CONVOCATO).order_by("inizio", "pk")
    vicini = adesso() + timedelta(days=settings.GIORNI_PREAVVISO_CONVOCAZIONE)
    voci = []
    for incontro in attesi:
        giorno = timezone.localdate(incontro.inizio)
        if incontro.inizio <= adesso():
            entro = scadenza(giorno, settings.GIORNI_PER_LE_PRESENZE)
            voci.append(_voce(_("Registra la presenza a %s"), incontro, entro, 0 if oggi() > entro else 2))
        elif all(c.risposta == Convocazione.Risposta.ATTESA for c in incontro.inviti):
            voci.append(_voce(_("Nessun delegato per %s"), incontro, giorno, 1 if incontro.inizio <= vicini else 2))
    return voci
