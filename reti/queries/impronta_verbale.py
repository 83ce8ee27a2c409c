"""The fingerprint over all that minutes fix."""

import json
from typing import Any

from core.archivio import impronta
from reti.models import Incontro, Verbale


def contenuto_del_verbale(incontro: Incontro, testo: str) -> dict[str, Any]:
    """All that the minutes fix: meeting, text, items, decisions, attendance, guests. Later facts don't enter it."""
    punti = incontro.punti.values_list("titolo", "esito", "discussione", "dalle", "alle")
    decisioni = incontro.decisioni.order_by("pk").values_list(
        "testo", "incaricato", "soggetto__slug", "entro", "punto__titolo"
    )
    presenze = incontro.presenze.order_by("adesione__soggetto__slug", "adesione__qualifica", "adesione").values_list(
        "adesione__soggetto__slug", "adesione__qualifica", "esito", "da_remoto", "persona", "arrivo", "uscita"
    )
    ospiti = incontro.ospiti.order_by("nome", "ente").values_list("nome", "ente", "da_remoto", "arrivo", "uscita")
    return {
        "formato": 2,
        "incontro": incontro.codice,
        "titolo": incontro.titolo,
        "inizio": incontro.inizio.timestamp(),
        "testo": testo,
        **{
            nome: [list(map(str, riga)) for riga in righe]
            for nome, righe in (("punti", punti), ("decisioni", decisioni), ("presenze", presenze), ("ospiti", ospiti))
        },
    }


def _impronta_json(contenuto: dict[str, Any]) -> str:
    return impronta(json.dumps(contenuto, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def impronta_del_verbale(incontro: Incontro, testo: str) -> str:
    """SHA-256 of `contenuto_del_verbale` as canonical JSON."""
    return _impronta_json(contenuto_del_verbale(incontro, testo))


def _impronta_prima_della_2(incontro: Incontro, testo: str) -> str:
    """As minutes were locked before items had an outcome and bodies a task: those already locked keep verifying."""
    contenuto = contenuto_del_verbale(incontro, testo)
    decisioni = incontro.decisioni.order_by("pk").values_list("testo", "incaricato", "entro")
    return _impronta_json(
        {c: contenuto[c] for c in ("incontro", "titolo", "inizio", "testo", "presenze")}
        | {"ordine_del_giorno": incontro.ordine_del_giorno, "decisioni": [list(map(str, d)) for d in decisioni]}
    )


def verbale_integro(verbale: Verbale) -> bool:
    """True when all that was locked is still as it was."""
    incontro, testo = verbale.incontro, verbale.testo
    return verbale.impronta in (impronta_del_verbale(incontro, testo), _impronta_prima_della_2(incontro, testo))
