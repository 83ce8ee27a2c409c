"""Minutes go to those who were present, for their observations, and come back to be corrected (R24).

What is sent is fixed by its fingerprint, and that alone can be approved. Every sending opens a new round,
with its whole term and its mails, though the text is the same: silence agrees only to what one had time to read.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.termini import scadenza
from core.transizioni import transita
from reti.models import Incontro, Osservazione, Verbale
from reti.queries.documento_verbale import e_pubblico, nomi_da_togliere
from reti.queries.impronta_verbale import impronta_del_verbale
from reti.services.avvisi_verbale import avvisa_i_presenti
from reti.services.incontri import blocca, esigi_gestione
from reti.services.verbali import motivo_rifiuto_redazione, verbale_di
from reti.stati import TRANSIZIONI_VERBALE, StatoVerbale


def giorni_per_osservare(incontro: Incontro) -> int:
    """Days of the term: the board's, else the installation's."""
    giorni = incontro.rete.osservazioni_giorni
    return settings.GIORNI_OSSERVAZIONI_VERBALE if giorni is None else giorni


def _pretendi(incontro: Incontro) -> Verbale:
    """The minutes of the locked meeting, or the reason why there is nothing to send or take back."""
    if motivo := motivo_rifiuto_redazione(incontro):
        raise Rifiuto(motivo)
    verbale = verbale_di(incontro)
    if verbale is None:
        raise Rifiuto(_("Questo incontro non ha ancora un verbale: scrivilo e salvalo."))
    return verbale


@transaction.atomic
def invia_verbale(*, utente: Any, incontro: Incontro) -> Verbale:
    """Send the draft to the seats that were present: one mail each, with the last day to observe.

    Raises PermissionDenied, Rifiuto (no text, observations still to examine, accepted ones without a new text).
    """
    esigi_gestione(utente)
    incontro = blocca(incontro)
    verbale = _pretendi(incontro)
    if not verbale.testo.strip():
        raise Rifiuto(_("Scrivi il testo del verbale."))
    if verbale.osservazioni.filter(esito=Osservazione.Esito.ATTESA).exists():
        raise Rifiuto(_("Esamina prima le osservazioni in attesa."))
    segno = impronta_del_verbale(incontro, verbale.testo)
    if verbale.impronta == segno and _accolte_nel_giro(verbale):
        raise Rifiuto(_("Hai accolto un'osservazione: correggi il verbale prima di rimandarlo."))
    verbale.impronta, verbale.inviato_il = segno, adesso()
    verbale.osservazioni_fino_al = scadenza(oggi(), giorni_per_osservare(incontro))
    verbale.approvato_via = Verbale.Via(incontro.rete.approvazione)
    verbale.pubblicabile, verbale.omissis = e_pubblico(incontro), nomi_da_togliere(incontro)
    _passa(verbale, StatoVerbale.OSSERVAZIONI, utente, "verbale.inviato")
    avvisa_i_presenti(verbale)
    return verbale


def _accolte_nel_giro(verbale: Verbale) -> bool:
    accolte = verbale.osservazioni.filter(esito=Osservazione.Esito.ACCOLTA)
    return accolte.filter(scritta_il__gte=verbale.inviato_il).exists()


def _passa(verbale: Verbale, stato: str, utente: Any, azione: str) -> None:
    fino_al = verbale.osservazioni_fino_al
    dati = {"versione": verbale.versione, "fino_al": fino_al.isoformat() if fino_al else ""}
    transita(verbale, stato, tabella=TRANSIZIONI_VERBALE, utente=utente, azione=azione, dati=dati)


@transaction.atomic
def riprendi_verbale(*, utente: Any, incontro: Incontro) -> Verbale:
    """Take the minutes back to be corrected: nobody is told until they are sent again.

    Raises PermissionDenied, Rifiuto (approved, not sent).
    """
    esigi_gestione(utente)
    verbale = _pretendi(blocca(incontro))
    _passa(verbale, StatoVerbale.BOZZA, utente, "verbale.ripreso")
    return verbale
