"""The best assignment of candidates to places, against networkx's general matching. No database."""

from random import Random

from networkx import Graph, max_weight_matching

from core.abbinamenti import posti_coperti


def _di_networkx(posti: list[set[int]], minimi: list[int], candidati: list[int]) -> list[int]:
    """The same question to a general algorithm: most places, then the earlier kinds."""
    grafo = Graph()
    for genere, ammessi in enumerate(posti):
        for n in range(minimi[genere]):
            grafo.add_weighted_edges_from(((genere, n), c, len(posti) - genere) for c in candidati if c in ammessi)
    occupati = {nodo for coppia in max_weight_matching(grafo, maxcardinality=True) for nodo in coppia}
    return [sum((genere, n) in occupati for n in range(minimo)) for genere, minimo in enumerate(minimi)]


def test_copre_quanti_posti_copre_l_algoritmo_generale():
    caso = Random(68_1999)  # noqa: S311  the same cases at every run
    for _n in range(300):
        candidati = list(range(caso.randint(0, 8)))
        posti = [{c for c in candidati if caso.random() < 0.4} for _p in range(caso.randint(0, 4))]
        minimi = [caso.randint(1, 3) for _p in posti]
        trovati = posti_coperti(posti, minimi, candidati, lambda ammessi, c: c in ammessi)
        assert trovati == _di_networkx(posti, minimi, candidati), (posti, minimi)


def test_chi_copre_due_posti_va_dove_serve():
    assert posti_coperti(["ab", "a"], [1, 1], ["a", "b"], lambda posto, c: c in posto) == [1, 1]
    assert posti_coperti(["a", "ab"], [1, 2], ["a"], lambda posto, c: c in posto) == [1, 0]
