"""The Province at the meetings that others convene: the figures and the records of D1 (R26).

Cancelled meetings and the Province's own count nowhere. Counted by `reti.queries.tassi`, as every attendance is.
"""

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from reti.models import Convocazione, Presenza
from reti.models.incontri import ConvocazioneQuerySet
from reti.partecipazione import Partecipazione, somma
from reti.queries.tassi import CONTEGGI, Selezione, inviti_contati


def _provincia_da_altri() -> ConvocazioneQuerySet:
    return Convocazione.objects.filter(
        adesione__soggetto__titolare_piattaforma=True, incontro__rete__convocante__titolare_piattaforma=False
    )


def inviti_di_altri(dal: date, al: date) -> ConvocazioneQuerySet:
    """The Province's invitations to held meetings convened by others, one per meeting: D1's denominator.

    Two seats of the Province at one board still make one meeting.
    """
    tutti = inviti_contati(Selezione(dal=dal, al=al), _provincia_da_altri())
    primi = tutti.order_by().values("incontro").annotate(primo=Min("pk")).values("primo")
    return Convocazione.objects.filter(pk__in=primi)


def partecipazioni_di_altri(dal: date, al: date) -> QuerySet[Presenza]:
    """The Province's presences at those meetings, one per meeting: D1's numerator."""
    tutte = inviti_contati(Selezione(dal=dal, al=al), _provincia_da_altri(), "presenze")
    prime = tutte.order_by().values("incontro").annotate(prima=Min("appello__pk")).values("prima")
    return Presenza.objects.filter(pk__in=prime)


def partecipazione_della_provincia(dal: date, al: date) -> Partecipazione:
    """D1's figures: each meeting of others once, attended when any seat of the Province was there."""
    contati = inviti_contati(Selezione(dal=dal, al=al), _provincia_da_altri())
    incontri = contati.order_by().values("incontro").annotate(**CONTEGGI)
    return somma(_un_invito(g) for g in incontri)


def _un_invito(g: dict[str, Any]) -> Partecipazione:
    """A meeting with several seats of one body as a single invitation: the best outcome holds."""
    esito = next((nome for nome in ("presenze", "giustificate", "assenti") if g[nome]), "")
    return Partecipazione(g["incontro"], "", incontri=1, inviti=1, **({esito: 1} if esito else {}))
