"""The four calls of the demonstration, read from data/avvisi_dimostrativi.json."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROMA = ZoneInfo("Europe/Rome")
# The one call whose applications are signed, unless who presents came in with SPID or CIE.
CON_FIRMA = "patto-territoriale-competenze"
FILE = Path(__file__).resolve().parents[1] / "data" / "avvisi_dimostrativi.json"


def alle(anno: int, mese: int, giorno: int, ora: int = 9, minuto: int = 0) -> datetime:
    """An instant of the office's day."""
    return datetime(anno, mese, giorno, ora, minuto, tzinfo=ROMA)


def avvisi() -> list[tuple[dict[str, Any], str]]:
    """Fields of each call with the text of its template; the file's times are of Europe/Rome."""
    return [(_campi(voce), "\n".join(voce["modello_accordo"])) for voce in _voci()]


def risposte_esempio() -> dict[str, Any]:
    """What a demonstration application answers, by question, as it would be typed."""
    return {domanda: r for voce in _voci() for domanda, r in voce.get("risposte_esempio", {}).items()}


def _voci() -> list[dict[str, Any]]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def _campi(voce: dict[str, Any]) -> dict[str, Any]:
    istanti = {c: datetime.fromisoformat(voce[c]).replace(tzinfo=ROMA) for c in ("apre", "chiude")}
    altro = ("modello_accordo", "risposte_esempio")
    return (
        {c: v for c, v in voce.items() if c not in altro} | istanti | {"esige_firma_istanza": voce["slug"] == CON_FIRMA}
    )
