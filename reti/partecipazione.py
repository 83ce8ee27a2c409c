"""Participation: what is counted, the one formula of its rate, quarters compared (R26). Pure, no database."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

MESI = 3  # of a quarter


def tasso_partecipazione(presenze: int, inviti: int) -> Decimal | None:
    """100 × attended ÷ held meetings to which there was an invitation, to one decimal.

    A justified absence stays in the denominator. None, shown as «n.d.», when there was no invitation.
    """
    if not inviti:
        return None
    return (Decimal(100 * presenze) / inviti).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Partecipazione:
    """One row: whose it is, and how often. `chiave` finds it again, `giorno` orders what has a date.

    `inviti` is the invitations of seats to held meetings, `incontri` those meetings, each once.
    """

    chiave: Any
    nome: str
    incontri: int = 0
    inviti: int = 0
    presenze: int = 0
    giustificate: int = 0
    assenti: int = 0
    dettaglio: str = ""
    giorno: date | None = None

    @property
    def non_rilevate(self) -> int:
        """Invitations about which the roll says nothing: not present, as far as anyone knows."""
        return self.inviti - self.presenze - self.giustificate - self.assenti

    @property
    def tasso(self) -> Decimal | None:
        """Percent, or None when there was no invitation."""
        return tasso_partecipazione(self.presenze, self.inviti)

    def parte(self, quanti: int) -> Decimal:
        """`quanti` as percent of the invitations, for a drawing; 0 without invitations."""
        return tasso_partecipazione(quanti, self.inviti) or Decimal(0)


def somma(righe: Iterable[Partecipazione], chiave: Any = "", nome: str = "") -> Partecipazione:
    """All of `righe` together. Meetings add up right only where no row shares one with another."""
    tutte = list(righe)
    campi = ("incontri", "inviti", "presenze", "giustificate", "assenti")
    return Partecipazione(chiave, nome, *(sum(getattr(r, c) for r in tutte) for c in campi))


@dataclass(frozen=True, order=True)
class Trimestre:
    """A quarter of a year, from 1 to 4."""

    anno: int
    numero: int

    @classmethod
    def di(cls, giorno: date) -> "Trimestre":
        return cls(giorno.year, (giorno.month - 1) // MESI + 1)

    @classmethod
    def da_codice(cls, codice: str) -> "Trimestre":
        """Of «2023-T1»; ValueError when it isn't one."""
        anno, _separa, numero = codice.partition("-T")
        trimestre = cls(int(anno), int(numero))
        if not 1 <= trimestre.numero <= 4 or trimestre.codice != codice:
            raise ValueError(codice)
        return trimestre

    @property
    def codice(self) -> str:
        return f"{self.anno}-T{self.numero}"

    @property
    def dal(self) -> date:
        return date(self.anno, (self.numero - 1) * MESI + 1, 1)

    @property
    def al(self) -> date:
        return self.successivo.dal - timedelta(days=1)

    @property
    def successivo(self) -> "Trimestre":
        return Trimestre(self.anno + self.numero // 4, self.numero % 4 + 1)

    def __str__(self) -> str:
        return _("%(numero)d° trimestre %(anno)d") % {"numero": self.numero, "anno": self.anno}


def trimestri(noti: Collection[Trimestre]) -> Iterator[Trimestre]:
    """Every quarter from the first of `noti` to the last, with those between."""
    if noti:
        trimestre, ultimo = min(noti), max(noti)
        while trimestre <= ultimo:
            yield trimestre
            trimestre = trimestre.successivo


@dataclass(frozen=True)
class Passo:
    """A quarter of the trend, and the last one before it whose rate can be told."""

    riga: Partecipazione
    prima: Partecipazione | None = None

    @property
    def differenza(self) -> Decimal | None:
        """Points gained (negative: lost) since `prima`, between the rates as shown."""
        if self.prima is None or self.riga.tasso is None:
            return None
        return self.riga.tasso - self.prima.tasso

    @property
    def frase(self) -> str:
        """The difference in words."""
        if self.riga.tasso is None:
            return _("Nessun incontro tenuto")
        if self.differenza is None:
            return _("Il primo del periodo")
        if not self.differenza:
            return _("Come nel %s") % self.prima.nome
        punti = f"{abs(self.differenza):.1f}".replace(".", ",")
        frase = (
            _("%(punti)s punti in più del %(prima)s")
            if self.differenza > 0
            else _("%(punti)s punti in meno del %(prima)s")
        )
        return frase % {"punti": punti, "prima": self.prima.nome}


def passi(righe: Iterable[Partecipazione]) -> Iterator[Passo]:
    """Each quarter beside the last one before it that has a rate. `righe` in order of time."""
    prima = None
    for riga in righe:
        yield Passo(riga, prima)
        prima = riga if riga.tasso is not None else prima
