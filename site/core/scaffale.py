"""Pages kept in the memory of one process, up to so many bytes: the one read longest ago makes room. Pure."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

PARTE_MASSIMA = 4  # a page larger than a quarter of the shelf isn't worth those that it would push out
CONTORNO = 2_000  # bytes: about what headers and key take beside the body


@dataclass(frozen=True, slots=True)
class Pronta:
    """An answer as it leaves: `intestazioni` in order, `corpo` already compressed when the headers say so."""

    generazione: Hashable
    scade: datetime
    corpo: bytes
    intestazioni: tuple[tuple[str, str], ...]
    etag: str
    vista: str
    argomenti: dict[str, object] = field(default_factory=dict)

    @property
    def peso(self) -> int:
        return len(self.corpo) + CONTORNO


class Scaffale:
    def __init__(self, byte: int) -> None:
        self._byte, self._occupati = byte, 0
        self._pagine: OrderedDict[Hashable, Pronta] = OrderedDict()
        self._uno_alla_volta = Lock()

    def __len__(self) -> int:
        return len(self._pagine)

    def prende(self, chiave: Hashable, generazione: Hashable, ora: datetime) -> Pronta | None:
        """The page of that address, if it was made in this generation and hasn't lapsed at `ora`."""
        with self._uno_alla_volta:
            pagina = self._pagine.get(chiave)
            if pagina is None or pagina.generazione != generazione or ora >= pagina.scade:
                return None
            self._pagine.move_to_end(chiave)
            return pagina

    def posa(self, chiave: Hashable, pagina: Pronta) -> None:
        with self._uno_alla_volta:
            if vecchia := self._pagine.pop(chiave, None):
                self._occupati -= vecchia.peso
            if pagina.peso > self._byte // PARTE_MASSIMA:
                return
            self._pagine[chiave] = pagina
            self._occupati += pagina.peso
            while self._occupati > self._byte:
                self._occupati -= self._pagine.popitem(last=False)[1].peso
