"""Open at a given moment, in SQL: the same rule as punti_informativi.orari, for lists and filters (R30, R34)."""

from datetime import date, datetime

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from core.feste import feste_nazionali
from punti_informativi.istanti import ora_del_giorno
from punti_informativi.models import Eccezione, EccezioneOspite, FestaPatronale, Orario, OrarioOspite
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.orari import MEZZANOTTE


def aperti(punti: PuntoQuerySet, ora: datetime) -> PuntoQuerySet:
    """Those open at `ora`, aware and in the place's own zone, by the rules of punti_informativi.orari.

    Each subquery starts from the rows of the day, not from the points: there are few.
    """
    giorno, adesso = ora.date(), ora_del_giorno(ora)
    in_corso = Q(dalle__lte=adesso) & (Q(alle__gt=adesso) | Q(alle=MEZZANOTTE))
    proprie, sue = _che_coprono(Eccezione.objects, giorno), _che_coprono(EccezioneOspite.objects, giorno)
    segue, senza_proprie = Q(orari_dell_ospite=True), ~Q(pk__in=proprie.values("punto"))
    straordinari = Q(pk__in=_decisive(proprie, "punto").filter(in_corso).values("punto"))
    straordinari_ospite = Q(soggetto__in=_decisive(sue, "soggetto").filter(in_corso).values("soggetto"))
    aperto = straordinari | (segue & senza_proprie & straordinari_ospite)
    if giorno not in feste_nazionali(giorno.year):
        oggi = in_corso & Q(giorno=giorno.weekday())
        propri = ~segue & Q(pk__in=Orario.objects.filter(oggi).values("punto"))
        dell_ospite = segue & Q(soggetto__in=OrarioOspite.objects.filter(oggi).values("soggetto"))
        dell_ospite &= ~Q(soggetto__in=sue.values("soggetto"))
        patroni = FestaPatronale.objects.filter(giorno=giorno.day, mese=giorno.month).values("comune")
        aperto |= (propri | dell_ospite) & senza_proprie & ~Q(sede__comune__in=patroni)
    return punti.filter(aperto)


def _che_coprono(eccezioni: QuerySet, giorno: date) -> QuerySet:
    durata = ExpressionWrapper(F("al") - F("dal"), output_field=DurationField())
    return eccezioni.filter(dal__lte=giorno, al__gte=giorno).alias(durata=durata)


def _decisive(coprono: QuerySet, di: str) -> QuerySet:
    """Openings that no shorter exception of the same owner (`di`) overrides, nor a closure as long."""
    piu_forti = coprono.filter(**{di: OuterRef(di)}).filter(
        Q(durata__lt=OuterRef("durata")) | Q(durata=OuterRef("durata"), chiuso=True)
    )
    return coprono.filter(~Exists(piu_forti), chiuso=False)
