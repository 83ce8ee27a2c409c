"""The four calls of the demonstration, read from data/avvisi_dimostrativi.json."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROMA = ZoneInfo("Europe/Rome")
FILE = Path(__file__).resolve().parents[1] / "data" / "avvisi_dimostrativi.json"


def alle(anno: int, mese: int, giorno: int, ora: int = 9, minuto: int = 0) -> datetime:
    """An instant of the office's day."""
    return datetime(anno, mese, giorno, ora, minuto, tzinfo=ROMA)


def avvisi() -> list[tuple[dict[str, Any], str]]:
    """Fields of each call with the text of its template; the file's times are of Europe/Rome."""
    return [(_campi(voce), "\n".join(voce.pop("modello_accordo"))) for voce in json.loads(FILE.read_text())]


def _campi(voce: dict[str, Any]) -> dict[str, Any]:
    istanti = {c: datetime.fromisoformat(voce[c]).replace(tzinfo=ROMA) for c in ("apre", "chiude")}
    return {c: v for c, v in voce.items() if c != "modello_accordo"} | istanti | {"esige_firma_istanza": False}
