"""Meetings: convocation, answers, attendance, minutes, decisions."""

import secrets
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from reti.models.reti import Adesione, Rete
from reti.models.soggetti import Rappresentanza, Soggetto
from reti.stati import INCONTRI_TENUTI, StatoIncontro
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


def codice_opaco() -> str:
    """Public address of a record: 12 URL-safe characters that can't be guessed or counted."""
    return secrets.token_urlsafe(9)


class IncontroQuerySet(models.QuerySet["Incontro"]):
    def visibili_a(self, utente: Any) -> "IncontroQuerySet":
        """Staff see all; a partner sees the meetings to which a body of theirs was invited."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(convocazioni__in=Convocazione.objects.visibili_a(utente)).distinct()

    def tenuti(self, dal: date | None = None, al: date | None = None) -> "IncontroQuerySet":
        """Held (svolti or verbalizzati), with their local start date in the closed interval."""
        scelti = self.filter(stato__in=INCONTRI_TENUTI)
        if dal:
            scelti = scelti.filter(inizio__date__gte=dal)
        return scelti.filter(inizio__date__lte=al) if al else scelti


class Incontro(models.Model):
    """A meeting of a rete. `sequenza` rises with every change sent to calendars (RFC 5546)."""

    class Modalita(models.TextChoices):
        PRESENZA = "presenza", _("In presenza")
        REMOTO = "remoto", _("Da remoto")
        IBRIDA = "ibrida", _("In presenza e da remoto")

    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    rete = models.ForeignKey(Rete, models.PROTECT, related_name="incontri", verbose_name=_("tavolo"))
    titolo = models.CharField(_("titolo"), max_length=200)
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))
    modalita = models.CharField(_("modalità"), max_length=10, choices=Modalita.choices, default=Modalita.PRESENZA)
    luogo = models.CharField(_("luogo"), max_length=200, blank=True)
    collegamento = models.URLField(_("collegamento per il remoto"), blank=True)
    ordine_del_giorno = models.TextField(_("ordine del giorno"), blank=True)
    stato = models.CharField(_("stato"), max_length=12, choices=StatoIncontro.choices, default=StatoIncontro.BOZZA)
    sequenza = models.PositiveIntegerField(default=0, editable=False)
    motivo = models.CharField(_("motivo di rinvio o annullamento"), max_length=255, blank=True)
    creato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("creato da")
    )

    objects = IncontroQuerySet.as_manager()

    class Meta:
        verbose_name = _("incontro")
        verbose_name_plural = _("incontri")
        ordering: ClassVar = ["-inizio"]
        indexes: ClassVar = [models.Index(fields=["stato", "inizio"], name="incontri_per_stato_e_data")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="incontro_finisce_dopo_l_inizio")
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("tavoli:incontro", args=[self.codice])

    @property
    def uid(self) -> str:
        """Stable iCalendar UID."""
        return f"{self.codice}@raccordo"


class ConvocazioneQuerySet(models.QuerySet["Convocazione"]):
    def visibili_a(self, utente: Any) -> "ConvocazioneQuerySet":
        """Staff see all; a partner sees those of the bodies they represent today."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(adesione__soggetto__in=Soggetto.objects.rappresentati_da(utente))

    def rispondibili_da(self, utente: Any) -> "ConvocazioneQuerySet":
        """Those that `utente` has, today, the power to answer."""
        poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True)
        return self.filter(adesione__soggetto__in=poteri.values("soggetto"))

    def in_attesa(self) -> "ConvocazioneQuerySet":
        """Not answered yet, for a meeting still to come."""
        return self.filter(
            risposta=Convocazione.Risposta.ATTESA,
            incontro__stato=StatoIncontro.CONVOCATO,
            incontro__inizio__gt=adesso(),
        )


class Convocazione(models.Model):
    """The invitation of one seat to one meeting, and its answer."""

    class Risposta(models.TextChoices):
        ATTESA = "attesa", _("In attesa")
        SI = "si", _("Partecipa")
        NO = "no", _("Non partecipa")
        FORSE = "forse", _("Forse")
        DELEGA = "delega", _("Manda un delegato")

    class Via(models.TextChoices):
        COLLEGAMENTO = "collegamento", _("Collegamento nella mail")
        AREA = "area", _("Area riservata")
        CALENDARIO = "calendario", _("Programma di calendario")
        UFFICIO = "ufficio", _("Registrata dall'ufficio")

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="convocazioni", verbose_name=_("incontro"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="convocazioni", verbose_name=_("seggio"))
    email = models.EmailField(_("email"), blank=True)
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    risposta = models.CharField(_("risposta"), max_length=8, choices=Risposta.choices, default=Risposta.ATTESA)
    risposta_il = models.DateTimeField(_("risposta il"), null=True, blank=True)
    risposta_via = models.CharField(_("risposta da"), max_length=12, choices=Via.choices, blank=True)
    delegato = models.CharField(_("delegato"), max_length=160, blank=True)

    objects = ConvocazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("convocazione")
        verbose_name_plural = _("convocazioni")
        ordering: ClassVar = ["adesione__soggetto__denominazione"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incontro", "adesione"], name="convocazione_una_per_seggio"),
            models.CheckConstraint(
                condition=~Q(risposta="delega") | ~Q(delegato=""), name="convocazione_delega_con_il_nome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adesione.soggetto}: {self.get_risposta_display()}"


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
    prova = models.CharField(_("prova della presenza"), max_length=255, blank=True)
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


class Verbale(models.Model):
    """Minutes of a meeting."""

    incontro = models.OneToOneField(Incontro, models.CASCADE, related_name="verbale", verbose_name=_("incontro"))
    testo = models.TextField(_("testo"))
    redatto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("redatto da")
    )
    redatto_il = models.DateTimeField(_("redatto il"))
    impronta = models.CharField(_("impronta SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("verbale")
        verbose_name_plural = _("verbali")

    def __str__(self) -> str:
        return f"Verbale: {self.incontro}"


class Decisione(models.Model):
    """Something decided in a meeting, with who does it and by when."""

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="decisioni", verbose_name=_("incontro"))
    testo = models.TextField(_("decisione"))
    incaricato = models.CharField(_("incaricato"), max_length=160, blank=True)
    entro = models.DateField(_("entro"), null=True, blank=True)
    conclusa_il = models.DateField(_("conclusa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("decisione")
        verbose_name_plural = _("decisioni")
        ordering: ClassVar = ["entro", "pk"]

    def __str__(self) -> str:
        return self.testo[:80]
