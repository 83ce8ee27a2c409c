"""Who left a draft open hears before the call closes, once; run by core.periodici."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Istanza
from accordi.queries.istanze import condizioni_mancanti
from accordi.services.notifiche import scrivi_a_soggetto
from accordi.stati import StatoIstanza
from core.orologio import adesso


def ricorda_bozze() -> int:
    """Write to the leading body of each draft whose call closes within settings.ORE_PROMEMORIA_BOZZA hours,
    saying what is missing. The outbox's key holds the closing time: one mail, unless that moves. Returns the drafts.
    """
    ora = adesso()
    bozze = Istanza.objects.filter(
        stato=StatoIstanza.BOZZA,
        avviso__live=True,
        avviso__chiude__gt=ora,
        avviso__chiude__lte=ora + timedelta(hours=settings.ORE_PROMEMORIA_BOZZA),
    ).select_related("avviso", "capofila")
    for istanza in bozze:
        with transaction.atomic():
            scrivi_a_soggetto(
                istanza,
                istanza.capofila,
                "promemoria",
                oggetto=_("Sta per chiudere: %s") % istanza.avviso,
                segno=f"{istanza.avviso.chiude:%Y%m%d%H%M}",
                mancanti=condizioni_mancanti(istanza),
            )
    return len(bozze)
