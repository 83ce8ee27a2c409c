"""The table that equals the picture: rows, their order, the headers that ask for another order."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from reti.grafo import Misura, Nodo
from reti.models import Soggetto
from reti.queries.grafo import VistaRete

PREDEFINITO = "-intermediazione"


@dataclass(frozen=True)
class RigaRete:
    """A body with its measures and neighbours as (slug, name), by name."""

    nodo: Nodo
    natura: str
    misura: Misura
    vicini: list[tuple[str, str]]


@dataclass(frozen=True)
class Colonna:
    """A header: `ordine` is what a click asks for, `verso` the present order for aria-sort ("" = not by this)."""

    titolo: str
    ordine: str
    verso: str


TITOLI = {
    "nome": _("Soggetto"),
    "natura": _("Natura"),
    "vicini": _("Vicini"),
    "intermediazione": _("Intermediazione"),
}
CHIAVI = {
    "nome": lambda r: r.nodo.nome.lower(),
    "natura": lambda r: r.natura,
    "vicini": lambda r: r.misura.vicini,
    "intermediazione": lambda r: (r.misura.intermediazione, r.misura.vicini),
}


def ordine_valido(ordina: str) -> str:
    """`ordina` when it names a column («-» in front = descending), else the default."""
    return ordina if ordina.removeprefix("-") in CHIAVI else PREDEFINITO


def righe(vista: VistaRete, ordina: str) -> list[RigaRete]:
    """One row per body shown; equal ones by name."""
    nomi = {n.slug: n.nome for n in vista.nodi}
    tutte = [
        RigaRete(
            nodo,
            str(Soggetto.Natura(nodo.natura).label),
            vista.misure[nodo.slug],
            sorted(((v, nomi[v]) for v in vista.grafo[nodo.slug]), key=lambda coppia: coppia[1].lower()),
        )
        for nodo in vista.nodi
    ]
    tutte.sort(key=CHIAVI["nome"])
    return sorted(tutte, key=CHIAVI[ordina.removeprefix("-")], reverse=ordina.startswith("-"))


def colonne(ordina: str) -> list[Colonna]:
    """Headers of the network's table."""
    return intestazioni(TITOLI, ordina, testi=("nome", "natura"))


def intestazioni(titoli: dict[str, Any], ordina: str, *, testi: Collection[str]) -> list[Colonna]:
    """Headers; a first click sorts the `testi` upwards and figures downwards, a second one turns the order."""
    return [
        Colonna(str(titolo), _prossimo(nome, ordina, testi), _verso(nome, ordina)) for nome, titolo in titoli.items()
    ]


def _verso(nome: str, ordina: str) -> str:
    return {nome: "ascending", f"-{nome}": "descending"}.get(ordina, "")


def _prossimo(nome: str, ordina: str, testi: Collection[str]) -> str:
    if ordina.removeprefix("-") == nome:
        return nome if ordina.startswith("-") else f"-{nome}"
    return nome if nome in testi else f"-{nome}"
