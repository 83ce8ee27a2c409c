"""Internal protocol register: gapless yearly numbers (CAD 40-bis, DPR 445/2000 art. 53)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import SolaAggiunta


class ContatoreProtocollo(models.Model):
    """The last number given in a year; locking the row orders the requests."""

    anno = models.PositiveSmallIntegerField(primary_key=True)
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("contatore di protocollo")
        verbose_name_plural = _("contatori di protocollo")

    def __str__(self) -> str:
        return f"{self.anno}: {self.ultimo}"


class Protocollo(SolaAggiunta):
    """One registration: number, year, instant, subject and fingerprint of what was registered."""

    class Verso(models.TextChoices):
        ENTRATA = "entrata", _("In entrata")
        USCITA = "uscita", _("In uscita")

    anno = models.PositiveSmallIntegerField(_("anno"))
    numero = models.PositiveIntegerField(_("numero"))
    registrato_il = models.DateTimeField(_("registrato il"))
    verso = models.CharField(_("verso"), max_length=8, choices=Verso.choices)
    oggetto = models.CharField(_("oggetto"), max_length=255)
    corrispondente = models.CharField(_("mittente o destinatario"), max_length=255)
    impronta = models.CharField(_("impronta SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("registrazione di protocollo")
        verbose_name_plural = _("registro di protocollo")
        ordering: ClassVar = ["-anno", "-numero"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["anno", "numero"], name="protocollo_un_numero_per_anno")
        ]

    def __str__(self) -> str:
        return f"n. {self.numero}/{self.anno} del {self.data:%d/%m/%Y}"

    @property
    def data(self) -> date:
        """Protocol date in Europe/Rome: day 0 of every term."""
        return timezone.localdate(self.registrato_il)
