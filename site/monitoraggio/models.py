"""Objectives, phases, indicators, hand-entered values, snapshots (TUEL art. 169, D.Lgs. 150/2009)."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import SolaAggiunta
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class ObiettivoQuerySet(models.QuerySet["Obiettivo"]):
    def visibili_a(self, utente: Any) -> "ObiettivoQuerySet":
        """Those who read everything see the sheet; nobody else knows that it exists."""
        return self if ha_ruolo(utente, LEGGONO_TUTTO) else self.none()


class Obiettivo(models.Model):
    """An objective of the PEG for one year."""

    codice = models.CharField(_("codice"), max_length=20, unique=True)
    anno = models.PositiveSmallIntegerField(_("anno"))
    titolo = models.CharField(_("titolo"), max_length=255)
    centro_di_responsabilita = models.CharField(_("centro di responsabilità"), max_length=120)
    responsabile = models.CharField(_("responsabile"), max_length=120, blank=True)
    consegna_entro = models.DateField(_("scheda da consegnare entro"), null=True, blank=True)
    fonte = models.CharField(
        _("fonte"), max_length=120, blank=True, help_text=_("Documento da cui viene la definizione.")
    )

    objects = ObiettivoQuerySet.as_manager()

    class Meta:
        verbose_name = _("obiettivo")
        verbose_name_plural = _("obiettivi")
        ordering: ClassVar = ["-anno", "codice"]

    def __str__(self) -> str:
        return f"{self.codice} — {self.titolo}"

    @property
    def inizio(self) -> date:
        """First day that the sheet covers."""
        return date(self.anno, 1, 1)

    @property
    def fine(self) -> date:
        """Last day: from then on the lights are final."""
        return date(self.anno, 12, 31)


class Fase(models.Model):
    """A phase: planned and actual dates, progress in percent (None: not started)."""

    obiettivo = models.ForeignKey(Obiettivo, models.CASCADE, related_name="fasi", verbose_name=_("obiettivo"))
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    codice = models.CharField(_("codice"), max_length=10)
    descrizione = models.TextField(_("descrizione"))
    inizio_previsto = models.DateField(_("inizio previsto"))
    fine_prevista = models.DateField(_("fine prevista"))
    inizio_effettivo = models.DateField(_("inizio effettivo"), null=True, blank=True)
    fine_effettiva = models.DateField(_("fine effettiva"), null=True, blank=True)
    avanzamento = models.PositiveSmallIntegerField(_("avanzamento %"), null=True, blank=True)

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("fasi")
        ordering: ClassVar = ["ordine"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obiettivo", "codice"], name="fase_un_codice_per_obiettivo"),
            models.CheckConstraint(
                condition=Q(fine_prevista__gte=F("inizio_previsto")), name="fase_prevista_in_ordine"
            ),
            models.CheckConstraint(
                condition=Q(avanzamento__isnull=True) | Q(avanzamento__lte=100), name="fase_al_massimo_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codice} {self.descrizione}"


class Indicatore(models.Model):
    """An indicator: expected value, and either a named measure or values entered by hand.

    `misura` names a function of monitoraggio.misure; empty means entered by hand.
    `meglio` says which way is good: a count of late cases is better low.
    """

    class Meglio(models.TextChoices):
        ALTO = "alto", _("Più alto è meglio")
        BASSO = "basso", _("Più basso è meglio")

    obiettivo = models.ForeignKey(Obiettivo, models.CASCADE, related_name="indicatori", verbose_name=_("obiettivo"))
    fasi = models.ManyToManyField(Fase, related_name="indicatori", blank=True, verbose_name=_("fasi"))
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    codice = models.CharField(_("codice"), max_length=10)
    descrizione = models.TextField(_("descrizione"))
    tipo = models.CharField(_("tipo"), max_length=20, blank=True)
    previsto = models.DecimalField(_("valore previsto"), max_digits=12, decimal_places=2)
    meglio = models.CharField(_("verso"), max_length=5, choices=Meglio.choices, default=Meglio.ALTO)
    unita = models.CharField(_("unità"), max_length=20, blank=True)
    misura = models.CharField(_("misura"), max_length=60, blank=True)
    parametri = models.JSONField(_("parametri della misura"), default=dict, blank=True)
    versione = models.PositiveSmallIntegerField(_("versione della definizione"), default=1)

    class Meta:
        verbose_name = _("indicatore")
        verbose_name_plural = _("indicatori")
        ordering: ClassVar = ["ordine"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obiettivo", "codice"], name="indicatore_un_codice_per_obiettivo")
        ]

    def __str__(self) -> str:
        return f"{self.codice} {self.descrizione}"


class ValoreInserito(SolaAggiunta):
    """A value entered by hand, with its evidence; the latest up to a date is the one in force.

    A correction is a new row: what was said before stays readable.
    """

    indicatore = models.ForeignKey(Indicatore, models.PROTECT, related_name="valori", verbose_name=_("indicatore"))
    al = models.DateField(_("riferito al"))
    valore = models.DecimalField(_("valore"), max_digits=12, decimal_places=2)
    nota = models.TextField(_("nota"), help_text=_("Da dove viene il numero e dove si trova la prova."))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("inserito da")
    )
    inserito_il = models.DateTimeField(_("inserito il"))

    class Meta:
        verbose_name = _("valore inserito")
        verbose_name_plural = _("valori inseriti")
        ordering: ClassVar = ["-al", "-inserito_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.indicatore.codice} = {self.valore} al {self.al}"


class Rilevazione(SolaAggiunta):
    """A snapshot of the whole sheet at a date, frozen; a later correction contradicts it visibly."""

    obiettivo = models.ForeignKey(Obiettivo, models.PROTECT, related_name="rilevazioni", verbose_name=_("obiettivo"))
    al = models.DateField(_("riferita al"))
    congelata_il = models.DateTimeField(_("congelata il"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("congelata da")
    )
    nota = models.CharField(_("nota"), max_length=255, blank=True)
    scheda = models.JSONField(_("scheda"))
    impronta = models.CharField(_("impronta SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("rilevazione")
        verbose_name_plural = _("rilevazioni")
        ordering: ClassVar = ["-al", "-congelata_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.obiettivo.codice} al {self.al}"
