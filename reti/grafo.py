"""The network as a graph: pure functions on nodes and dated ties (R40-R43)."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

SEME = 20230101
# Beyond this size the picture settles in fewer steps: the layout grows with the square of the nodes.
NODI_CON_DISPOSIZIONE_FINE = 300


@dataclass(frozen=True)
class Arco:
    """A dated tie between two soggetti (by slug) and the record that proves it.

    `tipo`: seggio (holds a seat at a board that `a` convenes), incontro (met together),
    accordo (co-signed), punto (hosts a point that refers to `a`), rappresenta.
    `url`: the evidence's page, open to whoever sees the tie; "" when it has none.
    `pubblico`: False hides the tie from whoever doesn't work for the Province.
    """

    da: str
    a: str
    tipo: str
    dal: date
    al: date | None
    prova: str
    url: str
    pubblico: bool = True


@dataclass(frozen=True)
class Nodo:
    """A soggetto as the graph sees it; `comuni` are ISTAT codes of its seats."""

    slug: str
    nome: str
    natura: str
    tipo: str
    comuni: tuple[str, ...] = ()
    luogo: str = ""


@dataclass(frozen=True)
class Misura:
    """How a node stands in the graph.

    `vicini`: distinct neighbours (degree); `intermediazione`: betweenness, 0 to 1, the share of
    shortest paths among the others that pass here; `isolabili`: nodes cut off from the rest
    of their component if this one left (0 = nobody depends on it).
    """

    vicini: int
    intermediazione: float
    isolabili: int


@dataclass(frozen=True)
class Filtro:
    """What to show; empty values don't restrict. `comune` is an ISTAT code, `tipo_arco` a kind of tie."""

    natura: str = ""
    comune: str = ""
    tipo_arco: str = ""


def in_essere(archi: Iterable[Arco], al: date) -> list[Arco]:
    """Ties that exist on that day: begun, and not ended before it."""
    return [arco for arco in archi if arco.dal <= al and (arco.al is None or arco.al >= al)]


def filtra(nodi: Iterable[Nodo], archi: Iterable[Arco], filtro: Filtro) -> tuple[list[Nodo], list[Arco]]:
    """The chosen nodes with those that a tie of the chosen kind joins to them, and those ties."""
    tutti = {nodo.slug: nodo for nodo in nodi}
    scelti = {
        n.slug
        for n in tutti.values()
        if (not filtro.natura or n.natura == filtro.natura) and (not filtro.comune or filtro.comune in n.comuni)
    }
    tenuti = [
        a
        for a in archi
        if (not filtro.tipo_arco or a.tipo == filtro.tipo_arco)
        and {a.da, a.a} <= tutti.keys()
        and a.da != a.a
        and (a.da in scelti or a.a in scelti)
    ]
    visibili = scelti | {estremo for a in tenuti for estremo in (a.da, a.a)}
    return [n for n in tutti.values() if n.slug in visibili], tenuti


def grafo_semplice(nodi: Iterable[Nodo], archi: Iterable[Arco]) -> nx.Graph:
    """One edge per pair of bodies, with `legami` = how many ties it stands for; nodes and edges sorted."""
    grafo = nx.Graph()
    grafo.add_nodes_from(sorted(n.slug for n in nodi))
    coppie = Counter(tuple(sorted((a.da, a.a))) for a in archi)
    grafo.add_edges_from((da, a, {"legami": n}) for (da, a), n in sorted(coppie.items()))
    return grafo


def misure(grafo: nx.Graph) -> dict[str, Misura]:
    """Measures of every node, by slug."""
    intermediazione = nx.betweenness_centrality(grafo, normalized=True)
    dipendenti = {nodo: _isolabili(grafo, nodo) for nodo in nx.articulation_points(grafo)}
    return {n: Misura(grafo.degree(n), round(intermediazione[n], 4), dipendenti.get(n, 0)) for n in grafo}


