"""Terms in calendar days, computed from dates and never from a job having run (R01)."""

from collections.abc import Iterable
from datetime import date, timedelta


def scadenza(dal: date, giorni: int) -> date:
    """Last useful day of a term of `giorni` calendar days; `dal` is day 0 (art. 2963 c.c.)."""
    return dal + timedelta(days=giorni)


def giorni_lordi(dal: date, al: date) -> int:
    """Calendar days elapsed from `dal` (day 0) to `al`."""
    return (al - dal).days


def giorni_netti(dal: date, al: date, sospensioni: Iterable[tuple[date, date | None]]) -> int:
    """Gross days less those spent in suspensions; an open suspension (None) runs until `al`.

    A day that two suspensions share is taken off once.
    """
    return giorni_lordi(dal, al) - len(_sospesi(dal, al, sospensioni))


def scadenza_netta(dal: date, giorni: int, sospensioni: Iterable[tuple[date, date | None]], al: date) -> date:
    """Last useful day of `giorni` days that stand still during suspensions; an open one (None) is known until `al`.

    It agrees with `giorni_netti`: that day has `giorni` net days, the next one more. A
    suspension that begins after it moves nothing; one that begins on it does.
    """
    sospesi = _sospesi(dal, al, sospensioni)
    giorno = dal
    while giorni or giorno in sospesi:
        giorni -= giorno not in sospesi
        giorno += timedelta(days=1)
    return giorno


def _sospesi(dal: date, al: date, sospensioni: Iterable[tuple[date, date | None]]) -> set[date]:
    sospesi: set[date] = set()
    for inizio, fine in sospensioni:
        primo, ultimo = max(inizio, dal), min(fine or al, al)
        sospesi.update(primo + timedelta(days=n) for n in range((ultimo - primo).days))
    return sospesi
