"""What citizens said and how many looked: in public only added up, to host and Province with the words (R35)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from core.orologio import oggi
from punti_informativi.gradimento import Sintesi, sintesi
from punti_informativi.models import Consultazioni, PuntoInformativo, Riscontro


@dataclass(frozen=True)
class Cifre:
    """Votes and visits of one point, or of the search of points (`punto` None)."""

    punto: PuntoInformativo | None
    voti: Sintesi
    consultazioni: int = 0


@dataclass(frozen=True)
class Quadro:
    """The public figures from the day `dal`: all together, and by point in the order of their names."""

    dal: date
    totale: Sintesi
    ricerca: Sintesi
    consultazioni: int
    punti: list[Cifre]


def quadro() -> Quadro:
    """Of the last months (RISCONTRI_MESI); the total counts the search, and points that aren't public any more."""
    dal = inizio()
    voti = _per_punto(Riscontro.objects.filter(lasciato_il__gte=dal))
    visite = _visite(Consultazioni.objects.filter(giorno__gte=dal))
    tutti: dict[int, int] = defaultdict(int)
    for per_voto in voti.values():
        for voto, quanti in per_voto.items():
            tutti[voto] += quanti
    pubblici = PuntoInformativo.objects.pubblici().filter(pk__in=[pk for pk in voti | visite if pk])
    righe = [
        Cifre(p, _sintesi(voti.get(p.pk, {})), visite.get(p.pk, 0))
        for p in pubblici.only("nome", "slug").order_by("nome", "pk")
    ]
    return Quadro(dal, _sintesi(tutti), _sintesi(voti.get(None, {})), sum(visite.values()), righe)


def cifre_di(punto: PuntoInformativo) -> Cifre:
    """The same of one point, for its host: every vote counts, even one alone."""
    voti = _per_punto(punto.riscontri.filter(lasciato_il__gte=inizio())).get(punto.pk, {})
    visite = _visite(punto.consultazioni.filter(giorno__gte=inizio()))
    return Cifre(punto, sintesi(voti, 0), visite.get(punto.pk, 0))


def scritti() -> QuerySet[Riscontro]:
    """Judgements with words, the newest first."""
    return Riscontro.objects.exclude(testo="").select_related("punto__soggetto")


def inizio() -> date:
    """The first day that the figures count."""
    return oggi() - relativedelta(months=settings.RISCONTRI_MESI)


def in_tabella(dati: Quadro) -> Iterable[list[Any]]:
    """The public figures as rows of a file; a mean that isn't said is an empty cell."""
    yield [_("Punto"), _("Risposte"), _("Media da 1 a 5"), *(_("Voti %d") % v for v in (1, 2, 3, 4, 5)), _("Visite")]
    for cifre in dati.punti:
        yield [cifre.punto.nome, *_celle(cifre.voti), cifre.consultazioni]
    yield [_("Ricerca dei punti"), *_celle(dati.ricerca), None]
    yield [_("Totale"), *_celle(dati.totale), dati.consultazioni]


def _celle(voti: Sintesi) -> list[Any]:
    return [voti.quanti, voti.media, *(voti.per_voto if voti.si_dice else [None] * 5)]


def _sintesi(per_voto: dict[int, int]) -> Sintesi:
    return sintesi(per_voto, settings.RISCONTRI_MINIMI)


def _per_punto(righe: QuerySet[Riscontro]) -> dict[int | None, dict[int, int]]:
    """Point → vote → how many."""
    voti: dict[int | None, dict[int, int]] = defaultdict(dict)
    for punto, voto, quanti in righe.order_by().values_list("punto", "voto").annotate(n=Count("pk")):
        voti[punto][voto] = quanti
    return dict(voti)


def _visite(righe: QuerySet[Consultazioni]) -> dict[int, int]:
    return dict(righe.order_by().values_list("punto").annotate(n=Sum("quante")))