def _isolabili(grafo: nx.Graph, nodo: str) -> int:
    """Nodes that would no longer reach the largest part of their component without `nodo`."""
    componente = nx.node_connected_component(grafo, nodo) - {nodo}
    parti = [len(parte) for parte in nx.connected_components(grafo.subgraph(componente))]
    return sum(parti) - max(parti)


def appesi(grafo: nx.Graph) -> list[str]:
    """Bodies whose only edge holds them to the network."""
    return [n for n in grafo if grafo.degree(n) == 1]


def ponti(grafo: nx.Graph) -> list[tuple[str, str]]:
    """Edges whose loss splits the network in two parts of two bodies or more."""
    return sorted(tuple(sorted(coppia)) for coppia in nx.bridges(grafo) if min(grafo.degree(n) for n in coppia) > 1)


def disposizione(grafo: nx.Graph) -> dict[str, tuple[float, float]]:
    """Position of each node in [-1, 1]², always the same for the same graph; those with no tie stand in a row below."""
    legati = grafo.subgraph(n for n in grafo if grafo.degree(n))
    passi = 150 if len(legati) <= NODI_CON_DISPOSIZIONE_FINE else 30
    k = 3 / max(len(legati), 1) ** 0.5
    posti = nx.spring_layout(legati, seed=SEME, iterations=passi, k=k, weight=None) if len(legati) else {}
    posizioni = {n: (round(float(x), 4), round(float(y), 4)) for n, (x, y) in posti.items()}
    soli = [n for n in grafo if not grafo.degree(n)]
    for i, nodo in enumerate(soli):
        posizioni[nodo] = (round(-1 + 2 * (i + 0.5) / len(soli), 4), -1.25)
    return posizioni


def impronta(grafo: nx.Graph) -> str:
    """Fingerprint of nodes and edges: what was computed for one graph serves every equal one."""
    testo = repr((list(grafo.nodes), sorted(tuple(sorted(e)) for e in grafo.edges)))
    return hashlib.sha256(testo.encode()).hexdigest()


def mescolanza(nodi: Iterable[Nodo], archi: Iterable[Arco]) -> tuple[Counter, int]:
    """(bodies by nature, percent of ties between bodies of different nature)."""
    nature = {n.slug: n.natura for n in nodi}
    diversi = [nature[a.da] != nature[a.a] for a in archi]
    return Counter(nature.values()), round(100 * sum(diversi) / len(diversi)) if diversi else 0


def multigrafo(nodi: Iterable[Nodo], archi: Iterable[Arco], valori: dict[str, Misura]) -> nx.MultiGraph:
    """Every tie as an edge of its own with plain attributes, for GraphML and GEXF."""
    grafo = nx.MultiGraph()
    for n in nodi:
        m = valori[n.slug]
        grafo.add_node(
            n.slug,
            label=n.nome,
            natura=n.natura,
            tipo=n.tipo,
            luogo=n.luogo,
            vicini=m.vicini,
            intermediazione=m.intermediazione,
        )
    for a in archi:
        fine = a.al.isoformat() if a.al else ""
        grafo.add_edge(a.da, a.a, tipo=a.tipo, dal=a.dal.isoformat(), al=fine, prova=a.prova, url=a.url)
    return grafo


def in_graphml(grafo: nx.MultiGraph) -> bytes:
    uscita = io.BytesIO()
    nx.write_graphml(grafo, uscita)
    return uscita.getvalue()


def in_gexf(grafo: nx.MultiGraph) -> bytes:
    uscita = io.BytesIO()
    nx.write_gexf(grafo, uscita)
    return uscita.getvalue()


def con_indirizzo(archi: Iterable[Arco], radice: str) -> list[Arco]:
    """The same ties with absolute addresses, for files that leave the site."""
    return [replace(a, url=f"{radice}{a.url}") if a.url.startswith("/") else a for a in archi]
