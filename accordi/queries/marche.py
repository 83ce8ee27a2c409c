"""Timestamps that an authority still owes: which signatures wait, which have waited too long."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Firma
from core.orologio import adesso
from core.scrivania import Voce
from utenti.permissions import COORDINANO, ha_ruolo

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


def voci_scrivania(utente: Any) -> list[Voce]:
    """For coordinators, the signatures for which the background has given up."""
    if not ha_ruolo(utente, COORDINANO):
        return []
    return [
        Voce(
            titolo=_("Manca la marca temporale: «%s»") % firma.parte.accordo.titolo,
            url=reverse("accordi_gestione:accordo", args=[firma.parte.accordo_id]),
            urgenza=1,
            dettaglio=_("Firma di %s. L'autorità non ha mai risposto: chiedila da qui.") % firma.parte.soggetto,
            gruppo=_("Accordi"),
        )
        for firma in firme_abbandonate().select_related("parte__accordo", "parte__soggetto")
    ]
