"""One's own calendars as their page shows them, and those that one may ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.scrivania import VoceMenu
from reti.models import Abbonamento, Rete, Soggetto
from reti.models.reti import ReteQuerySet
from reti.models.soggetti import SoggettoQuerySet
from reti.queries.feed import nome_calendario
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


@dataclass(frozen=True)
class Calendario:
    """A subscription to show to its owner: the secret address, when made, whether it still opens."""

    pk: int
    nome: str
    indirizzo: str
    creato_il: datetime
    aperto: bool

    @property
    def webcal(self) -> str:
        """The same address, as calendar programs register for themselves."""
        return "webcal://" + self.indirizzo.partition("://")[2]


def calendari_di(utente: Any) -> list[Calendario]:
    """The active ones of `utente`, the latest first; three queries."""
    propri = list(Abbonamento.objects.visibili_a(utente).attivi().select_related("soggetto", "rete"))
    enti = Soggetto.objects.visibili_a(utente).filter(pk__in=[a.soggetto_id for a in propri if a.soggetto_id])
    tavoli = Rete.objects.visibili_a(utente).filter(pk__in=[a.rete_id for a in propri if a.rete_id])
    aperti = {None, *enti.values_list("pk", flat=True)}, {None, *tavoli.values_list("pk", flat=True)}
    return [
        Calendario(
            pk=a.pk,
            nome=nome_calendario(a),
            indirizzo=settings.INDIRIZZO_PUBBLICO + reverse("tavoli:calendario_segreto", args=[a.gettone]),
            creato_il=a.creato_il,
            aperto=a.soggetto_id in aperti[0] and a.rete_id in aperti[1],
        )
        for a in propri
    ]


def enti_da_seguire(utente: Any) -> SoggettoQuerySet:
    """Bodies represented today; for who reads everything the Province too."""
    propri = Q(pk__in=Soggetto.objects.rappresentati_da(utente).values("pk"))
    if ha_ruolo(utente, LEGGONO_TUTTO):
        propri |= Q(titolare_piattaforma=True)
    return Soggetto.objects.filter(propri).order_by("denominazione")


def tavoli_da_seguire(utente: Any) -> ReteQuerySet:
    return Rete.objects.visibili_a(utente).order_by("nome")


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
    """The private area's entry: anyone may be a holder, a substitute or a delegate."""
    return [
        VoceMenu(
            titolo=_("I miei calendari"),
            url=reverse("tavoli:calendari"),
            descrizione=_("Gli incontri nel programma di calendario che usi già."),
            icona="it-calendar",
        )
    ]
