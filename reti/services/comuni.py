"""Municipalities: load and refresh them from a list."""

import csv
from pathlib import Path

from django.db import transaction

from core.errori import Rifiuto
from reti.models import Comune

COMUNI_CSV = Path(__file__).resolve().parents[1] / "data" / "comuni.csv"
_COLONNE = {"codice_istat", "codice_catastale", "comune", "lat", "lon"}


@transaction.atomic
def importa_comuni(percorso: Path = COMUNI_CSV) -> dict[str, int]:
    """Create or refresh each municipality by ISTAT code; counts of nuovi, aggiornati, invariati.

    The file is a UTF-8 CSV with commas: codice_istat, codice_catastale, comune,
    ambito_inferito (may be missing), lat, lon (degrees, WGS 84). Raises Rifiuto when it can't be read.
    """
    presenti = {c.codice_istat: c for c in Comune.objects.select_for_update()}
    conti = {"nuovi": 0, "aggiornati": 0, "invariati": 0}
    for numero, riga in _righe(percorso):
        try:
            valori = _valori(riga)
        except ValueError:
            raise Rifiuto(f"Riga {numero}: le coordinate devono essere in gradi, per esempio 45.133.")
        comune = presenti.get(riga["codice_istat"]) or Comune(codice_istat=riga["codice_istat"])
        if comune.pk and all(getattr(comune, campo) == valore for campo, valore in valori.items()):
            conti["invariati"] += 1
            continue
        conti["aggiornati" if comune.pk else "nuovi"] += 1
        for campo, valore in valori.items():
            setattr(comune, campo, valore)
        comune.full_clean()
        comune.save()
    return conti


def _righe(percorso: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with percorso.open(encoding="utf-8-sig", newline="") as file:
            lettore = csv.DictReader(file)
            mancano = _COLONNE - set(lettore.fieldnames or ())
            if mancano:
                raise Rifiuto(f"Nella prima riga mancano le colonne: {', '.join(sorted(mancano))}.")
            return [(lettore.line_num, riga) for riga in lettore]
    except OSError:
        raise Rifiuto(f"Non riesco a leggere «{percorso}»: controlla il percorso.")
    except (UnicodeDecodeError, csv.Error):
        raise Rifiuto(f"«{percorso}» non è un CSV in UTF-8.")


def _valori(riga: dict[str, str]) -> dict[str, object]:
    return {
        "codice_catastale": riga["codice_catastale"],
        "nome": riga["comune"],
        "ambito": riga.get("ambito_inferito", ""),
        "lat": float(riga["lat"]),
        "lon": float(riga["lon"]),
    }
