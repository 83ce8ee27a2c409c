"""Dates of a series: by nth weekday or as listed, with what one should know of each. Pure, no database (R25)."""

import re
from calendar import SATURDAY
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE
from dateutil.rrule import MONTHLY, rrule
from django.utils.translation import gettext as _

from core.feste import feste_nazionali

MASSIMO = 60
AGOSTO = 8
GIORNI = (MO, TU, WE, TH, FR, SA, SU)
ULTIMO = -1
FORME = (
    re.compile(r"(?P<giorno>\d{1,2})[/.-](?P<mese>\d{1,2})[/.-](?P<anno>\d{4})"),
    re.compile(r"(?P<anno>\d{4})-(?P<mese>\d{1,2})-(?P<giorno>\d{1,2})"),
)


@dataclass(frozen=True)
class Regola:
    """The `ordinale` (1 to 4, or ULTIMO) `giorno` of the week (0 Monday), every `mesi` months from `dal`.

    Until `al`, included, or `volte` times.
    """

    ordinale: int
    giorno: int
    dal: date
    mesi: int = 1
    al: date | None = None
    volte: int | None = None


def date_della_regola(regola: Regola) -> list[date]:
    """The dates, the first first; one more than MASSIMO at most, so that who reads sees that they are too many.

    Months are counted from that of `dal`, whose own day may already be past.
    """
    quale = GIORNI[regola.giorno](regola.ordinale)
    serie = rrule(MONTHLY, dtstart=regola.dal, interval=regola.mesi, byweekday=quale, until=regola.al)
    return [istante.date() for istante in islice(serie, min(regola.volte or MASSIMO + 1, MASSIMO + 1))]


def date_dell_elenco(testo: str) -> list[date]:
    """The dates written one a line, as 7/3/2027 or 2027-03-07, in order and once each.

    Raises ValueError with the first line that is no date.
    """
    trovate = {_data(riga.strip()) for riga in testo.splitlines() if riga.strip()}
    return sorted(trovate)


def _data(riga: str) -> date:
    trovata = next((m for forma in FORME if (m := forma.fullmatch(riga))), None)
    try:
        return date(*(int(trovata[parte]) for parte in ("anno", "mese", "giorno")))
    except (TypeError, ValueError):
        raise ValueError(riga) from None


def avvertenze(giorno: date, provincia: str = "") -> list[str]:
    """What makes that day a doubtful choice: a holiday, a weekend, August."""
    frasi = []
    if festa := feste_nazionali(giorno.year, provincia).get(giorno):
        frasi.append(_("festa: %s") % festa)
    if giorno.weekday() >= SATURDAY:
        frasi.append(_("sabato") if giorno.weekday() == SATURDAY else _("domenica"))
    if giorno.month == AGOSTO:
        frasi.append(_("agosto"))
    return frasi
