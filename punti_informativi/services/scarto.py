"""What citizens wrote, once it is old (R62)."""

from datetime import datetime

from django.utils import timezone

from punti_informativi.models import Riscontro


def parole_dei_cittadini(prima_di: datetime) -> int:
    """Erase the words left before that day; the votes stay, anonymous as they were."""
    vecchi = Riscontro.objects.filter(lasciato_il__lt=timezone.localdate(prima_di))
    return vecchi.exclude(testo="").update(testo="")
