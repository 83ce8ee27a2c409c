"""Who was in the room at a given time, and during an item of the agenda. Pure, no database. Times are local."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import Protocol


@dataclass(frozen=True)
class Permanenza:
    """The stay of one present seat; a missing time means from the start, or to the end."""

    chiave: int
    arrivo: time | None = None
    uscita: time | None = None


class ConValido(Protocol):
    valido: bool


def presenti_alle(ora: time, permanenze: Iterable[Permanenza]) -> set[int]:
    """Seats in the room at `ora`: from the minute of arrival, no longer at that of departure."""
    return {
        p.chiave for p in permanenze if (p.arrivo is None or p.arrivo <= ora) and (p.uscita is None or ora < p.uscita)
    }


def momenti(dalle: time, alle: time, permanenze: Iterable[Permanenza]) -> list[time]:
    """The start of an item and every later minute, before its end, at which somebody came or left."""
    orari = {t for p in permanenze for t in (p.arrivo, p.uscita) if t is not None}
    return [dalle, *sorted(t for t in orari if dalle < t < alle)]


@dataclass(frozen=True)
class Tratto:
    """A stretch of an item in which nobody moved, with who was there and what `valuta` said of them."""

    dalle: time
    alle: time
    presenti: frozenset[int]
    esito: ConValido


def tratti(
    dalle: time, alle: time, permanenze: Iterable[Permanenza], valuta: Callable[[set[int]], ConValido]
) -> list[Tratto]:
    """The item from `dalle` to `alle` cut at every arrival and departure; one stretch when nobody moved."""
    stati = list(permanenze)
    inizi = momenti(dalle, alle, stati)
    fatti = []
    for inizio, fine in zip(inizi, [*inizi[1:], alle], strict=True):
        presenti = presenti_alle(inizio, stati)
        fatti.append(Tratto(inizio, fine, frozenset(presenti), valuta(presenti)))
    return fatti
