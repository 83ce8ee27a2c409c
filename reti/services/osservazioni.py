"""What those present ask to change in the minutes, and the answer they get (R24)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota
from core.termini import scadenza
from core.transizioni import transita
from reti.models import Adesione, Osservazione, Verbale
from reti.permissions import motivo_rifiuto_osserva
from reti.queries.minuta import in_parole
from reti.services.approvazione import approva_se_maturo
from reti.services.avvisi_verbale import avvisa_l_autore
from reti.services.incontri import blocca, esigi_gestione
from reti.services.verbali import verbale_di
from reti.stati import TRANSIZIONI_VERBALE, StatoVerbale


def motivo_termine_chiuso(verbale: Verbale) -> str:
    """Empty while observations may be written; the term's last day is included."""
    if verbale.stato == StatoVerbale.APPROVATO:
        return _("Il verbale è approvato: non si osserva più.")
    if verbale.stato == StatoVerbale.BOZZA:
        return _("Il verbale è in correzione: riceverai il testo nuovo, con un termine nuovo per osservarlo.")
    if oggi() > verbale.osservazioni_fino_al:
        return _("Il termine per osservare è finito il %s.") % in_parole(verbale.osservazioni_fino_al)
    return ""


@transaction.atomic
def osserva(*, utente: Any, verbale: Verbale, adesione: Adesione, testo: str) -> Osservazione:
    """Write an observation for a seat that was present.

    Raises PermissionDenied (no power for that body, or the seat wasn't present), Rifiuto (empty, term
    over, minutes approved or being corrected).
    """
    incontro = blocca(verbale.incontro)
    if motivo := motivo_rifiuto_osserva(utente, incontro, adesione):
        raise PermissionDenied(motivo)
    verbale = verbale_di(incontro)
    if motivo := motivo_termine_chiuso(verbale):
        raise Rifiuto(motivo)
    if not testo.strip():
        raise Rifiuto(_("Scrivi che cosa va corretto nel verbale."))
    osservazione = Osservazione(
        verbale=verbale, adesione=adesione, autore=utente, testo=testo.strip(), scritta_il=adesso()
    )
    osservazione.full_clean()
    osservazione.save()
    annota(utente, "verbale.osservazione", verbale, seggio=str(adesione.soggetto))
    return osservazione


@transaction.atomic
def esamina(*, utente: Any, osservazione: Osservazione, esito: str, replica: str = "") -> Osservazione:
    """Accept an observation or not, with an answer; its author is told.

    An accepted one takes the minutes back to draft, because the text must change; after the last one not
    accepted, with the term over, the minutes are approved that very day. Raises PermissionDenied, Rifiuto
    (already examined, minutes approved, no answer to one that isn't accepted).
    """
    esigi_gestione(utente)
    incontro = blocca(osservazione.verbale.incontro)
    verbale = verbale_di(incontro)
    osservazione = Osservazione.objects.select_for_update(of=("self",)).select_related("autore").get(pk=osservazione.pk)
    if osservazione.esito != Osservazione.Esito.ATTESA:
        raise Rifiuto(_("Questa osservazione è già stata esaminata."))
    if esito not in (Osservazione.Esito.ACCOLTA, Osservazione.Esito.RESPINTA):
        raise Rifiuto(_("Scegli se accogliere l'osservazione o no."))
    if esito == Osservazione.Esito.RESPINTA and not replica.strip():
        raise Rifiuto(_("Scrivi perché non l'accogli: chi ha osservato lo legge nella mail."))
    osservazione.esito, osservazione.replica = esito, replica.strip()
    osservazione.full_clean()
    osservazione.save()
    annota(utente, "verbale.osservazione_esaminata", verbale, seggio=str(osservazione.adesione.soggetto), esito=esito)
    avvisa_l_autore(osservazione)
    if esito == Osservazione.Esito.ACCOLTA and verbale.stato == StatoVerbale.OSSERVAZIONI:
        transita(verbale, StatoVerbale.BOZZA, tabella=TRANSIZIONI_VERBALE, utente=utente, azione="verbale.ripreso")
    elif verbale.stato == StatoVerbale.OSSERVAZIONI:
        approva_se_maturo(verbale, giorno=max(oggi(), scadenza(verbale.osservazioni_fino_al, 1)))
    return osservazione
