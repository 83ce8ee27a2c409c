"""The attendance of the bodies that a person represents, for their private area."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.scrivania import Ente, VoceMenu
from reti.models import Convocazione, Soggetto
from reti.models.incontri import ConvocazioneQuerySet


def inviti_propri(utente: Any) -> ConvocazioneQuerySet:
    """Invitations of the bodies that `utente` represents today: also for staff, who see all elsewhere."""
    return Convocazione.objects.filter(adesione__soggetto__in=Soggetto.objects.rappresentati_da(utente))


def enti_di(utente: Any) -> list[Ente]:
    """The bodies that `utente` represents today."""
    propri = Soggetto.objects.rappresentati_da(utente).values_list("slug", "denominazione")
    return [Ente(slug, nome) for slug, nome in propri]


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
    """The private area's entry, once a body of theirs was invited."""
    if not inviti_propri(utente).exists():
        return []
    return [
        VoceMenu(
            titolo=_("La nostra partecipazione"),
            url=reverse("tavoli:partecipazione"),
            descrizione=_("Quante volte il tuo ente era presente, tavolo per tavolo e nel tempo."),
            icona="it-chart-line",
        )
    ]
