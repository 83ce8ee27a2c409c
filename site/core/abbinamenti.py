"""Places and who may fill them: the best assignment, each candidate filling one place at most. No database."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from networkx import Graph, max_weight_matching

P = TypeVar("P")
C = TypeVar("C")


def posti_coperti(
    posti: Sequence[P], minimi: Sequence[int], candidati: Sequence[C], adatto: Callable[[P, C], bool]
) -> list[int]:
    """How many of the `minimi[i]` places of kind `posti[i]` are filled at best; earlier kinds first when all can't."""
    grafo = Graph()
    cima = [(i, n) for i, minimo in enumerate(minimi) for n in range(minimo)]
    grafo.add_weighted_edges_from(
        (posto, indice, len(posti) - posto[0])
        for posto in cima
        for indice, candidato in enumerate(candidati)
        if adatto(posti[posto[0]], candidato)
    )
    occupati = {nodo for coppia in max_weight_matching(grafo, maxcardinality=True) for nodo in coppia}
    return [sum((i, n) in occupati for n in range(minimo)) for i, minimo in enumerate(minimi)]
