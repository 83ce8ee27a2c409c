"""Mail received from calendar programs, once it is old (R62)."""

from datetime import datetime

from django.db import transaction

from reti.models import MessaggioRicevuto


def posta_ricevuta(prima_di: datetime) -> int:
    """Drop text and addresses of old messages; what was done of each, and its fingerprint, stay."""
    vecchi = MessaggioRicevuto.objects.filter(ricevuto_il__lt=prima_di).exclude(mittente="", originale="")
    for messaggio in vecchi:
        if archivio := messaggio.originale and messaggio.originale.storage:
            transaction.on_commit(lambda a=archivio, nome=messaggio.originale.name: a.delete(nome))
    return vecchi.update(mittente="", destinatario="", originale="")
