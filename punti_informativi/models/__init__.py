"""Models of the information points, re-exported so that `from punti_informativi.models import …` works."""

from punti_informativi.models.importazioni import Importazione, RigaImportata
from punti_informativi.models.indirizzi import IndirizzoPrecedente
from punti_informativi.models.orari import Eccezione, EccezioneOspite, FestaPatronale, Giorno, Orario, OrarioOspite
from punti_informativi.models.promozione import Campagna, Categoria, Invio
from punti_informativi.models.proposte import Proposta
from punti_informativi.models.punti import PuntoInformativo, TraduzionePunto
from punti_informativi.models.riscontri import Consultazioni, Riscontro
from punti_informativi.models.segnalazioni import Segnalazione
from punti_informativi.models.verifiche import RichiestaConferma, Verifica
from punti_informativi.models.voci import Destinatari, Lingua, Servizio, TraduzioneDestinatari, TraduzioneServizio

__all__ = [
    "Campagna",
    "Categoria",
    "Consultazioni",
    "Destinatari",
    "Eccezione",
    "EccezioneOspite",
    "FestaPatronale",
    "Giorno",
    "Importazione",
    "IndirizzoPrecedente",
    "Invio",
    "Lingua",
    "Orario",
    "OrarioOspite",
    "Proposta",
    "PuntoInformativo",
    "RichiestaConferma",
    "RigaImportata",
    "Riscontro",
    "Segnalazione",
    "Servizio",
    "TraduzioneDestinatari",
    "TraduzionePunto",
    "TraduzioneServizio",
    "Verifica",
]
