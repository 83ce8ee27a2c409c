"""Models of the network, re-exported so that `from reti.models import Soggetto` works."""

from reti.models.incontri import Convocazione, Decisione, Incontro, Presenza, Verbale
from reti.models.reti import Adesione, Rete
from reti.models.soggetti import Accreditamento, Comune, Rappresentanza, Sede, Soggetto

__all__ = [
    "Accreditamento",
    "Adesione",
    "Comune",
    "Convocazione",
    "Decisione",
    "Incontro",
    "Presenza",
    "Rappresentanza",
    "Rete",
    "Sede",
    "Soggetto",
    "Verbale",
]
