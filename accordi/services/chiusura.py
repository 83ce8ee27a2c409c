"""The window of a call: judged at the instant when a request reached us, within a bounded grace."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accordi.models import Avviso
from core.errori import Rifiuto
from core.orologio import adesso


def giunta(arrivata_il: datetime | None) -> datetime:
    """When a request counts as arrived: its first byte, but never so long ago that it was sent drop by drop.

    None, or an instant still to come, is now. The grace (MINUTI_GRAZIA_ARRIVO) covers a slow line and the
    wait behind others, not a body kept open past the closing.
    """
    ora = adesso()
    return max(min(arrivata_il or ora, ora), ora - timedelta(minutes=settings.MINUTI_GRAZIA_ARRIVO))


def esigi_aperto(avviso: Avviso, al: datetime) -> None:
    """Refuse outside the call's window; `al` is when the request reached us, not when its turn came."""
    if not avviso.live:
        raise Rifiuto(_("L'avviso non è pubblicato: non si può rispondere."))
    if al < avviso.apre:
        raise Rifiuto(_("L'avviso non è ancora aperto: torna quando apre."))
    if al >= avviso.chiude:
        raise Rifiuto(_("L'avviso è chiuso: il tempo per rispondere è finito."))


def esigi_non_chiuso(avviso: Avviso, arrivata_il: datetime | None) -> None:
    """Refuse a writing in a draft once the call is closed: nothing of what is presented may come after."""
    if giunta(arrivata_il) >= avviso.chiude:
        raise Rifiuto(_("L'avviso è chiuso: la bozza non si può più cambiare, solo eliminare."))
