"""The board as a deciding body: quorum by head, share or weight, and who must be there. Pure, no database.

A rule of composition is data of the board, a list whose elements have these keys (all but the first optional):

    {"nome": "esperto del settore sociale", "minimo": 1, "qualifiche": ["sociale"],
     "nature": ["privato"], "tipi": ["operatore"]}

One seat fills one place at most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from core.abbinamenti import posti_coperti

SEGGI, PERCENTO, PESO = "seggi", "percento", "peso"
Regola = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Seggio:
    """A seat as the rules see it. `chiave` names it among the others."""

    chiave: int
    vota: bool = True
    peso: int = 1
    qualifica: str = ""
    natura: str = ""
    tipo: str = ""


@dataclass(frozen=True)
class Quorum:
    """`modo`: seats, percent of the seats, percent of the weight; `soglia` None = no quorum asked."""

    modo: str = SEGGI
    soglia: int | None = None


@dataclass(frozen=True)
class Conto:
    """Present, total and needed: seats, or weight when the quorum is weighted."""

    presenti: int
    totale: int
    serve: int | None

    @property
    def raggiunto(self) -> bool:
        return self.serve is None or self.presenti >= self.serve

    @property
    def mancano(self) -> int:
        return max((self.serve or 0) - self.presenti, 0)


def conta(quorum: Quorum, seggi: Sequence[Seggio], presenti: Collection[int]) -> Conto:
    """How many of the seats that vote are there, and whether it is enough. A share is rounded up."""
    votanti = [(s.chiave, s.peso if quorum.modo == PESO else 1) for s in seggi if s.vota]
    totale = sum(peso for _chiave, peso in votanti)
    ci_sono = sum(peso for chiave, peso in votanti if chiave in presenti)
    serve = quorum.soglia
    if serve is not None and quorum.modo != SEGGI:
        serve = ceil(totale * serve / 100)
    return Conto(ci_sono, totale, serve)


def _adatto(posto: Mapping[str, Any], seggio: Seggio) -> bool:
    return all(
        not posto.get(chiave) or valore in posto[chiave]
        for chiave, valore in (("qualifiche", seggio.qualifica), ("nature", seggio.natura), ("tipi", seggio.tipo))
    )


def mancanti(regola: Regola, seggi: Sequence[Seggio]) -> list[str]:
    """Names of the places of `regola` that `seggi` don't fill, each as many times as it misses."""
    minimi = [posto.get("minimo", 1) for posto in regola]
    coperti = posti_coperti(regola, minimi, seggi, _adatto)
    return [
        posto["nome"]
        for posto, minimo, quanti in zip(regola, minimi, coperti, strict=True)
        for _n in range(minimo - quanti)
    ]
