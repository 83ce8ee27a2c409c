"""Opening hours: what holds on each day (R30, R34). Pure: no database.

Every time is wall-clock time of the place. What holds on a day, from the strongest:
a dated exception of the point, one of the host whose hours it follows (of either,
the shortest that covers the day; among equals the closure), a national holiday or
the patron saint, the weekly spells. A spell never crosses midnight: 23:59 means
midnight, and a spell that starts at 0:00 the day after goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.feste import Ricorrenza, festa

MEZZANOTTE = time(23, 59)


@dataclass(frozen=True)
class Fascia:
    """One spell of a week; `giorno` 0 is Monday."""

    giorno: int
    dalle: time
    alle: time
    su_appuntamento: bool = False


@dataclass(frozen=True)
class Deroga:
    """A dated closure, or an opening with its own times, on every day from `dal` to `al`."""

    dal: date
    al: date
    chiuso: bool = True
    dalle: time | None = None
    alle: time | None = None
    motivo: str = ""

    def copre(self, giorno: date) -> bool:
        return self.dal <= giorno <= self.al


@dataclass(frozen=True)
class Intervallo:
    dalle: time
    alle: time
    su_appuntamento: bool = False

    def __str__(self) -> str:
        return f"{ora_breve(self.dalle)}–{ora_breve(self.alle)}"


@dataclass(frozen=True)
class GiornoDiApertura:
    """What holds on one date; `motivo` says why it differs from the week, `noto` False that nobody told any hours."""

    data: date
    intervalli: tuple[Intervallo, ...] = ()
    motivo: str = ""
    noto: bool = True


@dataclass(frozen=True)
class Calendario:
    """The hours of one point; `deroghe_ospite` are those of a host whose hours it follows (R34)."""

    fasce: tuple[Fascia, ...] = ()
    deroghe: tuple[Deroga, ...] = ()
    patrono: Ricorrenza | None = None
    solo_appuntamento: bool = False
    deroghe_ospite: tuple[Deroga, ...] = ()
    _giorni: dict[date, GiornoDiApertura] = field(default_factory=dict, compare=False, repr=False)

    @property
    def noto(self) -> bool:
        """False when nobody has told any hours: unknown is said as unknown, never as closed."""
        return bool(self.fasce)

    def giorno(self, data: date) -> GiornoDiApertura:
        """What holds on `data`."""
        if data not in self._giorni:
            self._giorni[data] = self._calcola(data)
        return self._giorni[data]

    def giorni(self, dal: date, quanti: int) -> list[GiornoDiApertura]:
        return [self.giorno(dal + timedelta(days=n)) for n in range(quanti)]

    def settimana(self) -> list[tuple[str, tuple[Intervallo, ...]]]:
        """The weekly table: seven pairs (name of the day, spells)."""
        return [(str(WEEKDAYS[n]), self.della_settimana(n)) for n in range(7)]

    def della_settimana(self, giorno: int) -> tuple[Intervallo, ...]:
        """Spells of a day of the week, 0 is Monday, exceptions and holidays apart."""
        return _uniti((f.dalle, f.alle, self._appuntamento(f)) for f in self.fasce if f.giorno == giorno)

    def _appuntamento(self, fascia: Fascia) -> bool:
        return fascia.su_appuntamento or self.solo_appuntamento

    def _calcola(self, data: date) -> GiornoDiApertura:
        for deroghe in (self.deroghe, self.deroghe_ospite):
            if decisive := _decisive(deroghe, data):
                return self._straordinario(data, decisive)
        motivo = festa(data, self.patrono)
        intervalli = () if motivo else self.della_settimana(data.weekday())
        return GiornoDiApertura(data, intervalli, motivo, noto=self.noto)

    def _straordinario(self, data: date, decisive: list[Deroga]) -> GiornoDiApertura:
        motivo = next((d.motivo for d in decisive if d.motivo), "")
        if decisive[0].chiuso:
            return GiornoDiApertura(data, (), motivo or _("Chiusura straordinaria"))
        intervalli = _uniti((d.dalle, d.alle, self.solo_appuntamento) for d in decisive)
        return GiornoDiApertura(data, intervalli, motivo or _("Apertura straordinaria"))


def _decisive(deroghe: Iterable[Deroga], data: date) -> list[Deroga]:
    """Those that decide `data`: the shortest that cover it; among equals the closures."""
    coprono = [d for d in deroghe if d.copre(data)]
    durata = min((d.al - d.dal for d in coprono), default=None)
    brevi = [d for d in coprono if d.al - d.dal == durata]
    return [d for d in brevi if d.chiuso] or brevi


def _uniti(fasce: Iterable[tuple[time, time, bool]]) -> tuple[Intervallo, ...]:
    """Spells in order; those of a kind that touch or overlap are one."""
    uniti: list[Intervallo] = []
    for dalle, alle, su_appuntamento in sorted(fasce):
        ultimo = uniti[-1] if uniti else None
        if ultimo and dalle <= ultimo.alle and su_appuntamento == ultimo.su_appuntamento:
            uniti[-1] = replace(ultimo, alle=max(alle, ultimo.alle))
        else:
            uniti.append(Intervallo(dalle, alle, su_appuntamento))
    return tuple(uniti)


def ora_breve(ora: time) -> str:
    """9, 12:30, 24: as people write hours."""
    if ora == MEZZANOTTE:
        return "24"
    return f"{ora.hour}:{ora.minute:02d}" if ora.minute else str(ora.hour)
