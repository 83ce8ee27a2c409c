"""The only clock: every rule that depends on the present asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_fermo_al: ContextVar[datetime | None] = ContextVar("fermo_al", default=None)


@dataclass
class Domande:
    """What a piece of work asked the clock, the day alone or the hour too: so, for how long its result holds."""

    del_giorno: bool = False
    dell_ora: bool = False

    def __bool__(self) -> bool:
        return self.del_giorno or self.dell_ora

    def vale_fino(self, dal: datetime, al_massimo: timedelta) -> datetime:
        """The end of the minute that `dal` falls in when the hour was asked, of the day in Europe/Rome when the day
        was; never more than `al_massimo` later."""
        if self.dell_ora:
            return dal.replace(second=0, microsecond=0) + timedelta(minutes=1)
        if not self.del_giorno:
            return dal + al_massimo
        domani = timezone.localdate(dal) + timedelta(days=1)
        return min(dal + al_massimo, timezone.make_aware(datetime.combine(domani, time(0))))


_domande: ContextVar[Domande | None] = ContextVar("domande", default=None)


def adesso() -> datetime:
    """The present instant, aware."""
    if (domande := _domande.get()) is not None:
        domande.dell_ora = True
    return _ora()


def oggi() -> date:
    """Today's date in Europe/Rome."""
    if (domande := _domande.get()) is not None:
        domande.del_giorno = True
    return timezone.localdate(_ora())


def _ora() -> datetime:
    return _fermo_al.get() or timezone.now()


@contextmanager
def fermo(al: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant: for demonstration data, which happened in the past."""
    segno = _fermo_al.set(al)
    try:
        yield
    finally:
        _fermo_al.reset(segno)


@contextmanager
def domande() -> Iterator[Domande]:
    """Take note of what is asked of the clock meanwhile; who was taking note already hears of it too."""
    note, fuori = Domande(), _domande.get()
    segno = _domande.set(note)
    try:
        yield note
    finally:
        _domande.reset(segno)
        if fuori is not None:
            fuori.del_giorno |= note.del_giorno
            fuori.dell_ora |= note.dell_ora
