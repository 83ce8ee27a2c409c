"""Confirmations that wait for the Province or for a host: entries of the desk (R31)."""

from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.scrivania import Voce
from punti_informativi.models import PuntoInformativo, RichiestaConferma
from punti_informativi.stati import StatoPunto


def voci_conferme() -> list[Voce]:
    """Points off the site, or about to leave it, because nobody confirms their data."""
    voci = []
    for punto in PuntoInformativo.objects.da_confermare().select_related("soggetto"):
        fresco = punto.freschezza
        titolo = (
            _("Fuori dal sito, dati non confermati: «%s»") if fresco.scaduta else _("Dati non confermati: «%s»")
        ) % punto.nome
        dettaglio = _("%(ospite)s: ultima conferma il %(data)s.") % {
            "ospite": punto.soggetto.denominazione,
            "data": f"{fresco.verificato_il:%d/%m/%Y}",
        }
        url = reverse("punti_scheda", args=[punto.pk])
        urgenza, entro = (0, None) if fresco.scaduta else (1, fresco.fuori_dal)
        voci.append(Voce(titolo, url, urgenza, dettaglio, entro, _("Conferme dei punti")))
    return voci


def voci_segnalazioni() -> list[Voce]:
    """What hosts wrote from their link, until the data are confirmed again."""
    aperte = (
        RichiestaConferma.objects.exclude(da_correggere="")
        .filter(Q(punto__verificato_il__isnull=True) | Q(punto__verificato_il__lt=F("risposta_il")))
        .exclude(punto__stato=StatoPunto.CESSATO)
        .select_related("punto")
    )
    return [
        Voce(
            _("Correggi «%s»: il soggetto segnala un cambiamento") % richiesta.punto.nome,
            reverse("punti_scheda", args=[richiesta.punto_id]),
            1,
            richiesta.da_correggere[:160],
            gruppo=_("Conferme dei punti"),
        )
        for richiesta in aperte
    ]


def voci_conferme_ospite(gestiti: Any) -> list[Voce]:
    """Points of the bodies in `gestiti` whose data are to be confirmed."""
    voci = []
    da_confermare = PuntoInformativo.objects.da_confermare(-settings.PUNTI_GIORNI_ANTICIPO_CONFERMA)
    for punto in da_confermare.filter(soggetto__in=gestiti).select_related("soggetto"):
        voci.append(
            Voce(
                _("Conferma i dati di «%s»") % punto.nome,
                reverse("punti:miei"),
                0 if punto.freschezza.scaduta else 1,
                _("È fuori dal sito: torna appena confermi.")
                if punto.freschezza.scaduta
                else _("Senza conferma esce dal sito."),
                None if punto.freschezza.scaduta else punto.freschezza.fuori_dal,
                _("Punti informativi"),
                _("Conferma"),
                (punto.soggetto.slug,),
            )
        )
    return voci
