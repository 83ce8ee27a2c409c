"""Transactional outbox: a mail is a row first, and leaves when it can.

`accoda` writes the row and its delivery task in the caller's transaction, so a
rolled-back change sends nothing and a committed one is never forgotten. A
failed delivery is retried with growing pauses and its error stays visible.
"""

from datetime import timedelta
from email.mime.text import MIMEText
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks import task

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import adesso
from core.permissions import motivo_rifiuto_riprova
from core.registro import annota

PAUSE_MINUTI = (1, 5, 15, 60, 240, 720, 1440)


def accoda(*, chiave: str, destinatario: str, oggetto: str, testo: str, **altro: Any) -> Messaggio:
    """Put a mail in the outbox; a second call with the same `chiave` changes nothing. Its subject is one line:
    a name with a line break in it would open another header, and the mail would never leave.

    `altro`: `allegato` (iCalendar text) with `metodo`, `rispondi_a`, `riservato`, `riferimento`.
    """
    messaggio, nuovo = Messaggio.objects.get_or_create(
        chiave=chiave,
        defaults={"destinatario": destinatario, "oggetto": " ".join(oggetto.split())[:255], "testo": testo, **altro},
    )
    if nuovo:
        consegna.enqueue(messaggio.pk)
    return messaggio


def _componi(messaggio: Messaggio) -> EmailMessage:
    mail = EmailMessage(
        messaggio.oggetto,
        messaggio.testo,
        to=[messaggio.destinatario],
        reply_to=[messaggio.rispondi_a] if messaggio.rispondi_a else None,
        headers={"Message-ID": f"<{messaggio.pk}.{messaggio.creato:%Y%m%d%H%M%S}@raccordo>"},
    )
    if messaggio.allegato:
        # Calendar programs read the method from the part's own header.
        parte = MIMEText(messaggio.allegato, "calendar", "utf-8")
        parte.set_param("method", messaggio.metodo)
        parte.add_header("Content-Disposition", "attachment", filename="invito.ics")
        mail.attach(parte)
    return mail


@task()
def consegna(messaggio_id: int) -> str:
    """Deliver one mail, once; safe to run again. Returns the resulting state."""
    with transaction.atomic():
        messaggio = Messaggio.objects.select_for_update().get(pk=messaggio_id)
        # After a retry asked by hand, the task of the earlier pause finds a later date and leaves.
        in_pausa = messaggio.tentativi and messaggio.prossimo > adesso()
        if messaggio.stato != Messaggio.Stato.IN_CODA or in_pausa:
            return messaggio.stato
        messaggio.tentativi += 1
        try:
            _componi(messaggio).send()
        except (OSError, ValueError) as errore:  # smtplib's errors are OSErrors
            _rinvia(messaggio, errore)
        else:
            messaggio.stato, messaggio.inviato, messaggio.errore = Messaggio.Stato.INVIATO, adesso(), ""
            if messaggio.riservato:
                messaggio.testo = ""
        messaggio.save()
    return messaggio.stato


def _rinvia(messaggio: Messaggio, errore: Exception) -> None:
    messaggio.errore = f"{type(errore).__name__}: {errore}"[:255]
    if messaggio.tentativi > len(PAUSE_MINUTI):
        messaggio.stato = Messaggio.Stato.ABBANDONATO
        return
    messaggio.prossimo = adesso() + timedelta(minutes=PAUSE_MINUTI[messaggio.tentativi - 1])
    consegna.using(run_after=messaggio.prossimo).enqueue(messaggio.pk)


@transaction.atomic
def riprova(*, utente: Any, messaggio: Messaggio) -> Messaggio:
    """Queue again, from now and with all its attempts, a mail that hasn't left.

    Refuses a mail already sent, since nobody receives the same mail twice, and one whose text isn't kept any more.
    """
    messaggio = Messaggio.objects.select_for_update().get(pk=messaggio.pk)
    if motivo := motivo_rifiuto_riprova(utente):
        raise PermissionDenied(motivo)
    if messaggio.stato == Messaggio.Stato.INVIATO:
        raise Rifiuto("Il messaggio è già stato spedito: non si spedisce due volte.")
    if not messaggio.destinatario:
        raise Rifiuto("Il messaggio è vecchio: testo e destinatario non si conservano più.")
    messaggio.stato, messaggio.tentativi, messaggio.prossimo = Messaggio.Stato.IN_CODA, 0, adesso()
    messaggio.save()
    annota(utente, "posta.riprova", messaggio, errore=messaggio.errore)
    consegna.enqueue(messaggio.pk)
    return messaggio
