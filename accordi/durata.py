"""How long an agreement lasts: months on the calendar, and the period that continues another. Pure, no database."""

from calendar import monthrange
from datetime import date, timedelta

UN_GIORNO = timedelta(days=1)


def aggiungi_mesi(giorno: date, mesi: int) -> date:
    """The same day `mesi` months later, or the last of a shorter month (art. 2963 c.c.)."""
    anni, mese = divmod(giorno.month - 1 + mesi, 12)
    anno, mese = giorno.year + anni, mese + 1
    return date(anno, mese, min(giorno.day, monthrange(anno, mese)[1]))


def ultimo_giorno(dal: date, mesi: int) -> date:
    """Last day in force of what lasts `mesi` months from `dal`: one year from 8 February ends on 7 February."""
    return aggiungi_mesi(dal, mesi) - UN_GIORNO


def prosegue(dal: date, al: date) -> tuple[date, date]:
    """First and last day of a period as long as from `dal` to `al`, right after it: whole months stay months."""
    inizio = al + UN_GIORNO
    mesi = (inizio.year - dal.year) * 12 + inizio.month - dal.month
    if mesi and aggiungi_mesi(dal, mesi) == inizio:
        return inizio, ultimo_giorno(inizio, mesi)
    return inizio, inizio + (al - dal)
