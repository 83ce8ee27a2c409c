"""Protocol register: one gapless series of numbers a year (CAD 40-bis, DPR 445/2000 art. 53; R07)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accordi.models import ContatoreProtocollo, Protocollo
from accordi.services.invio_protocollo import prepara_invio
from core.archivio import impronta
from core.orologio import adesso


@transaction.atomic
def protocolla(*, verso: str, oggetto: str, corrispondente: str, contenuto: bytes) -> Protocollo:
    """Register `contenuto` and return its registration, in the caller's transaction.

    The year is that of Europe/Rome. The year's counter is locked until the
    transaction ends, so two requests wait for each other and a rolled-back one
    leaves no gap. Where the body has a register of its own, ours is carried over to it
    in the background. The caller writes the audit line of what it registers.
    """
    contatore, ora = _contatore()
    contatore.ultimo += 1
    contatore.save(update_fields=["ultimo"])
    registrazione = Protocollo(
        anno=contatore.anno,
        numero=contatore.ultimo,
        registrato_il=ora,
        verso=verso,
        oggetto=oggetto[:255],
        corrispondente=corrispondente[:255],
        impronta=impronta(contenuto),
    )
    registrazione.full_clean()
    registrazione.save()
    prepara_invio(registrazione, contenuto)
    return registrazione


def _contatore() -> tuple[ContatoreProtocollo, datetime]:
    """The year's counter, locked, and the instant of the registration, read after the lock was had.

    So numbers and instants go the same way; who waits over midnight of the new year takes the new year's number.
    """
    contatore = None
    while True:
        ora = adesso()
        anno = timezone.localdate(ora).year
        if contatore and contatore.anno == anno:
            return contatore, ora
        # Two first requests of a year may both miss the row: the loser of the insert reads the winner's.
        ContatoreProtocollo.objects.get_or_create(anno=anno)
        contatore = ContatoreProtocollo.objects.select_for_update().get(anno=anno)
