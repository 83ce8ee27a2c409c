"""What citizens wrote, once it is old (R62)."""

from datetime import datetime

from django.utils import timezone

from punti_informativi.models import Riscontro, Segnalazione


def parole_dei_cittadini(prima_di: datetime) -> int:
    """Erase the words left before that day; the votes stay, anonymous as they were."""
    vecchi = Riscontro.objects.filter(lasciato_il__lt=timezone.localdate(prima_di))
    return vecchi.exclude(testo="").update(testo="")


def segnalazioni_chiuse(prima_di: datetime) -> int:
    """Delete accessibility reports that were answered before that day; the audit lines stay."""
    return Segnalazione.objects.filter(chiusa_il__lt=timezone.localdate(prima_di)).delete()[0]
