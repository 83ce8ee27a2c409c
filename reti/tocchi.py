"""Taps on the roll in the order in which hands made them, not in which the network brought them. Pure, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

ESITO, PERSONA, ARRIVO, USCITA, DELEGA = CAMPI = ("esito", "persona", "arrivo", "uscita", "delega")
PRESENTE, REMOTO, GIUSTIFICATO, ASSENTE, TOLTO = ESITI = ("presente", "remoto", "giustificato", "assente", "")
PRESENTI = (PRESENTE, REMOTO)
ADESSO = "adesso"


@dataclass(frozen=True)
class Fatto:
    """A tap already received on a seat. `chi` is the name of who made it, `mano` the number of their account."""

    campo: str
    valore: str
    fatto_il: datetime
    chi: str = ""
    mano: int = 0


def superato_da(campo: str, fatto_il: datetime, storia: Iterable[Fatto]) -> Fatto | None:
    """The tap of the same seat that already holds against one made at `fatto_il`, or None: the later tap wins.

    A name or a time also yields to a later outcome that says that nobody was there. Two taps of the same
    instant: the one received last wins.
    """
    dopo = [f for f in storia if f.fatto_il > fatto_il]
    contrari = [f for f in dopo if f.campo == campo or (f.campo == ESITO and f.valore not in PRESENTI)]
    return max(contrari, key=lambda f: f.fatto_il, default=None)


def ultimo(campo: str, storia: Iterable[Fatto]) -> Fatto | None:
    """The tap that holds for `campo`; of two made at the same instant, the one received last."""
    tenuto = None
    for fatto in storia:
        if fatto.campo == campo and (tenuto is None or fatto.fatto_il >= tenuto.fatto_il):
            tenuto = fatto
    return tenuto
