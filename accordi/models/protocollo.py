"""Internal protocol register: gapless yearly numbers (CAD 40-bis, DPR 445/2000 art. 53)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import SolaAggiunta
from core.orologio import adesso


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

    @property
    def riferimento(self) -> str:
        """What a person searches for in the body's own register."""
        return f"Raccordo n. {self.numero}/{self.anno}"

    @property
    def dell_ente(self) -> str:
        """Number and date in the body's own register, or where that stands; empty where there is no other register."""
        invio = getattr(self, "invio", None)
        return str(invio) if invio else ""


class InvioProtocollo(models.Model):
    """Our registration sent to the body's own register, where one is configured; ours stands meanwhile.

    The internal number works as the emergency register (DPR 445/2000 art. 63): the body's own is joined to it.
    """

    class Esito(models.TextChoices):
        ATTESA = "attesa", _("In attesa")
        REGISTRATO = "registrato", _("Registrato")
        INCERTO = "incerto", _("Da controllare: forse è registrato")
        ABBANDONATO = "abbandonato", _("Non registrato: tentativi finiti")

    protocollo = models.OneToOneField(
        Protocollo, models.PROTECT, related_name="invio", verbose_name=_("registrazione interna")
    )
    esito = models.CharField(_("esito"), max_length=12, choices=Esito.choices, default=Esito.ATTESA)
    numero = models.CharField(_("numero dell'ente"), max_length=60, blank=True)
    data = models.DateField(_("data dell'ente"), null=True, blank=True)
    tentativi = models.PositiveSmallIntegerField(_("tentativi"), default=0)
    prossimo = models.DateTimeField(_("prossimo tentativo"), default=adesso)
    in_volo = models.BooleanField(
        default=False, editable=False, help_text=_("Un tentativo è partito e non se ne sa ancora l'esito.")
    )
    errore = models.CharField(_("ultimo errore"), max_length=255, blank=True)
    risposta = models.JSONField(_("risposta"), default=dict, blank=True)

    class Meta:
        verbose_name = _("registrazione nel protocollo dell'ente")
        verbose_name_plural = _("registrazioni nel protocollo dell'ente")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(esito="registrato") | ~models.Q(numero=""), name="invio_registrato_ha_il_numero"
            )
        ]

    def __str__(self) -> str:
        if not self.numero:
            return self.get_esito_display()
        return f"n. {self.numero}" + (f" del {self.data:%d/%m/%Y}" if self.data else "")
