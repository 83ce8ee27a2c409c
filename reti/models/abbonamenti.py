"""Subscriptions of a calendar program to a feed, each by a token that its owner can revoke."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from reti.models.reti import Rete
from reti.models.soggetti import Soggetto


class AbbonamentoQuerySet(models.QuerySet["Abbonamento"]):
    def visibili_a(self, utente: Any) -> "AbbonamentoQuerySet":
        """One's own only: the token is a key."""
        return self.filter(utente_id=getattr(utente, "pk", None))

    def attivi(self) -> "AbbonamentoQuerySet":
        return self.filter(revocato_il__isnull=True)


class Abbonamento(models.Model):
    """A feed of one's own meetings, of a body, or of a board (neither: one's own)."""

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="abbonamenti", verbose_name=_("utente")
    )
    soggetto = models.ForeignKey(
        Soggetto, models.CASCADE, null=True, blank=True, related_name="abbonamenti", verbose_name=_("ente")
    )
    rete = models.ForeignKey(
        Rete, models.CASCADE, null=True, blank=True, related_name="abbonamenti", verbose_name=_("tavolo")
    )
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    creato_il = models.DateTimeField(_("creato il"), default=adesso)
    revocato_il = models.DateTimeField(_("revocato il"), null=True, blank=True)

    objects = AbbonamentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("abbonamento al calendario")
        verbose_name_plural = _("abbonamenti al calendario")
        ordering: ClassVar = ["-creato_il"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(soggetto__isnull=True) | Q(rete__isnull=True), name="abbonamento_di_un_ente_o_di_un_tavolo"
            )
        ]

    def __str__(self) -> str:
        return str(self.soggetto or self.rete or self.utente)
