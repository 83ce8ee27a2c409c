"""The public list and its map: one filter for both, all of it in SQL (R32, R33)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, FloatField, Q, Value
from django.db.models.functions import Coalesce, Sqrt

from punti_informativi.models import Destinatari, PuntoInformativo, Servizio
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.queries.aperture import aperti
from punti_informativi.ricerca import cercati, contiene, correggi, indice, radici
from reti.models import Comune, Soggetto

KM_PER_GRADO = 111.195


@dataclass(frozen=True)
class Filtri:
    """What a person asks of the list; `vicino` is (lat, lon) in degrees, WGS 84."""

    q: str = ""
    comune: Comune | None = None
    servizio: Servizio | None = None
    destinatari: Destinatari | None = None
    aperto_alle: datetime | None = None
    accessibile: bool = False
    vicino: tuple[float, float] | None = None


def punti_trovati(filtri: Filtri) -> PuntoQuerySet:
    """Public points that answer `filtri`, by distance (`distanza`, km) when a position is given, else by name."""
    punti = PuntoInformativo.objects.pubblici()
    if filtri.comune:
        punti = punti.filter(sede__comune=filtri.comune)
    if filtri.servizio:
        punti = punti.filter(servizi=filtri.servizio)
    if filtri.destinatari:
        punti = punti.filter(destinatari=filtri.destinatari)
    if filtri.accessibile:
        punti = punti.filter(accessibilita=PuntoInformativo.Accessibilita.COMPLETA)
    if filtri.q:
        punti = _che_dicono(punti, filtri.q)
    if filtri.aperto_alle:
        punti = aperti(punti, filtri.aperto_alle)
    return _per_distanza(punti, *filtri.vicino) if filtri.vicino else punti.order_by("nome", "pk")


def per_la_lista(punti: PuntoQuerySet) -> PuntoQuerySet:
    """With all that a card shows, in a fixed number of queries."""
    return punti.select_related("soggetto", "sede__comune__festa_patronale").prefetch_related(
        "orari", "eccezioni", "servizi"
    )


def conteggi(filtri: Filtri) -> dict[str, dict[int, int]]:
    """For each choice of the three menus, how many points it would leave, the other filters standing."""
    campi = {"comune": "sede__comune", "servizio": "servizi", "destinatari": "destinatari"}
    esito = {}
    for nome, campo in campi.items():
        punti = punti_trovati(replace(filtri, vicino=None, **{nome: None})).order_by()
        esito[nome] = dict(punti.filter(**{f"{campo}__isnull": False}).values_list(campo).annotate(n=Count("pk")))
    return esito


def corretta(q: str) -> str:
    """`q` with its unknown words put right from the names in use, or the empty string when there is nothing to mend."""
    vocabolario = [
        *PuntoInformativo.objects.pubblici().values_list("nome", flat=True),
        *Servizio.objects.values_list("nome", flat=True),
        *Comune.objects.values_list("nome", flat=True),
        *Soggetto.objects.filter(punti__isnull=False).distinct().values_list("denominazione", flat=True),
    ]
    nuova = correggi(q, vocabolario)
    return "" if radici(nuova) == radici(q) else nuova


def _che_dicono(punti: PuntoQuerySet, q: str) -> PuntoQuerySet:
    """Points of which each word of `q` is said: by their text, their services, their comune or their host."""
    servizi = list(Servizio.objects.values_list("pk", "nome"))
    comuni = list(Comune.objects.filter(sedi__punti__isnull=False).distinct().values_list("pk", "nome"))
    ospiti = list(Soggetto.objects.filter(punti__isnull=False).distinct().values_list("pk", "denominazione"))
    con_servizio = PuntoInformativo.servizi.through.objects
    for cercato in cercati(q):
        intera, inizio = cercato
        offrono = con_servizio.filter(servizio__in=_che_contengono(servizi, cercato)).values("puntoinformativo")
        punti = punti.filter(
            Q(indice__contains=intera)
            | Q(indice__contains=inizio)
            | Q(pk__in=offrono)
            | Q(sede__comune__in=_che_contengono(comuni, cercato))
            | Q(soggetto__in=_che_contengono(ospiti, cercato))
        )
    return punti


def _che_contengono(coppie: Iterable[tuple[int, str]], cercato: tuple[str, str]) -> list[int]:
    return [chiave for chiave, nome in coppie if contiene(indice(nome), cercato)]


def _per_distanza(punti: PuntoQuerySet, lat: float, lon: float) -> PuntoQuerySet:
    """Nearest first, as the crow flies on a local plane: right to a few metres within a province."""
    nord = (Coalesce("sede__lat", "sede__comune__lat") - Value(lat)) * Value(KM_PER_GRADO)
    est = (Coalesce("sede__lon", "sede__comune__lon") - Value(lon)) * Value(KM_PER_GRADO * math.cos(math.radians(lat)))
    return punti.annotate(distanza=Sqrt(nord * nord + est * est, output_field=FloatField())).order_by(
        "distanza", "nome", "pk"
    )
