"""Minutes brought to a state through the services, with the clock moved as the term asks."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from core.orologio import adesso, fermo
from reti.models import Incontro, Verbale
from reti.services.approvazione import matura_verbali
from reti.services.invio_verbale import giorni_per_osservare, invia_verbale
from reti.services.verbali import Scritto, salva_verbale


def redigi(utente: Any, incontro: Incontro, testo: str = "Detto.", **altro: Any) -> Verbale:
    """Save on the version that is there now."""
    verbale = Verbale.objects.filter(incontro=incontro).first()
    versione = verbale.versione if verbale else 0
    return salva_verbale(utente=utente, incontro=incontro, scritto=Scritto(versione=versione, testo=testo, **altro))


def invia(utente: Any, incontro: Incontro, testo: str = "Detto.", **altro: Any) -> Verbale:
    redigi(utente, incontro, testo, **altro)
    return invia_verbale(utente=utente, incontro=incontro)


def verbalizza(
    utente: Any, incontro: Incontro, testo: str = "Detto.", decisioni: Iterable[Mapping[str, Any]] = ()
) -> Verbale:
    """Write, send, let the term pass in silence."""
    verbale = invia(utente, incontro, testo, decisioni=list(decisioni))
    with fermo(adesso() + timedelta(days=giorni_per_osservare(incontro) + 1)):
        matura_verbali(incontro=incontro)
    verbale.refresh_from_db()
    return verbale
