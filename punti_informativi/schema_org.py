"""Opening hours for search engines: schema.org OpeningHoursSpecification, weekly and special (R30). Pure.

A closed day is written as search engines read it: it opens and closes at 00:00.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from punti_informativi.orari import Calendario, GiornoDiApertura, Intervallo

GIORNI = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHIUSO = Intervallo(time(0), time(0))


@dataclass(frozen=True)
class Specifica:
    """One OpeningHoursSpecification: of days of the week, or of the dates from `dal` to `al`."""

    apre: time
    chiude: time
    giorni: tuple[str, ...] = ()
    dal: date | None = None
    al: date | None = None
    descrizione: str = ""


def settimanali(calendario: Calendario) -> list[Specifica]:
    """Days with the same spell share one; nothing when the hours are unknown."""
    per_ore: dict[Intervallo, list[str]] = {}
    for numero, nome in enumerate(GIORNI):
        for intervallo in calendario.della_settimana(numero):
            per_ore.setdefault(intervallo, []).append(nome)
    return [Specifica(i.dalle, i.alle, tuple(giorni), descrizione=_nota(i)) for i, giorni in per_ore.items()]


def speciali(calendario: Calendario, dal: date, quanti: int) -> list[Specifica]:
    """Closures, openings and holidays of the `quanti` days from `dal`, as they hold; equal days in a row are one."""
    righe = []
    diversi = [g for g in calendario.giorni(dal, quanti) if g.motivo and g.noto]
    for _chiave, gruppo in groupby(enumerate(diversi), key=_di_seguito):
        giorni = [giorno for _n, giorno in gruppo]
        for i in giorni[0].intervalli or (CHIUSO,):
            descrizione = ", ".join(filter(None, (giorni[0].motivo, _nota(i))))
            righe.append(Specifica(i.dalle, i.alle, (), giorni[0].data, giorni[-1].data, descrizione))
    return righe


def _di_seguito(numerato: tuple[int, GiornoDiApertura]) -> tuple[date, tuple[Intervallo, ...], str]:
    numero, giorno = numerato
    return giorno.data - timedelta(days=numero), giorno.intervalli, giorno.motivo


def _nota(intervallo: Intervallo) -> str:
    return _("su appuntamento") if intervallo.su_appuntamento else ""
