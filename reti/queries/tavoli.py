"""Boards as the public sees them: organisations only, never persons."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from core.orologio import oggi
from reti.models import Adesione, Incontro, Presenza, Rete
from reti.models.reti import ReteQuerySet


def reti_leggibili(utente: Any) -> ReteQuerySet:
    """Public boards for anyone; the others for those who may see them."""
    proprie = Rete.objects.visibili_a(utente)
    return Rete.objects.filter(Q(pubblica=True) | Q(pk__in=proprie.values("pk")))


def anni_con_incontri() -> list[int]:
    """Years with held meetings, the latest first; always the current one."""
    date_ = Incontro.objects.tenuti().order_by().dates("inizio", "year")
    return sorted({d.year for d in date_} | {oggi().year}, reverse=True)


def ultimo_anno_con_incontri() -> int:
    """The year to open with: the latest that has a held meeting."""
    ultimo = Incontro.objects.tenuti().order_by("-inizio").values_list("inizio__year", flat=True).first()
    return ultimo or oggi().year


def seggi_vigenti() -> Prefetch:
    """Seats of today, each with its body, as `seggi`."""
    return Prefetch("adesioni", Adesione.objects.vigenti().select_related("soggetto", "titolare"), to_attr="seggi")


def reti_con_conteggi(reti: ReteQuerySet, anno: int) -> ReteQuerySet:
    """Boards with `tenuti` (held meetings of the year) and `seggi`; constant number of queries."""
    tenuti = (
        Incontro.objects.tenuti(date(anno, 1, 1), date(anno, 12, 31))
        .filter(rete=OuterRef("pk"))
        .order_by()
        .values("rete")
        .annotate(quanti=Count("pk"))
        .values("quanti")
    )
    return (
        reti.select_related("convocante")
        .annotate(tenuti=Coalesce(Subquery(tenuti), 0))
        .prefetch_related(seggi_vigenti())
        .order_by("nome")
    )


def presenti_e_quorum(incontro: Incontro) -> tuple[int, int | None]:
    """Seats present, and the board's quorum (None: no quorum)."""
    return incontro.presenze.filter(esito=Presenza.Esito.PRESENTE).count(), incontro.rete.quorum
