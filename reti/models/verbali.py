"""Minutes: versions, observations, approval; decisions and what became of them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from core.models import SolaAggiunta
from core.orologio import adesso
from reti.models.incontri import Incontro, PuntoOdg
from reti.models.reti import Adesione
from reti.models.soggetti import Soggetto
from reti.stati import StatoVerbale


class Verbale(models.Model):
    """Minutes of a meeting. `versione` rises with every saved text: whoever saves says which one they read."""

    class Via(models.TextChoices):
        SILENZIO = "silenzio", _("Nessuna osservazione entro il termine")
        SEDUTA = "seduta", _("Approvato in seduta")

    incontro = models.OneToOneField(Incontro, models.CASCADE, related_name="verbale", verbose_name=_("incontro"))
    stato = models.CharField(_("stato"), max_length=12, choices=StatoVerbale.choices, default=StatoVerbale.BOZZA)
    testo = models.TextField(_("testo"))
    versione = models.PositiveIntegerField(default=1, editable=False)
    redatto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("redatto da")
    )
    redatto_il = models.DateTimeField(_("redatto il"))
    inviato_il = models.DateTimeField(_("inviato ai presenti il"), null=True, blank=True)
    osservazioni_fino_al = models.DateField(_("osservazioni fino al"), null=True, blank=True)
    approvato_il = models.DateField(_("approvato il"), null=True, blank=True)
    approvato_via = models.CharField(
        _("come si approva"), max_length=8, choices=Via.choices, blank=True, help_text=_("Fissato all'invio.")
    )
    approvato_in = models.ForeignKey(
        Incontro,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verbali_approvati",
        verbose_name=_("approvato nell'incontro"),
    )
    impronta = models.CharField(
        _("impronta SHA-256"),
        max_length=64,
        blank=True,
        help_text=_("Di quello che è stato inviato ai presenti, poi approvato: testo, punti, decisioni, presenze."),
    )
    documento = models.FileField(_("documento"), storage=archivio_privato, upload_to="tavoli/verbali", blank=True)
    impronta_documento = models.CharField(_("impronta del documento"), max_length=64, blank=True, db_index=True)
    documento_pubblico = models.FileField(
        _("documento pubblico"),
        storage=archivio_privato,
        upload_to="tavoli/verbali",
        blank=True,
        help_text=_("Senza nomi di persone."),
    )
    impronta_pubblica = models.CharField(_("impronta del documento pubblico"), max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("verbale")
        verbose_name_plural = _("verbali")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(stato="approvato") | (~Q(impronta="") & Q(approvato_il__isnull=False)),
                name="verbale_approvato_ha_impronta_e_data",
            )
        ]

    def __str__(self) -> str:
        return f"Verbale: {self.incontro}"


class VersioneVerbale(SolaAggiunta):
    """A text of the minutes as somebody saved it. `respinta`: it was written on an older version, and is kept aside."""

    verbale = models.ForeignKey(Verbale, models.PROTECT, related_name="versioni", verbose_name=_("verbale"))
    numero = models.PositiveIntegerField(_("versione"))
    testo = models.TextField(_("testo"))
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("autore"))
    scritta_il = models.DateTimeField(_("scritta il"), default=adesso)
    respinta = models.BooleanField(_("scritta su una versione superata"), default=False)

    class Meta:
        verbose_name = _("versione del verbale")
        verbose_name_plural = _("versioni del verbale")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.verbale} ({self.numero})"


class Osservazione(models.Model):
    """What a seat that was present asks to change, and the answer it had."""

    class Esito(models.TextChoices):
        ATTESA = "attesa", _("Da esaminare")
        ACCOLTA = "accolta", _("Accolta")
        RESPINTA = "respinta", _("Non accolta")

    verbale = models.ForeignKey(Verbale, models.CASCADE, related_name="osservazioni", verbose_name=_("verbale"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="osservazioni", verbose_name=_("seggio"))
    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("autore")
    )
    testo = models.TextField(_("osservazione"))
    scritta_il = models.DateTimeField(_("scritta il"), default=adesso)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito.choices, default=Esito.ATTESA)
    replica = models.TextField(_("replica"), blank=True)

    class Meta:
        verbose_name = _("osservazione al verbale")
        verbose_name_plural = _("osservazioni al verbale")
        ordering: ClassVar = ["scritta_il", "pk"]

    def __str__(self) -> str:
        return self.testo[:80]


class DecisioneQuerySet(models.QuerySet["Decisione"]):
    def aperte(self, al: date | None = None) -> "DecisioneQuerySet":
        """Not carried out yet (on that day)."""
        aperta = Q(conclusa_il__isnull=True)
        return self.filter(aperta | Q(conclusa_il__gt=al) if al else aperta)


class Decisione(models.Model):
    """Something decided in a meeting, with who does it and by when: it returns on the agenda until it is done."""

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="decisioni", verbose_name=_("incontro"))
    punto = models.ForeignKey(
        PuntoOdg, models.SET_NULL, null=True, blank=True, related_name="decisioni", verbose_name=_("punto")
    )
    testo = models.TextField(_("decisione"))
    incaricato = models.CharField(_("incaricato"), max_length=160, blank=True)
    soggetto = models.ForeignKey(
        Soggetto, models.PROTECT, null=True, blank=True, related_name="incarichi", verbose_name=_("ente incaricato")
    )
    entro = models.DateField(_("entro"), null=True, blank=True)
    conclusa_il = models.DateField(_("conclusa il"), null=True, blank=True)
    esito = models.CharField(_("com'è andata"), max_length=255, blank=True)
    segnalata_il = models.DateField(_("segnalata come fatta il"), null=True, blank=True)
    segnalazione = models.CharField(_("che cosa dice l'ente incaricato"), max_length=255, blank=True)

    objects = DecisioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("decisione")
        verbose_name_plural = _("decisioni")
        ordering: ClassVar = ["entro", "pk"]

    def __str__(self) -> str:
        return self.testo[:80]
