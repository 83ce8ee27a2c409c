"""Lights of indicators and phases: pure rules, no database (R50, R54).

During the year a light is a forecast; on the last day of the year it is final.
A rate can be mended until the end; late cases and days of delay can't.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Semaforo(models.TextChoices):
    """Lights, named as in the sheet; each is also said in words, never by colour alone."""

    VERDE = "green", _("Raggiunto")
    GIALLO = "yellow", _("A rischio")
    ROSSO = "red", _("Non raggiunto")
    ND = "nd", _("Non determinabile")


ICONE = {Semaforo.VERDE: "circle-check", Semaforo.GIALLO: "warning", Semaforo.ROSSO: "circle-xmark"}


@dataclass(frozen=True)
class Luce:
    """A light with the word that goes beside it."""

    colore: Semaforo
    parola: str | Promise

    @property
    def icona(self) -> str:
        """Name of a Wagtail icon."""
        return ICONE.get(self.colore, "help")


@dataclass(frozen=True)
class Periodo:
    """The spell of work that an indicator measures, seen on day `al`.

    `chiuso` when the year of the sheet is over: lights are final.
    """

    dal: date
    fine: date
    al: date
    chiuso: bool

    @property
    def quota(self) -> Decimal:
        """Part of the spell that has passed, from 0 to 1."""
        totale = (self.fine - self.dal).days + 1
        passati = min(max((self.al - self.dal).days + 1, 0), totale)
        return Decimal(passati) / totale

    @property
    def giorni_mancanti(self) -> int:
        """Days from `al` to the end; negative when it has passed."""
        return (self.fine - self.al).days

    @property
    def iniziato(self) -> bool:
        return self.al >= self.dal


def raggiunge(valore: Decimal, previsto: Decimal, *, basso: bool) -> bool:
    """The expected value is met: at least it, or at most it when low is better (`basso`)."""
    return valore <= previsto if basso else valore >= previsto


def luce_indicatore(
    valore: Decimal | None,
    previsto: Decimal,
    periodo: Periodo,
    *,
    basso: bool = False,
    tasso: bool = False,
    soglia: float = 0.75,
    allarme: int = 90,
) -> Luce:
    """The light of a value against the expected one.

    `tasso`: a percentage, which doesn't grow with time. `soglia`: part of the
    pace below which a count is at risk. `allarme`: days before the end from
    which a count that should have begun and is still at zero is at risk.
    """
    if valore is None:
        return Luce(Semaforo.ND, Semaforo.ND.label)
    if raggiunge(valore, previsto, basso=basso):
        return Luce(Semaforo.VERDE, Semaforo.VERDE.label)
    if periodo.chiuso or basso:
        return Luce(Semaforo.ROSSO, Semaforo.ROSSO.label)
    if not periodo.iniziato:
        return Luce(Semaforo.ND, _("Non ancora iniziato"))
    if tasso or not _in_linea(valore, previsto, periodo, soglia, allarme):
        return Luce(Semaforo.GIALLO, Semaforo.GIALLO.label)
    return Luce(Semaforo.VERDE, _("In linea"))


def _in_linea(valore: Decimal, previsto: Decimal, periodo: Periodo, soglia: float, allarme: int) -> bool:
    atteso = previsto * periodo.quota
    if atteso < 1 and periodo.giorni_mancanti > allarme:
        return True  # not even one was due yet, and there is time
    return valore >= atteso * Decimal(str(soglia))


def luce_fase(
    *, inizio_previsto: date, fine_prevista: date, inizio: date | None, fine: date | None, al: date, chiuso: bool
) -> Luce:
    """The light of a phase on day `al`; actual dates after that day count as not yet there."""
    if fine and fine <= al:
        if fine <= fine_prevista:
            return Luce(Semaforo.VERDE, _("Conclusa nei tempi"))
        return Luce(Semaforo.ROSSO, _("Conclusa in ritardo"))
    if al > fine_prevista or chiuso:
        return Luce(Semaforo.ROSSO, _("Non conclusa"))
    if inizio and inizio <= al:
        return Luce(Semaforo.VERDE, _("In corso"))
    if al > inizio_previsto:
        return Luce(Semaforo.GIALLO, _("Doveva iniziare"))
    return Luce(Semaforo.VERDE, _("Non ancora prevista"))
