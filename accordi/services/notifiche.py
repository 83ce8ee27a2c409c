"""Mails about an application: to who presented it and the leading body, or to another body of it."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accordi.models import Istanza
from accordi.services.messaggi import LUNGHEZZA_CHIAVE
from core.archivio import impronta
from core.posta import accoda
from reti.models import Rappresentanza, Soggetto
from utenti.models import Utente


def scrivi_ai_referenti(istanza: Istanza, messaggio: str, *, oggetto: str, n: int = 1, **contesto: Any) -> None:
    """Queue the mail accordi/email/istanza_<messaggio>.txt to who presented it and to the leading body.

    `n` tells apart two mails of the same kind about one application.
    """
    indirizzi = {istanza.presentata_da.email, istanza.capofila.pec or istanza.capofila.email}
    _scrivi(istanza, messaggio, indirizzi, oggetto=oggetto, segno=str(n), **contesto)


def scrivi_a_soggetto(
    istanza: Istanza, soggetto: Soggetto, messaggio: str, *, oggetto: str, segno: str, **contesto: Any
) -> None:
    """Queue a mail about a draft to a body and to the people who may present for it today.

    `segno` tells apart two mails of the same kind about one application.
    """
    persone = Utente.objects.filter(
        is_active=True,
        pk__in=Rappresentanza.objects.valide().filter(soggetto=soggetto, puo_presentare=True).values("utente"),
    )
    indirizzi = {soggetto.pec or soggetto.email, *persone.values_list("email", flat=True)}
    _scrivi(istanza, messaggio, indirizzi, oggetto=oggetto, segno=segno, soggetto=soggetto, **contesto)


def _scrivi(
    istanza: Istanza, messaggio: str, indirizzi: set[str], *, oggetto: str, segno: str, **contesto: Any
) -> None:
    """One mail per address, in the caller's transaction."""
    dati = {"istanza": istanza, "indirizzo": f"{settings.INDIRIZZO_PUBBLICO}{istanza.get_absolute_url()}"} | contesto
    testo = render_to_string(f"accordi/email/istanza_{messaggio}.txt", dati)
    for indirizzo in sorted(indirizzi - {""}):
        chiave = f"istanza-{istanza.codice}-{messaggio}-{segno}-{indirizzo}"
        accoda(
            chiave=chiave if len(chiave) <= LUNGHEZZA_CHIAVE else impronta(chiave.encode()),
            destinatario=indirizzo,
            oggetto=oggetto,
            testo=testo,
            riferimento=f"istanza:{istanza.codice}",
        )
