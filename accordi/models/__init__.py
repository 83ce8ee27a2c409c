"""Models of agreements, re-exported so that `from accordi.models import Accordo` works."""

from accordi.models.accordi import Accordo, Firma, Parte, VersioneTesto
from accordi.models.avvisi import Avviso
from accordi.models.documenti import DocumentoIstanza
from accordi.models.giro import CodiceFirma, Prenotazione, RifiutoFirma
from accordi.models.istanze import Istanza, PartecipanteIstanza, Sospensione
from accordi.models.marche import MarcaTemporale
from accordi.models.modelli import ModelloAccordo
from accordi.models.protocollo import ContatoreProtocollo, InvioProtocollo, Protocollo
from accordi.models.vita import Azione, Conferimento, Impegno, Recesso, Risorsa

__all__ = [
    "Accordo",
    "Avviso",
    "Azione",
    "CodiceFirma",
    "Conferimento",
    "ContatoreProtocollo",
    "DocumentoIstanza",
    "Firma",
    "Impegno",
    "InvioProtocollo",
    "Istanza",
    "MarcaTemporale",
    "ModelloAccordo",
    "Parte",
    "PartecipanteIstanza",
    "Prenotazione",
    "Protocollo",
    "Recesso",
    "RifiutoFirma",
    "Risorsa",
    "Sospensione",
    "VersioneTesto",
]
