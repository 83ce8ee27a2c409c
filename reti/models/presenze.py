"""Who was there: the roll by seat, guests, taps of the tablet, self check-in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from core.models import SolaAggiunta
from core.orologio import adesso
from reti.models.incontri import Incontro
from reti.models.reti import Adesione


class Presenza(models.Model):
    """Who was there, by seat: in the room or remote, with times."""

    class Esito(models.TextChoices):
        PRESENTE = "presente", _("Presente")
        ASSENTE = "assente", _("Assente")
        GIUSTIFICATO = "giustificato", _("Assente giustificato")

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="presenze", verbose_name=_("incontro"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="presenze", verbose_name=_("seggio"))
    esito = models.CharField(_("esito"), max_length=12, choices=Esito.choices)
    da_remoto = models.BooleanField(_("da remoto"), default=False)
    persona = models.CharField(_("persona presente"), max_length=160, blank=True)
    arrivo = models.TimeField(_("arrivo"), null=True, blank=True)
    uscita = models.TimeField(_("uscita"), null=True, blank=True)
    delega_verificata = models.BooleanField(_("delega verificata"), default=False)
    prova = models.CharField(_("prova della presenza"), max_length=255, blank=True)
    prova_documento = models.FileField(
        _("documento della prova"), storage=archivio_privato, upload_to="tavoli/prove", blank=True
    )
    registrata_il = models.DateTimeField(_("registrata il"))

    class Meta:
        verbose_name = _("presenza")
        verbose_name_plural = _("presenze")
        ordering: ClassVar = ["adesione__soggetto__denominazione"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incontro", "adesione"], name="presenza_una_per_seggio"),
            models.CheckConstraint(
                condition=Q(esito="presente") | Q(arrivo__isnull=True, uscita__isnull=True),
                name="presenza_orari_solo_a_chi_c_era",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adesione.soggetto}: {self.get_esito_display()}"


class Ospite(models.Model):
    """Who was there without a seat."""

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="ospiti", verbose_name=_("incontro"))
    nome = models.CharField(_("nome e cognome"), max_length=160)
    ente = models.CharField(_("ente"), max_length=160, blank=True)
    da_remoto = models.BooleanField(_("da remoto"), default=False)
    arrivo = models.TimeField(_("arrivo"), null=True, blank=True)
    uscita = models.TimeField(_("uscita"), null=True, blank=True)

    class Meta:
        verbose_name = _("ospite")
        verbose_name_plural = _("ospiti")
        ordering: ClassVar = ["nome"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["incontro", "nome", "ente"], name="ospite_una_volta")]

    def __str__(self) -> str:
        return self.nome


class Tocco(SolaAggiunta):
    """One tap on the roll, by its key made on the tablet: a repeated delivery is recognised and does nothing."""

    chiave = models.CharField(max_length=64, unique=True)
    incontro = models.ForeignKey(Incontro, models.PROTECT, related_name="tocchi", verbose_name=_("incontro"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="+", verbose_name=_("seggio"))
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("utente"))
    gesto = models.JSONField(_("gesto"), default=dict)
    fatto_il = models.DateTimeField(_("fatto il"))
    ricevuto_il = models.DateTimeField(_("ricevuto il"), default=adesso)

    class Meta:
        verbose_name = _("tocco dell'appello")
        verbose_name_plural = _("tocchi dell'appello")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.adesione}: {self.gesto}"


class Ingresso(models.Model):
    """A person who said by the QR code that they are there: counts once the secretary confirms."""

    class Stato(models.TextChoices):
        ATTESA = "attesa", _("Da confermare")
        CONFERMATO = "confermato", _("Confermato")
        RIFIUTATO = "rifiutato", _("Rifiutato")

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="ingressi", verbose_name=_("incontro"))
    adesione = models.ForeignKey(
        Adesione, models.PROTECT, null=True, blank=True, related_name="ingressi", verbose_name=_("seggio")
    )
    nome = models.CharField(_("nome e cognome"), max_length=160)
    ente = models.CharField(_("ente"), max_length=160, blank=True)
    da_remoto = models.BooleanField(_("da remoto"), default=False)
    esito = models.CharField(_("esito"), max_length=10, choices=Stato.choices, default=Stato.ATTESA)
    motivo = models.CharField(_("motivo del rifiuto"), max_length=255, blank=True)
    arrivato_il = models.DateTimeField(_("arrivato il"), default=adesso)
    chiave = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ingresso")
        verbose_name_plural = _("ingressi")
        ordering: ClassVar = ["arrivato_il", "pk"]

    def __str__(self) -> str:
        return self.nome
