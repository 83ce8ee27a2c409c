"""Received mail that waits for a person, and what of a message may be shown (R21)."""

import re
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import COLLEGAMENTO_PERSONALE
from core.orologio import adesso
from core.scrivania import Voce
from reti.ical_lettura import LetturaImpossibile
from reti.models import Incontro, MessaggioRicevuto, Proposta
from reti.posta_lettura import leggi_messaggio
from reti.stati import StatoIncontro
from utenti.permissions import puo_coordinare

RECAPITO = re.compile(r"\+[0-9a-f]{32}@", re.ASCII)


def messaggi_ricevuti() -> QuerySet[MessaggioRicevuto]:
    """With what the list shows of each, the latest first."""
    return MessaggioRicevuto.objects.select_related("convocazione__incontro", "convocazione__adesione__soggetto")


def da_vedere() -> QuerySet[MessaggioRicevuto]:
    """Refused, and not yet read by a coordinator."""
    return messaggi_ricevuti().filter(esito=MessaggioRicevuto.Esito.RIFIUTATO, visto_il=None)


def proposte_di(incontro: Incontro) -> QuerySet[Proposta]:
    """Other dates proposed for a meeting, those to examine first."""
    righe = Proposta.objects.filter(convocazione__incontro=incontro)
    return righe.select_related("convocazione__adesione__soggetto").order_by("-esito", "-pk")


def senza_segreti(testo: str) -> str:
    """`testo` without personal links and secret addresses: whoever held them would answer in another's place."""
    return RECAPITO.sub("+…@", COLLEGAMENTO_PERSONALE.sub(r"\1…", testo))


def anteprima(messaggio: MessaggioRicevuto) -> str:
    """The plain text of a kept message; "" when it can't be read."""
    if not messaggio.originale:
        return ""
    try:
        with messaggio.originale.open("rb") as file:
            letto = leggi_messaggio(file.read(), massimo=settings.CASELLA_MASSIMO_MESSAGGIO)
    except (LetturaImpossibile, FileNotFoundError):
        return ""
    return senza_segreti(letto.testo).strip()


def _voce_messaggio(messaggio: MessaggioRicevuto) -> Voce:
    return Voce(
        titolo=_("Risposta non accolta: %s") % messaggio.convocazione.adesione.soggetto,
        url=reverse("gestione_posta_ricevuta:scheda", args=[messaggio.pk]),
        urgenza=1,
        dettaglio=messaggio.convocazione.incontro.titolo,
        entro=timezone.localdate(messaggio.convocazione.incontro.inizio),
        gruppo=_("Tavoli"),
    )


def _voce_proposta(proposta: Proposta) -> Voce:
    incontro = proposta.convocazione.incontro
    return Voce(
        titolo=_("Un'altra data per %s") % incontro.titolo,
        url=reverse("gestione_incontri:scheda", args=[incontro.pk]) + "#proposte",
        urgenza=1,
        dettaglio=_("%(chi)s propone %(quando)s")
        % {
            "chi": proposta.convocazione.adesione.soggetto,
            "quando": date_format(timezone.localtime(proposta.inizio), "j F Y H:i").lower(),
        },
        entro=timezone.localdate(incontro.inizio),
        gruppo=_("Tavoli"),
    )


def voci_scrivania(utente: Any) -> list[Voce]:
    """For a coordinator: answers refused, other dates proposed; mail that concerns nobody is one entry."""
    if not puo_coordinare(utente):
        return []
    messaggi = list(da_vedere().exclude(convocazione=None).filter(convocazione__incontro__fine__gt=adesso()))
    proposte = Proposta.objects.filter(
        esito=Proposta.Esito.ATTESA,
        convocazione__incontro__stato=StatoIncontro.CONVOCATO,
        convocazione__incontro__fine__gt=adesso(),
    ).select_related("convocazione__incontro", "convocazione__adesione__soggetto")
    voci = [*map(_voce_messaggio, messaggi), *map(_voce_proposta, proposte)]
    if altri := da_vedere().count() - len(messaggi):
        titolo = ngettext("%d messaggio ricevuto da guardare", "%d messaggi ricevuti da guardare", altri) % altri
        url = reverse("gestione_posta_ricevuta:index") + "?da_vedere=true"
        voci.append(Voce(titolo=titolo, url=url, gruppo=_("Tavoli")))
    return voci
