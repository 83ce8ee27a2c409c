"""The public list and its map: one filter for both, all of it in SQL (R32, R33)."""

import math
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from django.db.models import Case, FloatField, IntegerField, Q, Value, When
from django.db.models.functions import Sqrt

from core.lingue import con_traduzioni
from punti_informativi.models import Destinatari, Lingua, Orario, OrarioOspite, PuntoInformativo, Servizio
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.queries.aperture import aperti
from punti_informativi.queries.testo import che_dicono
from reti.models import Comune, Sede

KM_PER_GRADO = 111.195
CON_APPUNTAMENTO, SENZA_APPUNTAMENTO = "con", "senza"
ACCESSO_PIENO, ACCESSO_CON_AIUTO = "completa", "aiuto"


@dataclass(frozen=True)
class Filtri:
    """What a person asks of the list; an empty value asks nothing.

    `abito` and `vicino`, (lat, lon) in degrees WGS 84, give the order and the centre; `entro` is in km from it.
    """

    q: str = ""
    abito: Comune | None = None
    vicino: tuple[float, float] | None = None
    entro: int | None = None
    comune: Comune | None = None
    servizio: Servizio | None = None
    destinatari: Destinatari | None = None
    lingua: Lingua | None = None
    aperto_alle: datetime | None = None
    appuntamento: str = ""
    accessibile: str = ""
    a_distanza: bool = False
    _testo: dict[str, list[Q]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def centro(self) -> tuple[float, float] | None:
        return (self.abito.lat, self.abito.lon) if self.abito else self.vicino

    @property
    def in_uso(self) -> list[str]:
        """The names of the filters that leave points out."""
        return [
            c.name for c in fields(self) if c.compare and c.name not in ("abito", "vicino") and getattr(self, c.name)
        ]

    @property
    def testo(self) -> list[Q]:
        """What `q` asks, worked out once for this request and those made from it by dropping filters."""
        if self.q not in self._testo:
            self._testo[self.q] = che_dicono(self.q) if self.q else []
        return self._testo[self.q]

    def senza(self, nome: str) -> "Filtri":
        """The same request with one filter dropped."""
        return self.con(nome, type(self).__dataclass_fields__[nome].default)

    def con(self, nome: str, valore: object) -> "Filtri":
        """The same request with one filter set to `valore`."""
        return replace(self, **{nome: valore})


def punti_filtrati(filtri: Filtri, tra: PuntoQuerySet | None = None) -> PuntoQuerySet:
    """Public points, or those of `tra`, that answer `filtri`, in no order; with `distanza`, km from the centre, when
    there is one."""
    punti = PuntoInformativo.objects.pubblici() if tra is None else tra
    if filtri.centro:
        punti = _con_distanza(punti, *filtri.centro)
        if filtri.entro:
            punti = punti.filter(distanza__lte=filtri.entro)
    punti = punti.filter(*_condizioni(filtri), *filtri.testo)
    return aperti(punti, filtri.aperto_alle) if filtri.aperto_alle else punti


def punti_trovati(filtri: Filtri, tra: PuntoQuerySet | None = None) -> PuntoQuerySet:
    """Public points, or those of `tra`, that answer `filtri`.

    Those that serve the comune where one lives come first, then the nearest, then by name.
    """
    punti = punti_filtrati(filtri, tra)
    if filtri.abito:
        serve = When(qui(filtri.abito), then=Value(0))
        punti = punti.annotate(altrove=Case(serve, default=Value(1), output_field=IntegerField()))
        return punti.order_by("altrove", "distanza", "nome", "pk")
    return punti.order_by("distanza", "nome", "pk") if filtri.centro else punti.order_by("nome", "pk")


def per_la_lista(punti: PuntoQuerySet) -> PuntoQuerySet:
    """With all that a card shows, in a fixed number of queries."""
    return con_traduzioni(punti.con_orari().prefetch_related("servizi"), "servizi__traduzioni")


def qui(comune: Comune) -> Q:
    """The point stands in `comune` or says that it serves it."""
    return Q(sede__comune=comune) | _collegati("comuni_serviti", comune)


def riceve(come: str) -> Q:
    """The point receives with or without an appointment; one with both kinds of hours does both."""
    if come == CON_APPUNTAMENTO:
        return Q(solo_appuntamento=True) | _con_fasce(su_appuntamento=True)
    return Q(solo_appuntamento=False) & _con_fasce(su_appuntamento=False)


def accessibile(come: str) -> Q:
    """By wheelchair alone, or with some help too."""
    livelli = PuntoInformativo.Accessibilita
    return Q(accessibilita__in=[livelli.COMPLETA, *([livelli.PARZIALE] if come == ACCESSO_CON_AIUTO else [])])


def _condizioni(filtri: Filtri) -> list[Q]:
    condizioni = [Q(sede__comune=filtri.comune)] if filtri.comune else []
    for legame, voce in (("servizi", filtri.servizio), ("destinatari", filtri.destinatari), ("lingue", filtri.lingua)):
        if voce:
            condizioni.append(_collegati(legame, voce))
    if filtri.appuntamento:
        condizioni.append(riceve(filtri.appuntamento))
    if filtri.accessibile:
        condizioni.append(accessibile(filtri.accessibile))
    if filtri.a_distanza:
        condizioni.append(Q(a_distanza=True))
    return condizioni


def _collegati(legame: str, voce: Servizio | Destinatari | Lingua | Comune) -> Q:
    """The point has `voce` in a many-to-many relation: no join, so no row comes twice."""
    righe = getattr(PuntoInformativo, legame).through.objects.filter(**{voce._meta.model_name: voce})
    return Q(pk__in=righe.values("puntoinformativo"))


def _con_fasce(*, su_appuntamento: bool) -> Q:
    """The point has weekly spells of that kind: its own, or its host's when it follows them."""
    proprie = Orario.objects.filter(su_appuntamento=su_appuntamento).values("punto")
    dell_ospite = OrarioOspite.objects.filter(su_appuntamento=su_appuntamento).values("soggetto")
    return Q(orari_dell_ospite=False, pk__in=proprie) | Q(orari_dell_ospite=True, soggetto__in=dell_ospite)


def _con_distanza(punti: PuntoQuerySet, lat: float, lon: float) -> PuntoQuerySet:
    """As the crow flies on a local plane: right to a few metres within a province."""
    del_punto = Sede.coordinate("sede__")
    nord = (del_punto[0] - Value(lat)) * Value(KM_PER_GRADO)
    est = (del_punto[1] - Value(lon)) * Value(KM_PER_GRADO * math.cos(math.radians(lat)))
    return punti.annotate(distanza=Sqrt(nord * nord + est * est, output_field=FloatField()))
