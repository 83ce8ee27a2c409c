"""The network as files: JSON, CSV of bodies and of ties, GraphML, GEXF (R43). Organisations only."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reti.foglio import scrivi
from reti.grafo import Nodo, in_gexf, in_graphml, multigrafo
from reti.models import Soggetto
from reti.queries.grafo import VistaRete


@dataclass(frozen=True)
class Formato:
    """A way out: what a person reads on the button, end of the file's name, media type, writer."""

    titolo: Any
    ending: str
    tipo: str
    componi: Callable[[VistaRete], str | bytes]


def in_json(vista: VistaRete) -> dict[str, Any]:
    """Nodes with measures and position in [-1, 1], ties with dates as ISO texts and their evidence."""
    return {
        "al": vista.al.isoformat(),
        "nodi": [_nodo(vista, nodo) for nodo in vista.nodi],
        "archi": [
            {
                "da": a.da,
                "a": a.a,
                "tipo": a.tipo,
                "dal": a.dal.isoformat(),
                "al": a.al.isoformat() if a.al else None,
                "prova": a.prova,
                "url": a.url,
            }
            for a in vista.archi
        ],
    }


def _nodo(vista: VistaRete, nodo: Nodo) -> dict[str, Any]:
    misura, (x, y) = vista.misure[nodo.slug], vista.posizioni[nodo.slug]
    return {
        "id": nodo.slug,
        "nome": nodo.nome,
        "natura": nodo.natura,
        "natura_etichetta": str(Soggetto.Natura(nodo.natura).label),
        "tipo": nodo.tipo,
        "luogo": nodo.luogo,
        "vicini": misura.vicini,
        "intermediazione": misura.intermediazione,
        "x": x,
        "y": y,
        "url": reverse("grafo:soggetto", args=[nodo.slug]),
    }


def _testo_json(vista: VistaRete) -> str:
    return json.dumps(in_json(vista), ensure_ascii=False, indent=1)


def _csv_soggetti(vista: VistaRete) -> str:
    colonne = ("soggetto", "nome", "natura", "tipo", "comune", "vicini", "intermediazione", "isolabili")
    righe = ((n, vista.misure[n.slug]) for n in vista.nodi)
    return scrivi(
        colonne,
        ((n.slug, n.nome, n.natura, n.tipo, n.luogo, m.vicini, m.intermediazione, m.isolabili) for n, m in righe),
    )


def _csv_legami(vista: VistaRete) -> str:
    colonne = ("da", "a", "tipo", "dal", "al", "prova", "indirizzo")
    return scrivi(colonne, ((a.da, a.a, a.tipo, a.dal, a.al, a.prova, a.url) for a in vista.archi))


def _graphml(vista: VistaRete) -> bytes:
    return in_graphml(multigrafo(vista.nodi, vista.archi, vista.misure))


def _gexf(vista: VistaRete) -> bytes:
    return in_gexf(multigrafo(vista.nodi, vista.archi, vista.misure))


FORMATI = {
    "soggetti-csv": Formato(_("Soggetti (CSV)"), "-soggetti.csv", "text/csv; charset=utf-8", _csv_soggetti),
    "legami-csv": Formato(_("Legami (CSV)"), "-legami.csv", "text/csv; charset=utf-8", _csv_legami),
    "json": Formato(_("Rete (JSON)"), ".json", "application/json", _testo_json),
    "graphml": Formato(_("Rete (GraphML)"), ".graphml", "application/graphml+xml", _graphml),
    "gexf": Formato(_("Rete (GEXF)"), ".gexf", "application/gexf+xml", _gexf),
}
