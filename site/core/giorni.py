"""Local days as instants: what falls on a day of Europe/Rome, asked of an indexed column as it is stored.

`campo__date` would convert every row; two bounds computed once let the index answer. Midnight of Rome
exists once on every day: the clock changes at 2 and at 3.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone


def mezzanotte(giorno: date) -> datetime:
    """The instant at which the local day begins."""
    return datetime.combine(giorno, time.min, timezone.get_default_timezone())


def nei_giorni(campo: str, dal: date | None = None, al: date | None = None) -> Q:
    """The instant `campo` falls on a local day from `dal` to `al`, both included; None: no bound."""
    condizione = Q()
    if dal:
        condizione &= Q(**{f"{campo}__gte": mezzanotte(dal)})
    if al:
        condizione &= Q(**{f"{campo}__lt": mezzanotte(al + timedelta(days=1))})
    return condizione
