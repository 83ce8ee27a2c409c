"""Mail that comes back from calendar programs: what was read, what was done of it, proposals of another date (R21)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from core.orologio import adesso
from reti.models.incontri import Convocazione


class MessaggioRicevuto(models.Model):
    """A message read from the mailbox: kept and explained, never dropped. `impronta` makes a second reading nothing."""

    class Esito(models.TextChoices):
        ACCOLTO = "accolto", _("Risposta registrata")
        PROPOSTA = "proposta", _("Proposta di un'altra data")
        RIFIUTATO = "rifiutato", _("Non accolto")

    impronta = models.CharField(max_length=64, unique=True, editable=False)
    ricevuto_il = models.DateTimeField(_("ricevuto il"), default=adesso)
    mittente = models.CharField(_("mittente"), max_length=320, blank=True)
    destinatario = models.CharField(_("destinatario"), max_length=320, blank=True)
    oggetto = models.CharField(_("oggetto"), max_length=255, blank=True)
    dimensione = models.PositiveIntegerField(_("dimensione in byte"), default=0)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito.choices)
    motivo = models.TextField(_("spiegazione"), blank=True)
    convocazione = models.ForeignKey(
        Convocazione,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messaggi_ricevuti",
        verbose_name=_("convocazione"),
    )
    originale = models.FileField(_("messaggio"), storage=archivio_privato, upload_to="tavoli/posta", blank=True)
    visto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("visto da")
    )
    visto_il = models.DateTimeField(_("visto il"), null=True, blank=True)

    class Meta:
        verbose_name = _("messaggio ricevuto")
        verbose_name_plural = _("posta ricevuta")
        ordering: ClassVar = ["-ricevuto_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.mittente}: {self.oggetto}"


class Proposta(models.Model):
    """Another date that an invited person proposes from their calendar (METHOD:COUNTER)."""

    class Esito(models.TextChoices):
        ATTESA = "attesa", _("Da esaminare")
        ACCOLTA = "accolta", _("Accolta")
        RESPINTA = "respinta", _("Non accolta")

    convocazione = models.ForeignKey(
        Convocazione, models.CASCADE, related_name="proposte", verbose_name=_("convocazione")
    )
    messaggio = models.ForeignKey(
        MessaggioRicevuto, models.PROTECT, null=True, related_name="proposte", verbose_name=_("messaggio")
    )
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))
    nota = models.TextField(_("nota"), blank=True)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito.choices, default=Esito.ATTESA)

    class Meta:
        verbose_name = _("proposta di un'altra data")
        verbose_name_plural = _("proposte di un'altra data")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="proposta_finisce_dopo_l_inizio")
        ]

    def __str__(self) -> str:
        return f"{self.convocazione.adesione.soggetto}: {self.inizio:%Y-%m-%d %H:%M}"

    @property
    def vista(self) -> str:
        """The times as a page shows them: who decides says which ones they saw."""
        return f"{self.inizio.timestamp():.0f}-{self.fine.timestamp():.0f}"
