"""Who confirmed a point's data, and when; the link by which a host is asked to (R31)."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from punti_informativi.models.punti import PuntoInformativo


class Verifica(models.Model):
    """One confirmation: public pages show its date and whether host or Province gave it, never the person."""

    class Origine(models.TextChoices):
        PROVINCIA = "provincia", _("la Provincia")
        OSPITE = "ospite", _("il soggetto ospitante")
        COLLEGAMENTO = "collegamento", _("il soggetto ospitante, dal collegamento ricevuto")

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="verifiche", verbose_name=_("punto"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verificato da"),
    )
    origine = models.CharField(_("da"), max_length=12, choices=Origine.choices, default=Origine.PROVINCIA)
    verificato_il = models.DateField(_("verificato il"))
    nota = models.CharField(_("nota"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("verifica")
        verbose_name_plural = _("verifiche")
        ordering: ClassVar = ["-verificato_il", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(origine="collegamento") | Q(utente__isnull=False), name="verifica_di_una_persona_o_da_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verificato_il} {self.get_origine_display()}"


class RichiestaConferma(models.Model):
    """One request to a host to confirm a point's data, with the secret of its link; a new one replaces it."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="richieste", verbose_name=_("punto"))
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    indirizzo = models.EmailField(_("inviata a"))
    inviata_il = models.DateField(_("inviata il"))
    solleciti = models.PositiveSmallIntegerField(_("solleciti"), default=0)
    risposta_il = models.DateField(_("risposta il"), null=True, blank=True)
    verifica = models.OneToOneField(
        Verifica, models.PROTECT, null=True, blank=True, related_name="richiesta", verbose_name=_("conferma")
    )
    da_correggere = models.TextField(_("che cosa è cambiato"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("richiesta di conferma")
        verbose_name_plural = _("richieste di conferma")
        ordering: ClassVar = ["-inviata_il", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["punto"], condition=Q(risposta_il__isnull=True), name="richiesta_una_aperta_per_punto"
            )
        ]

    def __str__(self) -> str:
        return f"{self.punto_id} {self.inviata_il}"
