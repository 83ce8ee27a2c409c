"""Opening hours: open now, opens when, the next days (R30). Pure: no database, the instant is an argument.

Every time is wall-clock time of the place. What holds on a day, from the strongest:
a dated exception (the shortest one that covers the day; among equals the closure),
a national holiday or the patron saint, the weekly spells. A spell never crosses
midnight: 23:59 means midnight, and a spell that starts at 0:00 the day after goes on.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.feste import Ricorrenza, festa

MEZZANOTTE = time(23, 59)
ORIZZONTE_GIORNI = 60
SIGLE = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


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
    """What holds on one date; `motivo` says why it differs from the week."""

    data: date
    intervalli: tuple[Intervallo, ...] = ()
    motivo: str = ""


@dataclass(frozen=True)
class Apertura:
    """`esito`: aperto, chiuso, appuntamento (only by appointment) or non_noto; `frase` says it in words."""

    esito: str
    frase: str

    @property
    def aperto(self) -> bool:
        return self.esito == "aperto"


@dataclass(frozen=True)
class Calendario:
    """The hours of one point."""

    fasce: tuple[Fascia, ...] = ()
    deroghe: tuple[Deroga, ...] = ()
    patrono: Ricorrenza | None = None
    solo_appuntamento: bool = False
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
        return [(str(WEEKDAYS[n]), self._della_settimana(n)) for n in range(7)]

    def schema_org(self) -> list[str]:
        """Values of schema.org `openingHours`: days with the same spell share one line, «Mo,We 09:00-12:30»."""
        per_ore: dict[tuple[time, time], list[str]] = {}
        for fascia in sorted(self.fasce, key=lambda f: (f.dalle, f.alle, f.giorno)):
            per_ore.setdefault((fascia.dalle, fascia.alle), []).append(SIGLE[fascia.giorno])
        return [f"{','.join(giorni)} {d:%H:%M}-{a:%H:%M}" for (d, a), giorni in per_ore.items()]

    def apertura(self, ora: datetime) -> Apertura:
        """Whether it is open at `ora`, local wall-clock time, and what comes next."""
        adesso = ora.time()
        for intervallo in self.giorno(ora.date()).intervalli:
            if intervallo.dalle <= adesso and (adesso < intervallo.alle or intervallo.alle == MEZZANOTTE):
                return self._aperto(ora.date(), intervallo)
        if not self.noto and not any(not d.chiuso and d.al >= ora.date() for d in self.deroghe):
            if self.solo_appuntamento:
                return Apertura("appuntamento", _("Solo su appuntamento: telefona o scrivi"))
            return Apertura("non_noto", _("Orari non comunicati"))
        return Apertura("chiuso", self._chiuso(ora))

    def _calcola(self, data: date) -> GiornoDiApertura:
        coprono = [d for d in self.deroghe if d.copre(data)]
        if coprono:
            prima = min(coprono, key=lambda d: (d.al - d.dal, not d.chiuso))
            if prima.chiuso:
                return GiornoDiApertura(data, (), prima.motivo or _("Chiusura straordinaria"))
            aperture = sorted({(d.dalle, d.alle) for d in coprono if not d.chiuso})
            return GiornoDiApertura(
                data, tuple(Intervallo(*a) for a in aperture), prima.motivo or _("Apertura straordinaria")
            )
        motivo = festa(data, self.patrono)
        return GiornoDiApertura(data, () if motivo else self._della_settimana(data.weekday()), motivo)

    def _della_settimana(self, giorno: int) -> tuple[Intervallo, ...]:
        scelte = sorted((f for f in self.fasce if f.giorno == giorno), key=lambda f: f.dalle)
        return tuple(Intervallo(f.dalle, f.alle, f.su_appuntamento or self.solo_appuntamento) for f in scelte)

    def _aperto(self, data: date, intervallo: Intervallo) -> Apertura:
        fine = alle(self._fine(data, intervallo))
        if intervallo.su_appuntamento:
            return Apertura("aperto", _("Aperto ora su appuntamento, chiude %s") % fine)
        return Apertura("aperto", _("Aperto ora, chiude %s") % fine)

    def _fine(self, data: date, intervallo: Intervallo) -> time:
        """The closing time, joining spells that touch, over midnight too."""
        for _volta in range(14):
            if intervallo.alle == MEZZANOTTE:
                data, attesa = data + timedelta(days=1), time(0)
            else:
                attesa = intervallo.alle
            seguito = next((i for i in self.giorno(data).intervalli if i.dalle == attesa), None)
            if seguito is None or seguito.su_appuntamento != intervallo.su_appuntamento:
                break
            intervallo = seguito
        return intervallo.alle

    def _chiuso(self, ora: datetime) -> str:
        oggi = self.giorno(ora.date())
        perche = _("Chiuso oggi (%s)") % oggi.motivo if oggi.motivo and not oggi.intervalli else _("Chiuso ora")
        for distanza, giorno in enumerate(self.giorni(ora.date(), ORIZZONTE_GIORNI)):
            for intervallo in giorno.intervalli:
                if distanza or intervallo.dalle > ora.time():
                    quando = f"{nome_del_giorno(giorno.data, distanza)} {alle(intervallo.dalle)}".strip()
                    if intervallo.su_appuntamento:
                        return _("%(perche)s, apre %(quando)s su appuntamento") % {"perche": perche, "quando": quando}
                    return _("%(perche)s, apre %(quando)s") % {"perche": perche, "quando": quando}
        return _("%(perche)s, nessuna apertura nei prossimi %(giorni)d giorni") % {
            "perche": perche,
            "giorni": ORIZZONTE_GIORNI,
        }


def ora_breve(ora: time) -> str:
    """9, 12:30, 24: as people write hours."""
    if ora == MEZZANOTTE:
        return "24"
    return f"{ora.hour}:{ora.minute:02d}" if ora.minute else str(ora.hour)


def alle(ora: time) -> str:
    """«alle 9», «alle 12:30», «all'1», «a mezzanotte»."""
    if ora in (MEZZANOTTE, time(0)):
        return _("a mezzanotte")
    return (_("all'%s") if ora.hour == 1 else _("alle %s")) % ora_breve(ora)


def nome_del_giorno(data: date, distanza: int) -> str:
    """Empty today, «domani», «martedì», and with its date beyond six days."""
    if distanza < 2:
        return _("domani") if distanza else ""
    return date_format(data, "l" if distanza < 7 else "l j F").lower()
