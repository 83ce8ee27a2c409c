"""How many points each choice would leave, the other filters standing; and what to drop when none is left (R32)."""

from dataclasses import dataclass
from datetime import datetime

from punti_informativi.queries.elenco import (
    ACCESSO_CON_AIUTO,
    ACCESSO_PIENO,
    CON_APPUNTAMENTO,
    SENZA_APPUNTAMENTO,
    Filtri,
)
from punti_informativi.queries.insiemi import MENU, Insiemi

DISTANZE_KM = (5, 10, 20, 30)
# Filter → its choices, those that aren't rows.
SCELTE: dict[str, tuple[object, ...]] = {
    "entro": DISTANZE_KM,
    "appuntamento": (CON_APPUNTAMENTO, SENZA_APPUNTAMENTO),
    "accessibile": (ACCESSO_PIENO, ACCESSO_CON_AIUTO),
    "a_distanza": (True,),
}
Conteggi = dict[str, dict[object, int]]


def conteggi(insiemi: Insiemi, filtri: Filtri, ora: datetime) -> Conteggi:
    """Filter → choice → points. The menus by primary key; `aperto_alle` counts those open at `ora`."""
    esito: Conteggi = {}
    for nome in MENU:
        altri = insiemi.trovati(filtri.senza(nome))
        contate = {voce: (altri & bit).bit_count() for voce, bit in insiemi.voci(nome).items()}
        esito[nome] = {voce: n for voce, n in contate.items() if n}
    for nome, scelte in (SCELTE | {"aperto_alle": (ora,)}).items():
        if nome != "entro" or filtri.centro:
            esito[nome] = {s: insiemi.trovati(filtri.con(nome, s)).bit_count() for s in scelte}
    esito["aperto_alle"] = {True: esito["aperto_alle"][ora]}
    return esito


@dataclass(frozen=True)
class Rinuncia:
    """Dropping the filter `nome` would leave `quanti` points."""

    nome: str
    quanti: int


def rinunce(insiemi: Insiemi, filtri: Filtri) -> list[Rinuncia]:
    """For a request that finds nothing: each filter whose absence alone would find something, the most useful first."""
    contate = [Rinuncia(nome, insiemi.trovati(filtri.senza(nome)).bit_count()) for nome in filtri.in_uso]
    return sorted((r for r in contate if r.quanti), key=lambda r: -r.quanti)
