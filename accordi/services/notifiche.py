"""Mails about an application, to who presented it and to the leading body."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accordi.models import Istanza
from core.posta import accoda


def scrivi_ai_referenti(istanza: Istanza, messaggio: str, *, oggetto: str, n: int = 1, **contesto: Any) -> None:
    """Queue the mail accordi/email/istanza_<messaggio>.txt, one per address, in the caller's transaction.

    `n` tells apart two mails of the same kind about one application.
    """
    dati = {"istanza": istanza, "indirizzo": f"{settings.INDIRIZZO_PUBBLICO}{istanza.get_absolute_url()}"} | contesto
    testo = render_to_string(f"accordi/email/istanza_{messaggio}.txt", dati)
    indirizzi = {istanza.presentata_da.email, istanza.capofila.pec or istanza.capofila.email} - {""}
    for indirizzo in sorted(indirizzi):
        accoda(
            chiave=f"istanza-{istanza.codice}-{messaggio}-{n}-{indirizzo}"[:120],
            destinatario=indirizzo,
            oggetto=oggetto,
            testo=testo,
            riferimento=f"istanza:{istanza.codice}",
        )
