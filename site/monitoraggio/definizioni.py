"""Definition of an objective as data: checked, and moved from one year to another. Pure.

The shape is the one of data/peg_2023_3504.json: `obiettivo`, `titolo`,
`centro_di_responsabilita`, `fasi`, `indicatori`; an indicator may add `misura`,
`parametri`, `meglio` (alto, basso) and `unita`. What was reached is not part of it.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.errori import Rifiuto
from monitoraggio.misure import MISURE, PARAMETRI_OBBLIGATORI

# A code stands in addresses: no slash, no space.
CODICE = re.compile(r"[0-9A-Za-z._-]{1,10}")


def anno_di(codice: str) -> int:
    """The year that opens an objective's code, as in 2023_3504."""
    if not re.fullmatch(r"20\d\d_[0-9A-Za-z-]{1,15}", codice):
        raise Rifiuto(f"Il codice «{codice}» non va bene: scrivi l'anno e il numero, come 2023_3504.")
    return int(codice[:4])


def giorno(testo: Any, dove: str) -> date:
    """A date written YYYY-MM-DD; `dove` says where it stands in the definition."""
    try:
        return date.fromisoformat(testo)
    except (TypeError, ValueError):
        raise Rifiuto(f"{dove}: «{testo}» non è una data. Scrivila come 2023-12-31.")


def decimale(valore: Any, dove: str) -> Decimal:
    """A number; `dove` says where it stands in the definition."""
    try:
        letto = Decimal(str(valore))
    except InvalidOperation:
        raise Rifiuto(f"{dove}: «{valore}» non è un numero.")
    if not letto.is_finite():
        raise Rifiuto(f"{dove}: «{valore}» non è un numero.")
    return letto


def controlla(definizione: dict[str, Any]) -> None:
    """Refuse a definition that can't become a sheet, naming what is wrong."""
    for chiave in ("obiettivo", "titolo", "centro_di_responsabilita"):
        if not isinstance(definizione.get(chiave), str) or not definizione[chiave].strip():
            raise Rifiuto(f"Manca «{chiave}»: serve un testo.")
    for chiave in ("fasi", "indicatori"):
        voci = definizione.get(chiave)
        if not isinstance(voci, list) or not all(isinstance(v, dict) and v.get("codice") for v in voci):
            raise Rifiuto(f"«{chiave}» dev'essere un elenco di voci, ciascuna con il suo codice.")
        codici = [v["codice"] for v in voci]
        if strani := [c for c in codici if not CODICE.fullmatch(str(c))]:
            raise Rifiuto(f"In «{chiave}» il codice «{strani[0]}» non va bene: lettere, cifre, punto e trattino.")
        if doppi := sorted({c for c in codici if codici.count(c) > 1}):
            raise Rifiuto(f"In «{chiave}» il codice {doppi[0]} compare due volte.")
    noti = {i["codice"] for i in definizione["indicatori"]}
    for fase in definizione["fasi"]:
        if ignoti := [c for c in fase.get("indicatori") or [] if c not in noti]:
            raise Rifiuto(f"La fase {fase['codice']} nomina l'indicatore {ignoti[0]}, che non c'è.")
    for indicatore in definizione["indicatori"]:
        _controlla_misura(indicatore)


def _controlla_misura(indicatore: dict[str, Any]) -> None:
    misura = indicatore.get("misura", "")
    if not isinstance(indicatore.get("parametri", {}), dict):
        raise Rifiuto(f"{indicatore['codice']}: «parametri» dev'essere un oggetto JSON.")
    if misura and misura not in MISURE:
        raise Rifiuto(f"{indicatore['codice']}: la misura «{misura}» non esiste. Misure note: {', '.join(MISURE)}.")
    for nome in PARAMETRI_OBBLIGATORI.get(misura, ()):
        if not indicatore.get("parametri", {}).get(nome):
            raise Rifiuto(f"{indicatore['codice']}: alla misura «{misura}» serve il parametro «{nome}».")


def sposta_anno(definizione: dict[str, Any], anno: int) -> dict[str, Any]:
    """The same definition for another year: code, planned dates, and the year where texts name it."""
    vecchio, nuovo = str(anno_di(definizione["obiettivo"])), str(anno)

    def sposta(testo: str) -> str:
        return re.sub(rf"(?<!\d){vecchio}(?!\d)", nuovo, testo)

    return {
        "source": "",
        "obiettivo": sposta(definizione["obiettivo"]),
        "titolo": sposta(definizione["titolo"]),
        "centro_di_responsabilita": definizione["centro_di_responsabilita"],
        "fasi": [
            {
                "codice": f["codice"],
                "descrizione": sposta(f.get("descrizione", "")),
                "indicatori": f.get("indicatori", []),
                "inizio_previsto": sposta(f["inizio_previsto"]),
                "fine_prevista": sposta(f["fine_prevista"]),
            }
            for f in definizione["fasi"]
        ],
        "indicatori": [i | {"descrizione": sposta(i.get("descrizione", ""))} for i in definizione["indicatori"]],
    }
