"""What happens around a signature: a document taken away, a refusal, a code by mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accordi.models.accordi import Parte, VersioneTesto
from core.models import SolaAggiunta


class Prenotazione(models.Model):
    """The document taken by one signatory to be signed outside: for a while nobody else may sign (no branches)."""

    parte = models.ForeignKey(Parte, models.CASCADE, related_name="prenotazioni", verbose_name=_("parte"))
    versione = models.ForeignKey(VersioneTesto, models.CASCADE, related_name="prenotazioni", verbose_name=_("versione"))
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("utente"))
    impronta = models.CharField(_("impronta del documento preso"), max_length=64)
    presa_il = models.DateTimeField(_("presa il"))
    scade_il = models.DateTimeField(_("scade il"))
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("prenotazione per la firma")
        verbose_name_plural = _("prenotazioni per la firma")
        ordering: ClassVar = ["-presa_il"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["versione"], condition=Q(chiusa_il__isnull=True), name="prenotazione_una_aperta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.utente} per {self.parte}"


class RifiutoFirma(SolaAggiunta):
    """A party that declines a frozen text, with its reason."""

    parte = models.ForeignKey(Parte, models.PROTECT, related_name="rifiuti", verbose_name=_("parte"))
    versione = models.ForeignKey(VersioneTesto, models.PROTECT, related_name="rifiuti", verbose_name=_("versione"))
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("utente"))
    motivo = models.TextField(_("motivo"))
    rifiutata_il = models.DateTimeField(_("rifiutata il"))

    class Meta:
        verbose_name = _("rifiuto di firmare")
        verbose_name_plural = _("rifiuti di firmare")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parte", "versione"], name="rifiuto_uno_per_parte_e_versione")
        ]

    def __str__(self) -> str:
        return f"{self.parte}: {self.motivo[:60]}"


class CodiceFirma(models.Model):
    """A one-time code mailed to who is about to sign; kept as a salted hash, spent once."""

    parte = models.ForeignKey(Parte, models.CASCADE, related_name="codici", verbose_name=_("parte"))
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("utente"))
    codice = models.CharField(max_length=128)
    creato_il = models.DateTimeField()
    scade_il = models.DateTimeField()
    tentativi = models.PositiveSmallIntegerField(default=0)
    usato_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("codice di firma")
        verbose_name_plural = _("codici di firma")
        ordering: ClassVar = ["-creato_il"]

    def __str__(self) -> str:
        return f"per {self.utente}"
