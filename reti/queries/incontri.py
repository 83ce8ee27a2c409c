"""Which meetings count, and what about meetings waits for a person (R26)."""

from datetime import date
from typing import Any

from django.db.models import Min

from core.scrivania import Voce, VoceMenu
from reti.models import Convocazione, Incontro, Presenza
from reti.models.incontri import IncontroQuerySet


def incontri_tenuti(*, dal: date, al: date, tipo: str = "", tema: str = "") -> IncontroQuerySet:
    """Held meetings of the Province's own reti, local start date in [dal, al]; optionally of one kind and subject."""
    scelti = Incontro.objects.tenuti(dal, al).filter(rete__convocante__titolare_piattaforma=True)
    if tipo:
        scelti = scelti.filter(rete__tipo=tipo)
    return scelti.filter(rete__tema=tema) if tema else scelti


def inviti_di_altri(dal: date, al: date):
    """The Province's invitations to held meetings convened by others: QuerySet[Convocazione], one per meeting.

    Two seats of the Province at one board still make one meeting. This is the denominator of D1.
    """
    tutti = Convocazione.objects.filter(
        adesione__soggetto__titolare_piattaforma=True,
        incontro__rete__convocante__titolare_piattaforma=False,
        incontro__in=Incontro.objects.tenuti(dal, al),
    )
    primi = tutti.order_by().values("incontro").annotate(primo=Min("pk")).values("primo")
    return Convocazione.objects.filter(pk__in=primi)


def partecipazioni_di_altri(dal: date, al: date):
    """The Province's presences at the meetings of `inviti_di_altri`: QuerySet[Presenza], one per meeting (numerator)."""
    tutte = Presenza.objects.filter(
        esito=Presenza.Esito.PRESENTE,
        adesione__soggetto__titolare_piattaforma=True,
        incontro__in=inviti_di_altri(dal, al).values("incontro"),
    )
    prime = tutte.order_by().values("incontro").annotate(prima=Min("pk")).values("prima")
    return Presenza.objects.filter(pk__in=prime)


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`."""
    return []


def voci_area(utente: Any) -> list[VoceMenu]:
    """Entries of the private area for `utente`."""
    return []
