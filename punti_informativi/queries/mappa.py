"""The list as GeoJSON (RFC 7946): coordinates are lon, lat in degrees, WGS 84."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse

from punti_informativi.models import PuntoInformativo
from reti.models import Comune, Confine, Sede
from reti.posizioni import da_dire

CAMPI = (
    "slug",
    "nome",
    "soggetto__denominazione",
    "sede__indirizzo",
    "sede__comune__nome",
    "sede__lat",
)


def elementi() -> dict[int, str]:
    """The JSON text of each public point's Feature, by key; `approssimata` marks one placed at its comune's centre."""
    modello = reverse("punti:punto", args=["SEGNAPOSTO"])
    righe = PuntoInformativo.objects.pubblici().order_by().values_list("pk", *CAMPI, *Sede.coordinate("sede__"))
    return {pk: json.dumps(_feature(modello, *riga), ensure_ascii=False) for pk, *riga in righe}


def geojson(testi: Iterable[str]) -> str:
    """A FeatureCollection of those elements, with the comuni that make the ground of the map."""
    terra = json.dumps(comuni(), ensure_ascii=False)
    return f'{{"type":"FeatureCollection","features":[{",".join(testi)}],"comuni":{terra}}}'


def _feature(modello: str, slug: str, nome: str, ospite: str, via: str, comune: str, *posizione: float) -> dict:
    propria, *centro = posizione
    lat, lon = da_dire(*centro, approssimata=propria is None)
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [lon, lat],
        },
        "properties": {
            "nome": nome,
            "ospite": ospite,
            "indirizzo": via,
            "comune": comune,
            "url": modello.replace("SEGNAPOSTO", slug),
            "approssimata": propria is None,
        },
    }


def comuni() -> list[dict[str, Any]]:
    """Names and centres of the comuni: the plain ground of the map, without a tile server."""
    righe = Comune.objects.values_list("nome", "lat", "lon")
    centri = ((nome, da_dire(lat, lon, approssimata=True)) for nome, lat, lon in righe)
    return [{"nome": nome, "lat": lat, "lon": lon} for nome, (lat, lon) in centri]


def confini() -> str:
    """The boundaries of the comuni as GeoJSON text, with the sources to name: the stored text is joined, not parsed."""
    righe = Confine.objects.annotate(testo=Cast("geometria", TextField())).values_list(
        "testo", "comune__nome", "comune__codice_istat", "fonte"
    )
    elementi: list[str] = []
    fonti: dict[str, None] = {}
    for geometria, nome, codice, fonte in righe.order_by("comune__codice_istat"):
        proprieta = json.dumps({"nome": nome, "codice_istat": codice}, ensure_ascii=False)
        elementi.append(f'{{"type":"Feature","properties":{proprieta},"geometry":{geometria}}}')
        fonti |= {fonte: None} if fonte else {}
    testa = json.dumps({"type": "FeatureCollection", "fonte": "; ".join(fonti)}, ensure_ascii=False)
    return f'{testa[:-1]},"features":[{",".join(elementi)}]}}'
