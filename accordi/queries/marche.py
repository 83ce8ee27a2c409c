"""Timestamps that an authority still owes: which signatures wait, which have waited too long."""

from datetime import timedelta

from django.db.models import QuerySet

from accordi.models import Firma
from core.orologio import adesso

# How `Firma.marca_temporale` begins when an authority was asked and didn't answer.
MARCA_IN_ATTESA = "Autorità non raggiunta alla firma:"
# The background asks again after these pauses, then gives up.
PAUSE_MINUTI = (1, 5, 15, 60, 240, 720, 1440)


def firme_senza_marca() -> QuerySet[Firma]:
    """Signatures whose timestamp was asked for and hasn't come."""
    return Firma.objects.filter(marca_temporale__startswith=MARCA_IN_ATTESA, marca__isnull=True)


def firme_abbandonate() -> QuerySet[Firma]:
    """Those for which nobody asks by themselves any more, by date: whether the attempts ran or not."""
    return firme_senza_marca().filter(firmata_il__lt=adesso() - timedelta(minutes=sum(PAUSE_MINUTI)))
