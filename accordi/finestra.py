"""How long is left to an instant, in plain Italian. Pure: two instants in, words out."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTO = timedelta(minutes=1)
ANNO = 365  # days


def fra_quanto(momento: datetime, ora: datetime) -> str:
    """Words for the time from `ora` to a later `momento`: minutes and hours within the day, then days, then years.

    Minutes are rounded up, so that the last one is "fra 1 minuto" and never "fra 0 minuti".
    """
    quando, adesso = localtime(momento), localtime(ora)
    giorni = (quando.date() - adesso.date()).days
    if giorni == 0:
        return _fra_ore(-(-(momento - ora) // MINUTO))
    if giorni == 1:
        return _("domani alle %s") % f"{quando:%H:%M}"
    if giorni > ANNO:
        return ngettext("fra più di %d anno", "fra più di %d anni", giorni // ANNO) % (giorni // ANNO)
    return ngettext("fra %d giorno", "fra %d giorni", giorni) % giorni


def _fra_ore(minuti: int) -> str:
    ore, resto = divmod(minuti, 60)
    parti = []
    if ore:
        parti.append(ngettext("%d ora", "%d ore", ore) % ore)
    if resto or not ore:
        parti.append(ngettext("%d minuto", "%d minuti", resto) % resto)
    return _("fra %s") % _(" e ").join(parti)
