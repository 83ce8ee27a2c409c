"""The evidence bundle: a zip whose every file can be checked with public tools (R14).

Pure: files in, bytes out; the same bytes for the same files. Nothing is
compressed, so that they don't depend on a library's version either.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

IMPRONTE = "IMPRONTE.sha256"
LEGGIMI = "LEGGIMI.txt"
MODELLI = Path(__file__).parent / "modelli"


def leggimi(modello: str, **valori: str) -> bytes:
    """The Italian instructions `modello` (a file of accordi/modelli), filled."""
    return (MODELLI / modello).read_text(encoding="utf-8").format(**valori).encode()


def impronte(file: Mapping[str, bytes]) -> bytes:
    """Fingerprints in the format of `sha256sum -c`, by name."""
    righe = (f"{hashlib.sha256(contenuto).hexdigest()}  {nome}\n" for nome, contenuto in sorted(file.items()))
    return "".join(righe).encode()


def impacchetta(file: Mapping[str, bytes], *, quando: datetime) -> bytes:
    """A zip of `file` with its list of fingerprints, every entry dated `quando`."""
    tutti = {**file, IMPRONTE: impronte(file)}
    data = max(quando.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_STORED) as archivio:
        for nome, contenuto in sorted(tutti.items()):
            voce = zipfile.ZipInfo(nome, data)
            voce.external_attr = 0o644 << 16
            voce.create_system = 3
            archivio.writestr(voce, contenuto)
    return uscita.getvalue()
