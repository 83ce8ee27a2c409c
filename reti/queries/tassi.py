"""Participation rates: one formula for bodies, boards and the Province itself (R26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, Q

from reti.models import Convocazione, Presenza, Rete
from reti.queries.incontri import inviti_di_altri, partecipazioni_di_altri
from reti.stati import INCONTRI_TENUTI


@dataclass(frozen=True)
class Partecipazione:
    """Attendance of `chi`: invitations to held meetings, presences, justified absences, rate in percent."""

    chi: object
    inviti: int
    presenze: int
    giustificate: int
    tasso: Decimal | None


def tasso_partecipazione(presenze: int, inviti: int) -> Decimal | None:
    """100 × attended ÷ held meetings to which there was an invitation, to one decimal.

    A justified absence stays in the denominator. None, shown as «n.d.», when there was no invitation.
    """
    if not inviti:
        return None
    return (Decimal(100 * presenze) / inviti).quantize(Decimal("0.1"), ROUND_HALF_UP)


def tasso_della_provincia(dal: date, al: date) -> Decimal | None:
    """D1: the Province at the held meetings that others convened and invited it to."""
    return tasso_partecipazione(partecipazioni_di_altri(dal, al).count(), inviti_di_altri(dal, al).count())


def _con_esiti(dal: date | None, al: date | None):
    """Convocations to held meetings, each with `presente` and `giustificato`."""
    righe = Convocazione.objects.filter(incontro__stato__in=INCONTRI_TENUTI)
    if dal:
        righe = righe.filter(incontro__inizio__date__gte=dal)
    if al:
        righe = righe.filter(incontro__inizio__date__lte=al)
    proprie = Presenza.objects.filter(incontro=OuterRef("incontro"), adesione=OuterRef("adesione"))
    return righe.annotate(
        presente=Exists(proprie.filter(esito=Presenza.Esito.PRESENTE)),
        giustificato=Exists(proprie.filter(esito=Presenza.Esito.GIUSTIFICATO)),
    )


def _partecipazioni(righe: Iterable[dict], chiave: str) -> list[Partecipazione]:
    return [
        Partecipazione(
            r[chiave], r["inviti"], r["presenze"], r["giustificate"], tasso_partecipazione(r["presenze"], r["inviti"])
        )
        for r in righe
    ]


CONTEGGI = {
    "inviti": Count("pk"),
    "presenze": Count("pk", filter=Q(presente=True)),
    "giustificate": Count("pk", filter=Q(giustificato=True)),
}


def partecipazione_per_soggetto(rete: Rete, dal: date | None = None, al: date | None = None) -> list[Partecipazione]:
    """Each body's attendance at one board, by name; `chi` is the body's name. One query.

    A seat counts for its own board, also at a meeting that another board convened with it.
    """
    righe = _con_esiti(dal, al).filter(adesione__rete=rete).order_by("adesione__soggetto__denominazione")
    return _partecipazioni(
        righe.values("adesione__soggetto__denominazione").annotate(**CONTEGGI), "adesione__soggetto__denominazione"
    )


def partecipazione_per_rete(dal: date | None = None, al: date | None = None) -> dict[int, Partecipazione]:
    """Each board's attendance, all its seats together, by the board's primary key. One query."""
    righe = _con_esiti(dal, al).order_by().values("adesione__rete").annotate(**CONTEGGI)
    return {p.chi: p for p in _partecipazioni(righe, "adesione__rete")}
