"""The coordinator's calendar: meetings, and dates that open polls propose, chosen by the same filters (R20, R23)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q

from core.giorni import mezzanotte
from reti.models import Adesione, Convocazione, Fascia, Incontro, PuntoOdg, Rete, Sondaggio
from reti.models.incontri import IncontroQuerySet
from reti.queries.conflitti import DURATA_MASSIMA
from reti.stati import StatoIncontro, StatoSondaggio

PROPOSTO = "proposto"
PROVINCIA, ALTRI = "provincia", "altri"


@dataclass(frozen=True)
class Filtri:
    """What to show; an empty value restricts nothing. `convoca`: provincia or altri; `miei`: of that user."""

    rete: Rete | None = None
    tipo: str = ""
    tema: str = ""
    stato: str = ""
    convoca: str = ""
    luogo: str = ""
    persona: str = ""
    q: str = ""
    miei: Any = None


def _contiene(testo: str, *campi: str) -> Q:
    return Q(*((f"{campo}__icontains", testo) for campo in campi), _connector=Q.OR)


def _con_reti(modello: type[Model], reti: Any) -> Q:
    """Of one of those boards, also as the second of a joint meeting; by subquery, so that each row comes once."""
    congiunti = modello.altre_reti.through.objects.filter(rete__in=reti).values(modello._meta.model_name)
    return Q(rete__in=reti) | Q(pk__in=congiunti)


def _reti_scelte(filtri: Filtri) -> dict[str, Any]:
    scelte = {"pk": filtri.rete.pk if filtri.rete else "", "tipo": filtri.tipo, "tema": filtri.tema}
    if filtri.convoca:
        scelte["convocante__titolare_piattaforma"] = filtri.convoca == PROVINCIA
    return {campo: valore for campo, valore in scelte.items() if valore != ""}


def _per_seggio(modello: type[Model], seggi: Q, deleghe: Q, propri: Q) -> Q:
    """Where some seat of the board is as `seggi` says, some delegate as `deleghe`, or the row itself as `propri`."""
    trovati = _con_reti(modello, Adesione.objects.filter(seggi).values("rete")) | propri
    if modello is Incontro:
        trovati |= Q(pk__in=Convocazione.objects.filter(deleghe).values("incontro"))
    return trovati


def _scegli(modello: type[Model], filtri: Filtri) -> Q:
    """The filters that meetings and polls share, as one condition."""
    condizione = Q()
    if scelte := _reti_scelte(filtri):
        condizione &= _con_reti(modello, Rete.objects.filter(**scelte).values("pk"))
    if filtri.luogo:
        condizione &= Q(luogo__icontains=filtri.luogo)
    if filtri.persona:
        nomi = ("titolare_nome", "titolare_email", "titolare__first_name", "titolare__last_name", "titolare__email")
        deleghe = _contiene(filtri.persona, "delegato", "delegato_email")
        condizione &= _per_seggio(modello, _contiene(filtri.persona, *nomi), deleghe, Q())
    if filtri.miei:
        email = filtri.miei.email
        seggi = Q(titolare=filtri.miei) | Q(titolare_email__iexact=email)
        condizione &= _per_seggio(modello, seggi, Q(delegato_email__iexact=email), Q(creato_da=filtri.miei))
    return condizione


def incontri_scelti(utente: Any, filtri: Filtri, dal: date | None = None, al: date | None = None) -> IncontroQuerySet:
    """Meetings that `utente` sees, by `filtri`, that touch the days [dal, al] (None: open); the earliest first."""
    if filtri.stato == PROPOSTO:
        return Incontro.objects.none()
    # Every state is named even when all are wanted, so that the index on state and start serves.
    stati = [filtri.stato] if filtri.stato else StatoIncontro.values
    scelti = Incontro.objects.visibili_a(utente).filter(_scegli(Incontro, filtri), stato__in=stati)
    if dal:
        inizio = mezzanotte(dal)
        scelti = scelti.filter(fine__gt=inizio, inizio__gt=inizio - DURATA_MASSIMA)
    if al:
        scelti = scelti.filter(inizio__lt=mezzanotte(al + timedelta(days=1)))
    if filtri.q:
        punti = PuntoOdg.objects.filter(titolo__icontains=filtri.q).values("incontro")
        scelti = scelti.filter(_contiene(filtri.q, "titolo", "rete__nome") | Q(pk__in=punti))
    return scelti.select_related("rete__convocante").prefetch_related("altre_reti").order_by("inizio", "pk")


def fasce_scelte(utente: Any, filtri: Filtri, dal: date, al: date):
    """Dates that open polls propose in the days [dal, al], by the same filters: QuerySet[Fascia]."""
    if filtri.stato not in ("", PROPOSTO):
        return Fascia.objects.none()
    inizio, fine = mezzanotte(dal), mezzanotte(al + timedelta(days=1))
    sondaggi = Sondaggio.objects.visibili_a(utente).filter(_scegli(Sondaggio, filtri), stato=StatoSondaggio.APERTO)
    if filtri.q:
        sondaggi = sondaggi.filter(_contiene(filtri.q, "titolo", "rete__nome", "ordine_del_giorno"))
    fasce = Fascia.objects.filter(sondaggio__in=sondaggi, inizio__lt=fine, fine__gt=inizio)
    return fasce.select_related("sondaggio__rete__convocante").order_by("inizio", "pk")
