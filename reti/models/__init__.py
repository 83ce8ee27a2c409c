"""Models of the network, re-exported so that `from reti.models import Soggetto` works."""

from reti.models.abbonamenti import Abbonamento
from reti.models.incontri import Convocazione, Incontro, PuntoOdg
from reti.models.posta import MessaggioRicevuto, Proposta
from reti.models.presenze import Ingresso, Ospite, Presenza, Tocco
from reti.models.reti import Adesione, Rete, Sostituto
from reti.models.soggetti import Accreditamento, Comune, Confine, Rappresentanza, Sede, Soggetto
from reti.models.sondaggi import Disponibilita, Fascia, Interpellato, Sondaggio
from reti.models.verbali import Decisione, Osservazione, Verbale, VersioneVerbale

__all__ = [
    "Abbonamento",
    "Accreditamento",
    "Adesione",
    "Comune",
    "Confine",
    "Convocazione",
    "Decisione",
    "Disponibilita",
    "Fascia",
    "Incontro",
    "Ingresso",
    "Interpellato",
    "MessaggioRicevuto",
    "Ospite",
    "Osservazione",
    "Presenza",
    "Proposta",
    "PuntoOdg",
    "Rappresentanza",
    "Rete",
    "Sede",
    "Soggetto",
    "Sondaggio",
    "Sostituto",
    "Tocco",
    "Verbale",
    "VersioneVerbale",
]
