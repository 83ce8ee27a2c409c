"""An import of points from a file: how far it is, and what became of each line."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from punti_informativi.models.punti import PuntoInformativo


def _codice() -> str:
    return secrets.token_hex(6)


class Importazione(models.Model):
    """A file that a person confirmed. Each of its rows is written by the transaction that writes the line's point,
    so that one which was stopped says where, and goes on from there."""

    codice = models.CharField(_("codice"), max_length=12, unique=True, default=_codice, editable=False)
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("avviata da"))
    impronta = models.CharField(_("impronta del file"), max_length=64)
    righe_nel_file = models.PositiveIntegerField(_("righe nel file"))
    aprire = models.BooleanField(_("apre al pubblico i punti nuovi"), default=False)
    iniziata_il = models.DateTimeField(_("iniziata il"), default=adesso)
    finita_il = models.DateTimeField(_("finita il"), null=True, blank=True)
    errore = models.CharField(_("errore"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("importazione di punti")
        verbose_name_plural = _("importazioni di punti")
        ordering: ClassVar = ["-iniziata_il", "-pk"]

    def __str__(self) -> str:
        return self.codice


class RigaImportata(models.Model):
    """What became of one line; `modifiche` are triples of words: field, before, after."""

    class Esito(models.TextChoices):
        NUOVO = "nuovo", _("nuovo")
        AGGIORNATO = "aggiornato", _("aggiornato")
        UGUALE = "uguale", _("uguale")
        RIFIUTATO = "rifiutato", _("rifiutato")

    importazione = models.ForeignKey(Importazione, models.CASCADE, related_name="righe", verbose_name=_("importazione"))
    numero = models.PositiveIntegerField(_("riga"))
    esito = models.CharField(_("esito"), max_length=10, choices=Esito.choices)
    nome = models.CharField(_("punto"), max_length=200, blank=True)
    punto = models.ForeignKey(
        PuntoInformativo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("punto scritto")
    )
    modifiche = models.JSONField(_("modifiche"), default=list, blank=True)
    motivo = models.TextField(_("motivo"), blank=True)

    class Meta:
        verbose_name = _("riga importata")
        verbose_name_plural = _("righe importate")
        ordering: ClassVar = ["numero"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["importazione", "numero"], name="riga_importata_una_volta")
        ]

    def __str__(self) -> str:
        return f"{self.numero} {self.esito}"
