"""What was worked out from public rows and is kept in the memory of one process, up to so many answers."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection

from core.generazioni import PUBBLICA, Generazione
from core.orologio import domande

RICORDI_MASSIMI = 1_000


class Memoria:
    """What was worked out, by what was asked; once there are `massimo`, it begins again from none."""

    def __init__(self, massimo: int) -> None:
        self._massimo = massimo
        self._note: dict[Hashable, Any] = {}

    def ricorda(self, chiave: Hashable, risposta: Callable[[], Any]) -> Any:
        """`risposta()`, asked once."""
        nota = self._note.get(chiave)
        if nota is None:
            nota = risposta()
            self.annota(chiave, nota)
        return nota

    def leggi(self, chiave: Hashable) -> Any:
        """None when it isn't there."""
        return self._note.get(chiave)

    def annota(self, chiave: Hashable, nota: Any) -> None:
        if len(self._note) >= self._massimo:
            self._note = {}
        self._note[chiave] = nota


class Ricordi:
    """A memory for each generation: a committed write to the rows that it speaks of empties it, in every process; rows
    changed by hand, outside Django, show within `PAGINE_PRONTE_SECONDI`."""

    def __init__(self, generazione: Generazione, massimo: int) -> None:
        self._generazione, self._massimo = generazione, massimo
        self._presenti: tuple[Hashable, Memoria] = (None, Memoria(massimo))

    def ricorda(self, chiave: Hashable, risposta: Callable[[], Any]) -> Any:
        """`risposta()`, the same for whoever asks. Not kept: one that asked the clock, and one read inside
        a transaction, whose rows may yet be undone."""
        memoria = self._della_presente()
        nota = memoria.leggi(chiave)
        if nota is None:
            with domande() as chieste:
                nota = risposta()
            if not chieste and not connection.in_atomic_block:
                memoria.annota(chiave, nota)
        return nota

    def _della_presente(self) -> Memoria:
        """Read before the rows: what is worked out meanwhile belongs to this generation or to an earlier one."""
        tratto = int(monotonic() // settings.PAGINE_PRONTE_SECONDI)
        presente = (self._generazione.contatore, self._generazione.legge(), tratto)
        if self._presenti[0] != presente:
            self._presenti = (presente, Memoria(self._massimo))
        return self._presenti[1]


RICORDI = Ricordi(PUBBLICA, RICORDI_MASSIMI)
