"""A month as weeks of days, each with what happens in it."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.feste import feste_nazionali
from core.orologio import oggi
from reti.models import Fascia, Incontro, Rete
from reti.queries.calendario import PROPOSTO
from reti.stati import StatoIncontro

PER_GIORNO = 4
ICONE = {
    StatoIncontro.BOZZA: "edit",
    StatoIncontro.CONVOCATO: "mail",
    StatoIncontro.SVOLTO: "check",
    StatoIncontro.VERBALIZZATO: "doc-full",
    StatoIncontro.RINVIATO: "time",
    StatoIncontro.ANNULLATO: "cross",
    PROPOSTO: "help",
}


@dataclass(frozen=True)
class Impegno:
    """A line of the calendar: a meeting, or a date that an open poll proposes. Times are local."""

    inizio: datetime
    fine: datetime
    titolo: str
    tavoli: str
    rete: Rete
    stato: str
    etichetta: str
    luogo: str
    url: str

    @property
    def icona(self) -> str:
        return ICONE[self.stato]

    @property
    def giorni(self) -> Iterator[date]:
        """The local days that it touches; an end at midnight doesn't touch the next."""
        ultimo = (self.fine - timedelta(microseconds=1)).date()
        return (self.inizio.date() + timedelta(days=n) for n in range((ultimo - self.inizio.date()).days + 1))


def da_incontro(incontro: Incontro) -> Impegno:
    """`incontro` with its rete, who convenes it and the boards joined."""
    pagina = "gestione_inviti:scheda" if incontro.rete.di_altri else "gestione_incontri:scheda"
    return Impegno(
        inizio=timezone.localtime(incontro.inizio),
        fine=timezone.localtime(incontro.fine),
        titolo=incontro.titolo,
        tavoli=incontro.tavoli,
        rete=incontro.rete,
        stato=incontro.stato,
        etichetta=incontro.get_stato_display(),
        luogo=incontro.luogo or (incontro.get_modalita_display() if incontro.modalita == "remoto" else ""),
        url=reverse(pagina, args=[incontro.pk]),
    )


def da_fascia(fascia: Fascia) -> Impegno:
    """`fascia` with its poll, rete and who convenes it."""
    sondaggio = fascia.sondaggio
    return Impegno(
        inizio=timezone.localtime(fascia.inizio),
        fine=timezone.localtime(fascia.fine),
        titolo=sondaggio.titolo,
        tavoli=sondaggio.rete.nome,
        rete=sondaggio.rete,
        stato=PROPOSTO,
        etichetta=_("Data proposta"),
        luogo=sondaggio.luogo,
        url=reverse("gestione_sondaggi:scheda", args=[sondaggio.pk]),
    )


@dataclass
class Giorno:
    """A day of the grid. `festa`: the national holiday, or empty."""

    data: date
    nel_mese: bool = True
    festa: str = ""
    impegni: list[Impegno] = field(default_factory=list)

    @property
    def oggi(self) -> bool:
        return self.data == oggi()

    @property
    def mostrati(self) -> list[Impegno]:
        """The first ones: the others are behind a link."""
        return self.impegni[:PER_GIORNO]

    @property
    def altri(self) -> int:
        return len(self.impegni) - len(self.mostrati)


@dataclass(frozen=True)
class Mese:
    """A month of a year; `str` is the text of its URL, «2023-03»."""

    anno: int
    mese: int

    @classmethod
    def di(cls, giorno: date) -> "Mese":
        return cls(giorno.year, giorno.month)

    def __str__(self) -> str:
        return f"{self.anno:04d}-{self.mese:02d}"

    @property
    def primo(self) -> date:
        return date(self.anno, self.mese, 1)

    @property
    def ultimo(self) -> date:
        return date(self.anno, self.mese, calendar.monthrange(self.anno, self.mese)[1])

    @property
    def precedente(self) -> "Mese":
        return Mese.di(self.primo - timedelta(days=1))

    @property
    def successivo(self) -> "Mese":
        return Mese.di(self.ultimo + timedelta(days=1))

    def settimane(self, impegni: Iterable[Impegno] = ()) -> list[list[Giorno]]:
        """Weeks from Monday, whole: the first and the last have days of the months beside."""
        settimane = [
            [Giorno(g, g.month == self.mese, feste_nazionali(g.year).get(g, "")) for g in settimana]
            for settimana in calendar.Calendar(calendar.MONDAY).monthdatescalendar(self.anno, self.mese)
        ]
        giorni = {giorno.data: giorno for settimana in settimane for giorno in settimana}
        for impegno in sorted(impegni, key=lambda i: (i.inizio, i.titolo)):
            for data in impegno.giorni:
                if data in giorni:
                    giorni[data].impegni.append(impegno)
        return settimane


def per_giorno(impegni: Iterable[Impegno]) -> list[Giorno]:
    """Only the days on which something begins, in the order given."""
    giorni: dict[date, Giorno] = {}
    for impegno in impegni:
        data = impegno.inizio.date()
        giorno = giorni.setdefault(data, Giorno(data, festa=feste_nazionali(data.year).get(data, "")))
        giorno.impegni.append(impegno)
    return list(giorni.values())
