"""A seat's address changes while a poll is open: the old personal link dies, the new address is asked (R23)."""

import secrets

from django.db import transaction

from core.orologio import adesso
from core.registro import annota
from reti.models import Interpellato
from reti.services.mail_sondaggi import interroga
from reti.stati import StatoSondaggio


def _aperti():
    aperti = Interpellato.objects.filter(sondaggio__stato=StatoSondaggio.APERTO, sondaggio__entro__gt=adesso())
    return aperti.select_related("sondaggio", "adesione__soggetto", "adesione__titolare")


def _spostato(interpellato: Interpellato) -> bool:
    """A seat left without an address keeps the last."""
    nuovo = interpellato.adesione.indirizzo_email
    return bool(nuovo) and nuovo.lower() != interpellato.email.lower()


@transaction.atomic
def riallinea_interpellato(interpellato: Interpellato) -> bool:
    """Give it its seat's address of today and another secret, and ask there; False when nothing has changed.

    The answer given stays: it's the body's.
    """
    interpellato = _aperti().select_for_update(of=("self",)).filter(pk=interpellato.pk).first()
    if interpellato is None or not _spostato(interpellato):
        return False
    annota(None, "sondaggio.indirizzo", interpellato, da=interpellato.email, sondaggio=interpellato.sondaggio.codice)
    interpellato.email, interpellato.gettone = interpellato.adesione.indirizzo_email, secrets.token_urlsafe()
    interpellato.full_clean()
    interpellato.save()
    interroga(interpellato)
    return True


def riallinea() -> int:
    """Periodic work: the addresses of every poll that still takes answers; how many have moved."""
    return sum(riallinea_interpellato(i) for i in _aperti() if _spostato(i))
