"""How fresh a point's data are: confirmed, to be confirmed again, off the site (R31). Pure.

Computed from dates alone: a point leaves the site and returns to it with no job having run.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

AGGIORNATO, DA_CONFERMARE, SCADUTO = "aggiornato", "da_confermare", "scaduto"


@dataclass(frozen=True)
class Freschezza:
    """Marked from `scade_il` on, off the site from `fuori_dal` on; `esito` is one of the three words above."""

    verificato_il: date
    scade_il: date
    fuori_dal: date
    esito: str

    @property
    def marcata(self) -> bool:
        return self.esito == DA_CONFERMARE

    @property
    def scaduta(self) -> bool:
        return self.esito == SCADUTO


def freschezza(verificato_il: date, al: date, *, mesi: int, tolleranza: int) -> Freschezza:
    """How data confirmed on `verificato_il` stand on the day `al`: that holds for `mesi`; `tolleranza` is in days."""
    scade_il = verificato_il + relativedelta(months=mesi)
    fuori_dal = scade_il + timedelta(days=tolleranza)
    esito = SCADUTO if al >= fuori_dal else DA_CONFERMARE if al >= scade_il else AGGIORNATO
    return Freschezza(verificato_il, scade_il, fuori_dal, esito)


def ultima_scaduta(al: date, *, mesi: int, tolleranza: int) -> date:
    """The latest day of confirmation whose data are off the site on `al`: the same rule, for a query.

    Months differ in length: several days may lapse on the same one, and the last of them counts.
    """
    limite = al - timedelta(days=tolleranza)
    giorno = limite - relativedelta(months=mesi)
    while giorno + timedelta(days=1) + relativedelta(months=mesi) <= limite:
        giorno += timedelta(days=1)
    return giorno
