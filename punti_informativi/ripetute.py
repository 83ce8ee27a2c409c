"""Visits of one line to one page beyond a few in a day aren't counted: figures that anyone may swell say nothing (R35).

What is remembered is a fingerprint, under a key that chance makes, in the memory of one process alone. Both are thrown
away with the day and written nowhere, so that nobody goes back from it to an address or follows one over two days.
"""

import secrets
import threading
from collections import Counter
from datetime import date
from hashlib import blake2b

MASSIME = 20_000  # fingerprints: some 3 MB. Whoever makes up more starts the count again, for all


class Ripetute:
    """How many visits each line made to each page on the present day, as this process saw them."""

    def __init__(self) -> None:
        self._lucchetto = threading.Lock()
        self._comincia(None)

    def troppe(self, rete: str, slug: str, giorno: date, ammesse: int) -> bool:
        """One visit more from `rete` (core.indirizzi.rete_di): whether it is beyond the `ammesse` of that day."""
        with self._lucchetto:
            if giorno != self._giorno or len(self._viste) >= MASSIME:
                self._comincia(giorno)
            impronta = blake2b(f"{rete} {slug}".encode(), key=self._chiave, digest_size=8).digest()
            self._viste[impronta] += 1
            return self._viste[impronta] > ammesse

    def _comincia(self, giorno: date | None) -> None:
        self._giorno, self._chiave = giorno, secrets.token_bytes(32)
        self._viste: Counter[bytes] = Counter()
