"""What a host asks to change in a point of its own, or in the hours of all of them, until the Province decides."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from punti_informativi.models.punti import PuntoInformativo
from punti_informativi.stati import StatoProposta
from reti.models import Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class PropostaQuerySet(models.QuerySet["Proposta"]):
    def visibili_a(self, utente: Any) -> "PropostaQuerySet":
        """Staff see all; partners those of the bodies that they represent."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        propri = Soggetto.objects.rappresentati_da(utente)
        return self.filter(Q(punto__soggetto__in=propri) | Q(soggetto__in=propri))

    def in_attesa(self) -> "PropostaQuerySet":
        return self.filter(stato=StatoProposta.IN_ATTESA)


class Proposta(models.Model):
    """A set of changes; `prima` and `dopo` hold the same keys: fields' names, `servizi` (slugs), `orari`, `eccezioni`.

    Values are JSON: texts as they are, times as "HH:MM", dates as ISO 8601. With `soggetto` in place of `punto`:
    the weekly `orari` that the host writes for all, and `punti`, the keys of those that follow them (R34).
    """

    punto = models.ForeignKey(
        PuntoInformativo, models.CASCADE, null=True, blank=True, related_name="proposte", verbose_name=_("punto")
    )
    soggetto = models.ForeignKey(
        Soggetto,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposte_orari",
        verbose_name=_("soggetto ospitante"),
    )
    stato = models.CharField(_("stato"), max_length=10, choices=StatoProposta.choices, default=StatoProposta.IN_ATTESA)
    prima = models.JSONField(_("prima"), default=dict)
    dopo = models.JSONField(_("dopo"), default=dict)
    messaggio = models.CharField(_("messaggio per la Provincia"), max_length=500, blank=True)
    proposta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposta da")
    )
    proposta_il = models.DateTimeField(_("proposta il"), default=adesso)
    decisa_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decisa da")
    )
    decisa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)

    objects = PropostaQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposta di modifica")
        verbose_name_plural = _("proposte di modifica")
        ordering: ClassVar = ["-proposta_il", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["punto"], condition=Q(stato=StatoProposta.IN_ATTESA), name="proposta_una_aperta_per_punto"
            ),
            models.UniqueConstraint(
                fields=["soggetto"],
                condition=Q(stato=StatoProposta.IN_ATTESA),
                name="proposta_una_aperta_per_soggetto",
            ),
            models.CheckConstraint(
                condition=Q(punto__isnull=True) ^ Q(soggetto__isnull=True), name="proposta_di_un_punto_o_di_un_soggetto"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titolo} {self.proposta_il:%Y-%m-%d}"

    @property
    def ospite(self) -> Soggetto:
        return self.punto.soggetto if self.punto_id else self.soggetto

    @property
    def titolo(self) -> str:
        """What it changes, as lists say it."""
        return self.punto.nome if self.punto_id else _("Orari di tutti i punti")
