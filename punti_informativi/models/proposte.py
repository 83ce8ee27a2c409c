"""What a host asks to change in a point of its own, until the Province decides."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from punti_informativi.models.punti import PuntoInformativo
from punti_informativi.stati import StatoProposta


class PropostaQuerySet(models.QuerySet["Proposta"]):
    def visibili_a(self, utente: Any) -> "PropostaQuerySet":
        """Those of the points that `utente` may see."""
        return self.filter(punto__in=PuntoInformativo.objects.visibili_a(utente))


class Proposta(models.Model):
    """A set of changes; `prima` and `dopo` hold the same keys: fields' names, `servizi` (slugs), `orari`, `eccezioni`.

    Values are JSON: texts as they are, times as "HH:MM", dates as ISO 8601.
    """

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="proposte", verbose_name=_("punto"))
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.punto_id} {self.proposta_il:%Y-%m-%d}"
