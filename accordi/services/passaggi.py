"""Steps that every verb on an agreement shares: lock with permission, ask for a reason, change state."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accordi.models import Accordo
from accordi.permissions import motivo_rifiuto_gestisce_accordo
from accordi.stati import TRANSIZIONI_ACCORDO
from core.errori import Rifiuto
from core.transizioni import transita
from utenti.models import Utente


def passa(utente: Utente | None, accordo: Accordo, nuovo: str, azione: str, *, solo_da: str = "", **dati: Any) -> None:
    """Move an agreement that the caller has locked to another state, with its audit line.

    `solo_da` narrows the table to the one state that a verb starts from.
    """
    tabella = {s: a if solo_da in ("", s) else frozenset() for s, a in TRANSIZIONI_ACCORDO.items()}
    transita(accordo, nuovo, tabella=tabella, utente=utente, azione=azione, dati=dati)


def blocca(utente: Utente, accordo: Accordo) -> Accordo:
    """The agreement's row, locked, for whoever may manage it; PermissionDenied for others."""
    esigi_gestione(utente, accordo)
    return Accordo.objects.select_for_update().get(pk=accordo.pk)


def esigi_in_vita(accordo: Accordo) -> None:
    """Refuse an agreement that isn't active or suspended today, whatever its row still says."""
    if not accordo.in_vita:
        raise Rifiuto(
            _("L'accordo oggi è «%s»: questo si fa su un accordo attivo o sospeso.") % accordo.stato_attuale.label
        )


def esigi_motivo(motivo: str) -> None:
    """Refuse an empty reason."""
    if not motivo.strip():
        raise Rifiuto(_("Scrivi il motivo: lo leggeranno le parti."))


def esigi_gestione(utente: Utente, accordo: Accordo | None = None) -> None:
    """PermissionDenied for whoever doesn't coordinate."""
    motivo = motivo_rifiuto_gestisce_accordo(utente, accordo)
    if motivo:
        raise PermissionDenied(motivo)
