"""Choosing the date: a poll over slots among the seats of one or several boards (R23)."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from reti.models.incontri import Incontro, codice_opaco, nomi_dei_tavoli
from reti.models.reti import Adesione, Rete
from reti.models.soggetti import Rappresentanza
from reti.stati import StatoSondaggio
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class SondaggioQuerySet(models.QuerySet["Sondaggio"]):
    def visibili_a(self, utente: Any) -> "SondaggioQuerySet":
        """Staff see all; a partner sees those that ask a body of theirs."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(interpellati__in=Interpellato.objects.rispondibili_da(utente)).distinct()


class Sondaggio(models.Model):
    """A poll: what the meeting will be, and until when one may answer."""

    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    rete = models.ForeignKey(Rete, models.PROTECT, related_name="sondaggi", verbose_name=_("tavolo"))
    altre_reti = models.ManyToManyField(
        Rete, related_name="sondaggi_congiunti", blank=True, verbose_name=_("congiunto con")
    )
    titolo = models.CharField(_("titolo"), max_length=200)
    modalita = models.CharField(
        _("modalità"), max_length=10, choices=Incontro.Modalita.choices, default=Incontro.Modalita.PRESENZA
    )
    luogo = models.CharField(_("luogo"), max_length=200, blank=True)
    collegamento = models.URLField(_("collegamento per il remoto"), blank=True)
    ordine_del_giorno = models.TextField(_("ordine del giorno"), blank=True)
    entro = models.DateTimeField(_("si risponde entro"))
    stato = models.CharField(_("stato"), max_length=10, choices=StatoSondaggio.choices, default=StatoSondaggio.APERTO)
    incontro = models.OneToOneField(
        Incontro, models.PROTECT, null=True, blank=True, related_name="sondaggio", verbose_name=_("incontro convocato")
    )
    creato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("creato da")
    )
    creato_il = models.DateTimeField(_("creato il"), default=adesso)

    objects = SondaggioQuerySet.as_manager()

    class Meta:
        verbose_name = _("sondaggio per la data")
        verbose_name_plural = _("sondaggi per la data")
        ordering: ClassVar = ["-creato_il"]

    def __str__(self) -> str:
        return self.titolo

    @property
    def tavoli(self) -> str:
        """Names of the boards asked, the one that convenes first. Reads `altre_reti`, prefetched or not."""
        return nomi_dei_tavoli(self.rete, self.altre_reti.all())


class Fascia(models.Model):
    """A slot that the poll proposes."""

    sondaggio = models.ForeignKey(Sondaggio, models.CASCADE, related_name="fasce", verbose_name=_("sondaggio"))
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))

    class Meta:
        verbose_name = _("fascia")
        verbose_name_plural = _("fasce")
        ordering: ClassVar = ["inizio"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sondaggio", "inizio", "fine"], name="fascia_una_volta"),
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="fascia_finisce_dopo_l_inizio"),
        ]

    def __str__(self) -> str:
        return f"{self.inizio:%Y-%m-%d %H:%M}"


class InterpellatoQuerySet(models.QuerySet["Interpellato"]):
    def rispondibili_da(self, utente: Any) -> "InterpellatoQuerySet":
        """Those that `utente` has, today, the power to answer."""
        poteri = Rappresentanza.objects.valide().filter(utente_id=getattr(utente, "pk", None), puo_rispondere=True)
        return self.filter(adesione__soggetto__in=poteri.values("soggetto"))


class Interpellato(models.Model):
    """A seat that is asked, by its personal link."""

    sondaggio = models.ForeignKey(Sondaggio, models.CASCADE, related_name="interpellati", verbose_name=_("sondaggio"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="interpellati", verbose_name=_("seggio"))
    email = models.EmailField(_("email"), blank=True)
    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    risposto_il = models.DateTimeField(_("risposto il"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=255, blank=True)

    objects = InterpellatoQuerySet.as_manager()

    class Meta:
        verbose_name = _("interpellato")
        verbose_name_plural = _("interpellati")
        ordering: ClassVar = ["adesione__soggetto__denominazione"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sondaggio", "adesione"], name="interpellato_una_volta")
        ]

    def __str__(self) -> str:
        return str(self.adesione.soggetto)


class Disponibilita(models.Model):
    """What a seat says of one slot."""

    class Valore(models.TextChoices):
        SI = "si", _("Sì")
        FORSE = "forse", _("Se necessario")
        NO = "no", _("No")

    interpellato = models.ForeignKey(
        Interpellato, models.CASCADE, related_name="disponibilita", verbose_name=_("interpellato")
    )
    fascia = models.ForeignKey(Fascia, models.CASCADE, related_name="disponibilita", verbose_name=_("fascia"))
    valore = models.CharField(_("disponibilità"), max_length=5, choices=Valore.choices)

    class Meta:
        verbose_name = _("disponibilità")
        verbose_name_plural = _("disponibilità")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interpellato", "fascia"], name="disponibilita_una_per_fascia")
        ]

    def __str__(self) -> str:
        return f"{self.fascia}: {self.get_valore_display()}"
