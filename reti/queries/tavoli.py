"""Boards as the public sees them: organisations only, never persons."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from core.giorni import nei_giorni
from core.orologio import oggi
from reti.models import Adesione, Incontro, Rete
from reti.models.reti import ReteQuerySet
from reti.models.soggetti import vigente


def reti_leggibili(utente: Any) -> ReteQuerySet:
    """Public boards for anyone; the others for those who may see them."""
    proprie = Rete.objects.visibili_a(utente)
    return Rete.objects.filter(Q(pubblica=True) | Q(pk__in=proprie.values("pk")))


def reti_unibili(rete: Rete, scelte: Iterable[Rete] = ()) -> ReteQuerySet:
    """Boards of the Province that may meet jointly with `rete`: active today, or already among `scelte`.

    None when `rete` is convened by others.
    """
    if rete.di_altri:
        return Rete.objects.none()
    attive = Q(vigente(), convocante__titolare_piattaforma=True)
    return Rete.objects.filter(attive | Q(pk__in=[r.pk for r in scelte])).exclude(pk=rete.pk).order_by("nome")


def incontri_pubblicati(rete: Rete, dal: date, al: date, utente: Any) -> list[Incontro]:
    """Held meetings of a board in [dal, al], by date; each with `congiunti`: the other boards that may be read."""
    righe = Incontro.objects.del_tavolo(rete).tenuti(dal, al).select_related("rete")
    incontri = list(righe.prefetch_related("altre_reti").order_by("inizio"))
    altre = {i.pk: [r for r in (i.rete, *i.altre_reti.all()) if r != rete] for i in incontri}
    leggibili = set(reti_leggibili(utente).filter(pk__in={r.pk for reti in altre.values() for r in reti}))
    for incontro in incontri:
        incontro.congiunti = [r for r in altre[incontro.pk] if r in leggibili]
    return incontri


def anni_con_incontri() -> list[int]:
    """Years with held meetings, the latest first; always the current one. Two queries, whatever the years."""
    tenuti = Incontro.objects.tenuti().order_by()
    primo, ultimo = tenuti.aggregate(primo=Min("inizio"), ultimo=Max("inizio")).values()
    if primo is None:
        return [oggi().year]
    anni = range(localdate(primo).year, localdate(ultimo).year + 1)
    conti = tenuti.aggregate(
        **{f"nel_{a}": Count("pk", filter=nei_giorni("inizio", date(a, 1, 1), date(a, 12, 31))) for a in anni}
    )
    return sorted({a for a in anni if conti[f"nel_{a}"]} | {oggi().year}, reverse=True)


def ultimo_anno_con_incontri() -> int:
    """The year to open with: the latest that has a held meeting."""
    ultimo = Incontro.objects.tenuti().order_by("-inizio").values_list("inizio", flat=True).first()
    return localdate(ultimo).year if ultimo else oggi().year


def seggi_vigenti() -> Prefetch:
    """Seats of today, each with its body and whom it represents besides, as `seggi`."""
    seggi = Adesione.objects.vigenti().select_related("soggetto", "titolare").prefetch_related("rappresenta")
    return Prefetch("adesioni", seggi, to_attr="seggi")


def _quanti(righe: QuerySet, campo: str) -> Coalesce:
    """How many of `righe` name the outer board in `campo`."""
    contate = righe.order_by().filter(**{campo: OuterRef("pk")}).values(campo).annotate(quanti=Count("pk"))
    return Coalesce(Subquery(contate.values("quanti")), 0)


def reti_con_conteggi(reti: ReteQuerySet, anno: int) -> ReteQuerySet:
    """Boards with `tenuti` (held meetings of the year, joint ones too) and `quanti_seggi` (of today), by name."""
    dell_anno = Incontro.objects.tenuti(date(anno, 1, 1), date(anno, 12, 31))
    return (
        reti.select_related("convocante")
        .annotate(
            tenuti=_quanti(dell_anno, "rete") + _quanti(dell_anno, "altre_reti"),
            quanti_seggi=_quanti(Adesione.objects.vigenti(), "rete"),
        )
        .order_by("nome")
    )
