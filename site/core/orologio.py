"""The only clock: every rule that depends on the present asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fermo_al: ContextVar[datetime | None] = ContextVar("fermo_al", default=None)


def adesso() -> datetime:
    """The present instant, aware."""
    return _fermo_al.get() or timezone.now()


def oggi() -> date:
    """Today's date in Europe/Rome."""
    return timezone.localdate(adesso())


@contextmanager
def fermo(al: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant: for demonstration data, which happened in the past."""
    segno = _fermo_al.set(al)
    try:
        yield
    finally:
        _fermo_al.reset(segno)
