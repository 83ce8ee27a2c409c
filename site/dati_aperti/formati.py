"""The points as files: CSV, JSON, GeoJSON (RFC 7946), HSDS. Pure: from points to pieces of text, one after the other.

One flat row serves CSV and GeoJSON. Lists in a cell are divided by a bar; a truth is «true» or «false».
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.fogli import TIPO_CSV, pezzi_csv
from dati_aperti import hsds
from dati_aperti.schemi import Orario, Punto

LICENZA = {"nome": "CC BY 4.0", "indirizzo": "https://creativecommons.org/licenses/by/4.0/deed.it"}
GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
# Columns of the flat row, with what each says: the page of the dataset shows them.
COLONNE = {
    "id": _("Identificativo che non cambia mai"),
    "slug": _("Ultima parte dell'indirizzo della pagina"),
    "nome": _("Nome del punto"),
    "ente": _("Soggetto che ospita il punto"),
    "via": _("Via e numero"),
    "cap": _("Codice di avviamento postale, vuoto se non noto"),
    "comune": _("Comune"),
    "codice_istat": _("Codice ISTAT del comune"),
    "latitudine": _("Gradi WGS 84"),
    "longitudine": _("Gradi WGS 84"),
    "posizione_approssimata": _("Vero se la posizione è il centro del comune"),
    "servizi": _("Che cosa offre"),
    "destinatari": _("Per chi"),
    "lingue": _("Codici ISO 639 delle lingue parlate"),
    "comuni_serviti": _("Codici ISTAT"),
    "accessibilita": _("In sedia a rotelle: completa, parziale (con aiuto), no, non_nota"),
    "a_distanza": _("Vero se aiuta anche per telefono, email o video"),
    "solo_appuntamento": _("Vero se riceve solo su appuntamento"),
    "orari": _("Settimana normale, ore locali; vuoto se non noti"),
    "telefono": _("Telefono"),
    "email": _("Email"),
    "sito_web": _("Sito web"),
    "verificato_il": _("Ultima conferma dei dati, anno-mese-giorno"),
    "attivo_dal": _("Primo giorno di apertura, anno-mese-giorno"),
    "pagina": _("Pagina del punto"),
    "calendario": _("Aperture in iCalendar"),
}


@dataclass(frozen=True)
class Raccolta:
    """The points and what a file says of itself."""

    punti: Iterable[Punto]
    quanti: int
    ente: str
    titolo: str
    aggiornati_il: date


@dataclass(frozen=True)
class Formato:
    """`nome` is also the end of the file's address; `vocabolario`: its code in the EU's list of file types."""

    nome: str
    tipo: str
    vocabolario: str
    pezzi: Callable[[Raccolta], Iterator[str]]


def riga(punto: Punto) -> dict[str, Any]:
    """The flat row of a point: values in the order of COLONNE."""
    valori = (
        str(punto.id),
        punto.slug,
        punto.nome,
        punto.ente.nome,
        punto.indirizzo.via,
        punto.indirizzo.cap,
        punto.indirizzo.comune.nome,
        punto.indirizzo.comune.codice_istat,
        punto.posizione.latitudine,
        punto.posizione.longitudine,
        punto.posizione.approssimata,
        [v.nome for v in punto.servizi],
        [v.nome for v in punto.destinatari],
        [v.codice for v in punto.lingue],
        [c.codice_istat for c in punto.comuni_serviti],
        str(punto.accessibilita),
        punto.a_distanza,
        punto.solo_appuntamento,
        [_fascia(o) for o in punto.orari],
        punto.telefono,
        punto.email,
        punto.sito_web,
        punto.verificato_il.isoformat() if punto.verificato_il else None,
        punto.attivo_dal.isoformat() if punto.attivo_dal else None,
        punto.pagina,
        punto.calendario,
    )
    return dict(zip(COLONNE, valori, strict=True))


def _fascia(orario: Orario) -> str:
    testo = f"{GIORNI[orario.giorno - 1]} {orario.dalle}-{orario.alle}"
    return f"{testo} su appuntamento" if orario.su_appuntamento else testo


def _cella(valore: Any) -> Any:
    if isinstance(valore, list):
        return " | ".join(valore)
    return str(valore).lower() if isinstance(valore, bool) else valore


def in_csv(raccolta: Raccolta) -> Iterator[str]:
    yield from pezzi_csv([list(COLONNE)])
    righe = ([_cella(v) for v in riga(p).values()] for p in raccolta.punti)
    pezzi = pezzi_csv(righe)
    next(pezzi)  # the mark at the beginning is there already
    yield from pezzi


def in_json(raccolta: Raccolta) -> Iterator[str]:
    testa = {
        "ente": raccolta.ente,
        "titolo": raccolta.titolo,
        "licenza": LICENZA,
        "aggiornati_il": raccolta.aggiornati_il.isoformat(),
        "totale": raccolta.quanti,
    }
    yield from _con_elenco(testa, "punti", (p.model_dump_json() for p in raccolta.punti))


def in_geojson(raccolta: Raccolta) -> Iterator[str]:
    yield from _con_elenco({"type": "FeatureCollection"}, "features", (testo(_elemento(p)) for p in raccolta.punti))


def _elemento(punto: Punto) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(punto.id),
        "geometry": {"type": "Point", "coordinates": [punto.posizione.longitudine, punto.posizione.latitudine]},
        "properties": riga(punto),
    }


def in_hsds(raccolta: Raccolta) -> Iterator[str]:
    """All in the only page of HSDS's service list."""
    testa = {
        "total_items": raccolta.quanti,
        "total_pages": 1,
        "page_number": 1,
        "size": raccolta.quanti,
        "first_page": True,
        "last_page": True,
        "empty": not raccolta.quanti,
    }
    yield from _con_elenco(testa, "contents", (testo(hsds.servizio(p)) for p in raccolta.punti))


def _con_elenco(testa: dict[str, Any], nome: str, voci: Iterable[str]) -> Iterator[str]:
    """An object of JSON whose last member is a list, written as it comes."""
    yield f'{testo(testa)[:-1]}, "{nome}": ['
    for n, voce in enumerate(voci):
        yield f",\n{voce}" if n else f"\n{voce}"
    yield "\n]}\n"


def testo(valore: Any) -> str:
    return json.dumps(valore, ensure_ascii=False)


FORMATI = {
    f.nome: f
    for f in (
        Formato("csv", TIPO_CSV, "CSV", in_csv),
        Formato("json", "application/json", "JSON", in_json),
        Formato("geojson", "application/geo+json", "GEOJSON", in_geojson),
        Formato("hsds.json", "application/json", "JSON", in_hsds),
    )
}
