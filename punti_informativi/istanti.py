"""From wall-clock hours to instants, over the two changes of the clock. Pure.

The clocks of Europe move by a whole hour, on the hour. An hour that a clock shows
twice counts the first time; an hour that it skips counts as the moment of the jump.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from punti_informativi.orari import MEZZANOTTE, Calendario


@dataclass(frozen=True)
class Periodo:
    """Open from `inizio` to `fine`, both in UTC: spells of a kind that touch are one, over midnight too."""

    inizio: datetime
    fine: datetime
    su_appuntamento: bool = False


def istante(data: date, ora: time, fuso: tzinfo) -> datetime:
    """The first instant of `data`, in UTC, when a clock in `fuso` shows `ora` or later; 23:59 is the midnight after."""
    if ora == MEZZANOTTE:
        data, ora = data + timedelta(days=1), time(0)
    scritto = datetime.combine(data, ora, fuso)
    vero = scritto.astimezone(UTC).astimezone(fuso)
    if vero.time() != ora:
        vero = vero.replace(minute=0, second=0, microsecond=0)
    return vero.astimezone(UTC)


def ora_del_giorno(ora: datetime) -> time:
    """What to compare with the hours of a spell: in an hour shown for the second time, the end of that hour."""
    if ora.fold and ora.utcoffset() != ora.replace(fold=0).utcoffset():
        return time(ora.hour, 59, 59, 999999)
    return ora.time()


def periodi(calendario: Calendario, dal: date, quanti: int, fuso: tzinfo) -> Iterator[Periodo]:
    """In order, those of the `quanti` days from `dal`; a spell that falls in the skipped hour isn't there."""
    corrente = None
    for giorno in (calendario.giorno(dal + timedelta(days=n)) for n in range(quanti)):
        for i in giorno.intervalli:
            inizio, fine = (istante(giorno.data, ora, fuso) for ora in (i.dalle, i.alle))
            if inizio >= fine:
                continue
            if corrente and inizio <= corrente.fine and i.su_appuntamento == corrente.su_appuntamento:
                corrente = replace(corrente, fine=max(fine, corrente.fine))
                continue
            if corrente:
                yield corrente
            corrente = Periodo(inizio, fine, i.su_appuntamento)
    if corrente:
        yield corrente
