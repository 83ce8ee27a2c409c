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


def avvisi() -> list[dict[str, Any]]:
    """Fields of each call; the file's times are of Europe/Rome, its texts lists of paragraphs."""
    return [
        voce
        | {
            "apre": datetime.fromisoformat(voce["apre"]).replace(tzinfo=ROMA),
            "chiude": datetime.fromisoformat(voce["chiude"]).replace(tzinfo=ROMA),
            "modello_accordo": "\n".join(voce["modello_accordo"]),
        }
        for voce in json.loads(FILE.read_text())
    ]
