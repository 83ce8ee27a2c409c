"""A page of this site that somebody can't use: what they said, by when we answer, what we answered (R60)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from core.termini import giorni_lordi, scadenza
from reti.models.incontri import codice_opaco


class SegnalazioneQuerySet(models.QuerySet["Segnalazione"]):
    def aperte(self) -> "SegnalazioneQuerySet":
        """Those without an answer, the oldest first: the first to fall due."""
        return self.filter(chiusa_il__isnull=True).order_by("ricevuta_il", "pk")


class Segnalazione(models.Model):
    """One report, open until it is answered; whoever holds `codice` reads the answer.

    `email` is there only while an answer is awaited.
    """

    codice = models.CharField(max_length=12, unique=True, default=codice_opaco, editable=False)
    pagina = models.CharField(_("pagina"), max_length=300, blank=True)
    testo = models.TextField(_("che cosa non funziona"), max_length=2000)
    email = models.EmailField(_("email"), blank=True)
    ricevuta_il = models.DateField(_("ricevuta il"))
    risposta = models.TextField(_("risposta"), max_length=4000, blank=True)
    chiusa_il = models.DateField(_("chiusa il"), null=True, blank=True)
    chiusa_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chiusa da")
    )

    objects = SegnalazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("segnalazione di accessibilità")
        verbose_name_plural = _("segnalazioni di accessibilità")
        ordering: ClassVar = ["-ricevuta_il", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(chiusa_il__isnull=True) | (~models.Q(risposta="") & models.Q(email="")),
                name="segnalazione_chiusa_con_risposta_e_senza_email",
            )
        ]

    def __str__(self) -> str:
        return self.codice

    @property
    def entro(self) -> date:
        """The last day to answer: the day when it came is day 0."""
        return scadenza(self.ricevuta_il, settings.GIORNI_ACCESSIBILITA)

    @property
    def in_ritardo(self) -> bool:
        """Answered after the last day, or not answered and the day has passed."""
        return (self.chiusa_il or oggi()) > self.entro

    @property
    def giorni_rimasti(self) -> int:
        """Calendar days to the last one; negative once it has passed."""
        return giorni_lordi(oggi(), self.entro)
