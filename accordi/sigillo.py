"""A seal for demonstrations and tests: a root of our own and a certificate under it.

It proves nothing about who holds it: a production installation brings the
PKCS#12 of a qualified seal (eIDAS art. 35) and never runs this.
"""

from datetime import UTC, datetime
from pathlib import Path

from accordi.autorita import nome, nuova_autorita

# Demonstration signatures carry the dates of 2023.
DAL, AL = datetime(2022, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)


def crea_sigillo(percorso: Path, password: str, *, ente: str, dal: datetime = DAL, al: datetime = AL) -> None:
    """Write the PKCS#12 seal at `percorso`, and its root as `ca.pem` beside it."""
    percorso.parent.mkdir(parents=True, exist_ok=True)
    autorita = nuova_autorita(nome(ente, "Autorità dimostrativa Raccordo"), dal=dal, al=al)
    autorita.rilascia(percorso, password, nome(ente, f"Sigillo dimostrativo {ente}"))
    autorita.scrivi(percorso.with_name("ca.pem"))
