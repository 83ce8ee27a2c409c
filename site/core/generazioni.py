"""What was worked out from the database and is kept in memory holds for one *generation*: the next committed write to
the rows that it was made from begins another, for every process at once.

Nobody has to remember to say it: each connection's statements are looked at as they leave (`sorveglia`), so `update()`,
`bulk_create`, management commands, jobs and Wagtail's own writes count alike. Rows written by hand, outside
Django, are seen when what is kept grows old.
"""

import os
import re
import secrets
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

# A statement that reads begins otherwise; what writes without naming its table here counts as a write to any.
LEGGE = re.compile(
    r"[\s(]*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|SHOW|PRAGMA|EXPLAIN|DECLARE|FETCH|CLOSE)\b", re.I
)
SCRIVE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.I)
QUALUNQUE = ""
# How far back to look for the same promise: an import with a savepoint for each row makes thousands.
ULTIMI = 8


class Contatore(Protocol):
    """Where a generation's number lives, shared by the processes that serve the site."""

    def __init__(self, nome: str) -> None: ...

    def legge(self) -> Hashable:
        """A value that no earlier generation had."""

    def avanza(self) -> None: ...


class SuFile:
    """Processes of one host: a file that each write makes one byte longer. Reading is asking its size: a microsecond.

    Appending needs no lock, and a size, unlike a time, differs after two writes however close.
    """

    def __init__(self, nome: str) -> None:
        self._file = str(Path(settings.GENERAZIONI_CARTELLA) / nome)

    def legge(self) -> Hashable:
        try:
            stato = os.stat(self._file)
        except FileNotFoundError:
            return None
        return stato.st_ino, stato.st_size

    def avanza(self) -> None:
        Path(self._file).parent.mkdir(parents=True, exist_ok=True)
        descrittore = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descrittore, b".")
        finally:
            os.close(descrittore)


class SuCache:
    """Processes of more hosts: a random word in Django's cache, which then has to be one that they share."""

    def __init__(self, nome: str) -> None:
        self._chiave = f"generazione:{nome}"

    def legge(self) -> Hashable:
        # A cache may forget: what comes then is a new word, never one that was there before.
        return cache.get(self._chiave) or cache.get_or_set(self._chiave, secrets.token_hex, timeout=None)

    def avanza(self) -> None:
        cache.set(self._chiave, secrets.token_hex(), timeout=None)


class SempreNuova:
    """Nothing is kept from one reading to the next: for the suite, whose writes are never committed."""

    def __init__(self, nome: str) -> None:
        self._nome = nome

    def legge(self) -> Hashable:
        return object()

    def avanza(self) -> None:
        """Each reading is new already."""


class Generazione:
    """The generation of what is made from the tables that `riguarda` accepts; QUALUNQUE is a write to any table."""

    _tutte: list["Generazione"] = []  # noqa: RUF012  every one that was declared, as the apps are loaded

    def __init__(self, nome: str, riguarda: Callable[[str], bool]) -> None:
        self._nome, self.riguarda = nome, riguarda
        self._contatore: Contatore | None = None
        self._tutte.append(self)

    @property
    def contatore(self) -> Contatore:
        if self._contatore is None:
            self._contatore = import_string(settings.GENERAZIONI)(self._nome)
        return self._contatore

    def legge(self) -> Hashable:
        """To be read before the rows: what is made from them then belongs to this generation or to an earlier one."""
        return self.contatore.legge()

    def avanza(self) -> None:
        self.contatore.avanza()

    @classmethod
    def toccate_da(cls, tabella: str) -> list["Generazione"]:
        return [g for g in cls._tutte if tabella == QUALUNQUE or g.riguarda(tabella)]


def _mostrata(tabella: str) -> bool:
    return not tabella.startswith(settings.TABELLE_RISERVATE)


# Of the public pages. Declared here and not where they are kept: commands and jobs don't load what serves them.
PUBBLICA = Generazione("pagine", _mostrata)


def sorveglia(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receives `connection_created`."""
    if _osserva not in connection.execute_wrappers:
        connection.execute_wrappers.append(_osserva)


def _osserva(execute: Callable, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    esito = execute(sql, params, many, context)
    if not LEGGE.match(testo := sql if isinstance(sql, str) else ""):
        scritta = SCRIVE.match(testo)
        for generazione in Generazione.toccate_da(scritta[1] if scritta else QUALUNQUE):
            _al_commit(generazione, context["connection"])
    return esito


def _al_commit(generazione: Generazione, connection: BaseDatabaseWrapper) -> None:
    """Begin another when the transaction is committed, once however many rows it wrote; a savepoint that may still
    be undone promises nothing to what follows it."""
    aperti, ultimi = set(connection.savepoint_ids), connection.run_on_commit[-ULTIMI:]
    if any(funzione == generazione.avanza and dove <= aperti for dove, funzione, _robusta in ultimi):
        return
    connection.on_commit(generazione.avanza)
