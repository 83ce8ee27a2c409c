"""The network as a graph: pure functions on nodes and dated ties (R40-R43)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Arco:
    """A dated tie between two soggetti (by slug) and the record that proves it.

    `tipo`: seggio (holds a seat at a board that `a` convenes), incontro (met together),
    accordo (co-signed), punto (hosts a point that refers to `a`), rappresenta.
    """

    da: str
    a: str
    tipo: str
    dal: date
    al: date | None
    prova: str
    url: str
