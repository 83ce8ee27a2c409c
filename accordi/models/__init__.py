"""Models of agreements, re-exported so that `from accordi.models import Accordo` works."""

from accordi.models.accordi import Accordo, CodiceFirma, Firma, Parte, VersioneTesto
from accordi.models.avvisi import Avviso
from accordi.models.istanze import Istanza, PartecipanteIstanza, Sospensione
from accordi.models.marche import MarcaTemporale
from accordi.models.protocollo import ContatoreProtocollo, Protocollo

__all__ = [
    "Accordo",
    "Avviso",
    "CodiceFirma",
    "ContatoreProtocollo",
    "Firma",
    "Istanza",
    "MarcaTemporale",
    "Parte",
    "PartecipanteIstanza",
    "Protocollo",
    "Sospensione",
    "VersioneTesto",
]
