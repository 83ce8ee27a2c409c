"""What is thrown away once its time has passed (GDPR art. 5, storage limitation; R62).

Settings say how long each kind is kept (SCARTI: dotted path of a callable → days). A callable receives
the instant before which a thing is old, discards what is older and returns how many; it may run again at any time.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from core.models import Installazione, Messaggio
from core.orologio import adesso, oggi
from core.registro import annota


def scarta() -> int:
    """Discard what is old, once a day; one audit line for each kind of which something went."""
    if not cache.add(f"scarto-{oggi()}", 1, 24 * 3600):
        return 0
    return sum(scarta_genere(percorso, giorni) for percorso, giorni in settings.SCARTI.items())


@transaction.atomic
def scarta_genere(percorso: str, giorni: int) -> int:
    """Discard one kind now. Returns how many."""
    quanti = import_string(percorso)(adesso() - timedelta(days=giorni))
    if quanti:
        annota(None, "conservazione.scarto", Installazione.corrente(), genere=percorso, giorni=giorni, quanti=quanti)
    return quanti


def posta_spedita(prima_di: datetime) -> int:
    """Empty old mails: whom, what and the calendar go; subject and key stay, so that none is sent twice."""
    vecchi = Messaggio.objects.exclude(stato=Messaggio.Stato.IN_CODA).filter(creato__lt=prima_di)
    return vecchi.exclude(destinatario="").update(destinatario="", testo="", allegato="", rispondi_a="")


def sessioni_scadute(prima_di: datetime) -> int:
    """Delete sessions that ended before then."""
    return Session.objects.filter(expire_date__lt=prima_di).delete()[0]


def lavori_conclusi(prima_di: datetime) -> int:
    """Delete background work done before then."""
    return DBTaskResult.objects.filter(finished_at__lt=prima_di).delete()[0]
