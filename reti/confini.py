"""Boundaries of comuni in GeoJSON (RFC 7946): read and check a file, with no database.

What comes out is a MultiPolygon or a Polygon in degrees, lon and lat, WGS 84, at five decimals: one metre.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errori import Rifiuto
from reti.posizioni import DECIMALI

DIMENSIONE_MASSIMA = 30 * 1024 * 1024  # bytes
# Where open data of ISTAT, of Regions and of others write the code and the name.
CODICI = ("codice_istat", "com_istat_code", "pro_com_t", "pro_com", "istat")
NOMI = ("nome", "comune", "denominazione", "name")
NON_GEOJSON = gettext_lazy(
    "Il file non è un GeoJSON di confini: serve una FeatureCollection con un poligono per comune."
)
NON_IN_GRADI = gettext_lazy(
    "Le coordinate non sono in gradi (WGS 84, EPSG:4326): converti il file, per esempio con QGIS o ogr2ogr, e riprova."
)


@dataclass(frozen=True)
class ConfineLetto:
    """One feature: the ISTAT code in six figures ("" when not said), the name, the geometry."""

    codice: str
    nome: str
    geometria: dict[str, Any]

    def contiene(self, lat: float, lon: float, *, margine: float = 0.05) -> bool:
        """Whether the rectangle around the boundary, wider by `margine` degrees, holds the position."""
        punti = [p for poligono in _poligoni(self.geometria) for p in poligono[0]]
        return all(
            min(valori) - margine <= cercato <= max(valori) + margine
            for valori, cercato in zip(zip(*punti, strict=True), (lon, lat), strict=True)
        )


def leggi_confini(contenuto: bytes) -> list[ConfineLetto]:
    """The features of a file. Raises Rifiuto with a sentence that says what is wrong and where."""
    if len(contenuto) > DIMENSIONE_MASSIMA:
        raise Rifiuto(_("Il file supera %d MB: tieni solo i comuni che servono.") % (DIMENSIONE_MASSIMA // 1_048_576))
    try:
        dati = json.loads(contenuto.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Rifiuto(NON_GEOJSON)
    if not isinstance(dati, dict) or dati.get("type") != "FeatureCollection":
        raise Rifiuto(NON_GEOJSON)
    if "crs" in dati and "CRS84" not in json.dumps(dati["crs"]) and "4326" not in json.dumps(dati["crs"]):
        raise Rifiuto(NON_IN_GRADI)
    elementi = dati.get("features")
    if not isinstance(elementi, list) or not elementi:
        raise Rifiuto(_("Il file non contiene nessun confine."))
    return [_elemento(numero, elemento) for numero, elemento in enumerate(elementi, 1)]


def _elemento(numero: int, elemento: Any) -> ConfineLetto:
    proprieta = elemento.get("properties") if isinstance(elemento, dict) else None
    if not isinstance(proprieta, dict):
        raise Rifiuto(_("Elemento %d: mancano le proprietà con il codice ISTAT o il nome del comune.") % numero)
    minuscole = {str(chiave).lower(): valore for chiave, valore in proprieta.items()}
    codice, nome = _primo(minuscole, CODICI), _primo(minuscole, NOMI)
    if not codice and not nome:
        raise Rifiuto(_("Elemento %d: mancano il codice ISTAT e il nome del comune.") % numero)
    return ConfineLetto(codice.zfill(6) if codice else "", nome, _geometria(nome or codice, elemento.get("geometry")))


def _si_legge(valore: Any) -> bool:
    """A code or a name: JSON as Python reads it knows infinities too."""
    return isinstance(valore, str | int) or (isinstance(valore, float) and math.isfinite(valore))


def _primo(proprieta: dict[str, Any], chiavi: tuple[str, ...]) -> str:
    trovati = (proprieta[c] for c in chiavi if _si_legge(proprieta.get(c)))
    return next((str(int(v)) if isinstance(v, float) else str(v).strip() for v in trovati), "")


def _geometria(nome: str, geometria: Any) -> dict[str, Any]:
    if not isinstance(geometria, dict) or geometria.get("type") not in ("Polygon", "MultiPolygon"):
        raise Rifiuto(_("%s: serve un poligono (Polygon o MultiPolygon).") % nome)
    try:
        poligoni = [[_anello(a) for a in poligono] for poligono in _poligoni(geometria)]
    except (TypeError, ValueError, IndexError, KeyError):
        raise Rifiuto(_("%s: le coordinate del poligono non si leggono.") % nome)
    if not poligoni or not all(poligoni):
        raise Rifiuto(_("%s: il poligono è vuoto.") % nome)
    if len(poligoni) == 1:
        return {"type": "Polygon", "coordinates": poligoni[0]}
    return {"type": "MultiPolygon", "coordinates": poligoni}


def _poligoni(geometria: dict[str, Any]) -> list[Any]:
    return [geometria["coordinates"]] if geometria["type"] == "Polygon" else geometria["coordinates"]


def _anello(punti: list[Any]) -> list[list[float]]:
    """A closed ring at five decimals, without points that fall on the one before."""
    anello: list[list[float]] = []
    for punto in punti:
        lon, lat = float(punto[0]), float(punto[1])
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise ValueError
        if abs(lon) > 180 or abs(lat) > 90:
            raise Rifiuto(NON_IN_GRADI)
        arrotondato = [round(lon, DECIMALI), round(lat, DECIMALI)]
        if not anello or anello[-1] != arrotondato:
            anello.append(arrotondato)
    if len(anello) < 4 or anello[0] != anello[-1]:
        raise ValueError
    return anello
