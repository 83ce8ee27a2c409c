"""Accessibility reports that wait for an answer: entries of the Province's desk (R60)."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.scrivania import Voce
from punti_informativi.models import Segnalazione


def voci_segnalazioni_accessibilita() -> list[Voce]:
    """Each with its last day: late from the day after, due soon in the last days."""
    return [
        Voce(
            _("Rispondi alla segnalazione di accessibilità %s") % segnalazione.codice,
            reverse("punti_segnalazione", args=[segnalazione.pk]),
            _urgenza(segnalazione),
            Truncator(segnalazione.testo).chars(160),
            segnalazione.entro,
            _("Accessibilità del sito"),
            _("Rispondi"),
        )
        for segnalazione in Segnalazione.objects.aperte()
    ]


def _urgenza(segnalazione: Segnalazione) -> int:
    if segnalazione.in_ritardo:
        return 0
    return 1 if segnalazione.giorni_rimasti <= settings.GIORNI_AVVISO_SCADENZA else 2
