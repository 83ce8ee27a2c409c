"""Open at a given moment, in SQL: the same rule as punti_informativi.orari, for lists and filters (R30)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery

from core.feste import feste_nazionali
from punti_informativi.models import Eccezione, FestaPatronale, Orario
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.orari import MEZZANOTTE


def aperti(punti: PuntoQuerySet, ora: datetime) -> PuntoQuerySet:
    """Those open at `ora`, local wall-clock time, by the rules of punti_informativi.orari."""
    giorno, adesso = ora.date(), ora.time()
    in_corso = Q(dalle__lte=adesso) & (Q(alle__gt=adesso) | Q(alle=MEZZANOTTE))
    coprono = Eccezione.objects.filter(punto=OuterRef("pk"), dal__lte=giorno, al__gte=giorno)
    decide = coprono.annotate(durata=F("al") - F("dal")).order_by("durata", "-chiuso").values("chiuso")[:1]
    punti = punti.annotate(chiuso_per_eccezione=Subquery(decide))
    aperto = Q(chiuso_per_eccezione=False) & Q(Exists(coprono.filter(in_corso, chiuso=False)))
    if giorno not in feste_nazionali(giorno.year):
        patroni = FestaPatronale.objects.filter(giorno=giorno.day, mese=giorno.month).values("comune")
        settimana = Orario.objects.filter(in_corso, punto=OuterRef("pk"), giorno=giorno.weekday())
        aperto |= Q(chiuso_per_eccezione__isnull=True) & Q(Exists(settimana)) & ~Q(sede__comune__in=patroni)
    return punti.filter(aperto)
