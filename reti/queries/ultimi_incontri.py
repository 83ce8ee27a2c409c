"""Which places may have a row of absences, told by their board's last meetings alone.

A place that was there at one of the last k meetings of its board can't have missed k since; one that the roll
says absent from all k has. Only of the others must the rest be read, so that years of meetings cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, F, Value, When, Window
from django.db.models.functions import RowNumber

from core.giorni import nei_giorni
from reti.models import Adesione, Incontro, Presenza
from reti.models.incontri import ConvocazioneQuerySet
from reti.models.soggetti import vigente
from reti.queries.selezione import Selezione
from reti.queries.tassi import inviti_contati
from reti.stati import INCONTRI_TENUTI

Posto = tuple[int, int, str]  # board, body, qualification
Tenuto = tuple[datetime, int]  # start, key of the meeting


@dataclass(frozen=True)
class Indiziati:
    """Seats, past ones included, of the places that surely missed the last k meetings, and of those that may have."""

    certi: dict[Posto, list[int]]
    incerti: dict[Posto, list[int]]

    @property
    def tutti(self) -> dict[Posto, list[int]]:
        return self.certi | self.incerti


def ultimi_incontri(k: int, selezione: Selezione) -> dict[int, list[Tenuto]]:
    """The last `k` held meetings of each board, joint ones too, the latest first. Two queries."""
    propri = Incontro.objects.filter(nei_giorni("inizio", selezione.dal, selezione.al), stato__in=INCONTRI_TENUTI)
    uniti = Incontro.altre_reti.through.objects.filter(
        nei_giorni("incontro__inizio", selezione.dal, selezione.al), incontro__stato__in=INCONTRI_TENUTI
    )
    trovati: dict[int, list[Tenuto]] = defaultdict(list)
    for righe, inizio, chiave in ((propri, "inizio", "pk"), (uniti, "incontro__inizio", "incontro")):
        a_ritroso = Window(RowNumber(), partition_by="rete", order_by=[F(inizio).desc(), F(chiave).desc()])
        for rete, *tenuto in (
            righe.order_by().annotate(n=a_ritroso).filter(n__lte=k).values_list("rete", inizio, chiave)
        ):
            trovati[rete].append(tuple(tenuto))
    return {rete: sorted(tenuti, reverse=True)[:k] for rete, tenuti in trovati.items()}


def indiziati(
    k: int,
    ultimi: dict[int, list[Tenuto]],
    selezione: Selezione | None = None,
    fra: ConvocazioneQuerySet | None = None,
) -> Indiziati:
    """The places of today at the boards of `ultimi`, without those that came to one of these meetings. Two queries."""
    posti = _posti(ultimi)
    di_chi = {pk: posto for posto, seggi in posti.items() for pk in seggi}
    contati = {(rete, incontro) for rete, tenuti in ultimi.items() for _inizio, incontro in tenuti}
    inviti = inviti_contati(selezione, fra).order_by().filter(incontro__in={i for _rete, i in contati})
    venuti, mancati = set(), defaultdict(set)
    for seggio, incontro, esito in inviti.values_list("adesione", "incontro", "appello__esito"):
        posto = di_chi.get(seggio)
        if posto and esito and (posto[0], incontro) in contati:
            if esito == Presenza.Esito.PRESENTE:
                venuti.add(posto)
            else:
                mancati[posto].add(incontro)
    certi = {p for p, incontri in mancati.items() if len(incontri) == k} - venuti
    return Indiziati(
        {p: posti[p] for p in certi}, {p: seggi for p, seggi in posti.items() if p not in venuti and p not in certi}
    )


def _posti(reti: Iterable[int]) -> dict[Posto, list[int]]:
    """Every seat, past ones too, of the places that somebody holds today at these boards, if active."""
    oggi = Case(When(vigente(), then=Value(True)), default=Value(False), output_field=BooleanField())
    tutti: dict[Posto, list[int]] = defaultdict(list)
    vivi = set()
    righe = Adesione.objects.filter(vigente("rete__"), rete__in=list(reti)).order_by().annotate(oggi=oggi)
    for pk, valido, *posto in righe.values_list("pk", "oggi", "rete", "soggetto", "qualifica"):
        tutti[tuple(posto)].append(pk)
        if valido:
            vivi.add(tuple(posto))
    return {posto: seggi for posto, seggi in tutti.items() if posto in vivi}
