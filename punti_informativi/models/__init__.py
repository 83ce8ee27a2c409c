"""Models of the information points, re-exported so that `from punti_informativi.models import …` works."""

from punti_informativi.models.orari import Eccezione, FestaPatronale, Giorno, Orario
from punti_informativi.models.punti import PuntoInformativo
from punti_informativi.models.verifiche import Verifica
from punti_informativi.models.voci import Destinatari, Servizio

__all__ = [
    "Destinatari",
    "Eccezione",
    "FestaPatronale",
    "Giorno",
    "Orario",
    "PuntoInformativo",
    "Servizio",
    "Verifica",
]
