"""Days when nobody expects an office to be open: national holidays and the patron saint. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext

# A Sunday since 1977 (L. 54/1977): no office closes for it.
NON_CHIUDE = "Giorno dell'unità nazionale"


@dataclass(frozen=True)
class Ricorrenza:
    """A day of every year."""

    giorno: int
    mese: int
    nome: str


@lru_cache(maxsize=16)
def feste_nazionali(anno: int, provincia: str = "") -> dict[date, str]:
    """Public holidays of Italy in `anno` (L. 260/1949 and later), plain Sundays apart.

    `provincia`: the two letters of a province, for the patron saint of its capital as well.
    """
    feste = holidays.Italy(years=anno, subdiv=provincia or None, language="it_IT")
    nomi = {g: "; ".join(n for n in nome.split("; ") if n != NON_CHIUDE) for g, nome in feste.items()}
    return {giorno: nome for giorno, nome in nomi.items() if nome}


def festa(data: date, patrono: Ricorrenza | None = None) -> str:
    """The holiday that falls on `data`, or the empty string; in the language in use, the patron saint as written."""
    if patrono and (patrono.giorno, patrono.mese) == (data.day, data.month):
        return patrono.nome
    nomi = feste_nazionali(data.year).get(data, "")
    return "; ".join(gettext(nome) for nome in nomi.split("; ")) if nomi else ""
