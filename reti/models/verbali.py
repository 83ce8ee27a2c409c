"""Minutes: versions, observations, approval; decisions and what became of them."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from core.models import SolaAggiunta
from core.orologio import adesso
from reti.models.incontri import Incontro, PuntoOdg
from reti.models.presenze import Presenza
from reti.models.reti import Adesione, Rete
from reti.models.soggetti import Soggetto
from reti.stati import StatoVerbale
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class VerbaleQuerySet(models.QuerySet["Verbale"]):
    def maturi(self, al: date) -> "VerbaleQuerySet":
        """Approved by silence on that day, though nobody wrote it yet: term over, no observation to examine."""
        attesa = Osservazione.objects.filter(verbale=models.OuterRef("pk"), esito=Osservazione.Esito.ATTESA)
        return self.filter(
            ~models.Exists(attesa),
            stato=StatoVerbale.OSSERVAZIONI,
            approvato_via=Verbale.Via.SILENZIO,
            osservazioni_fino_al__lt=al,
        )

    def pubblici(self) -> "VerbaleQuerySet":
        """Approved, sent as minutes that would be public, of a meeting whose boards are all on the site now."""
        riservate = Rete.objects.filter(incontri_congiunti=models.OuterRef("incontro"), pubblica=False)
        return self.filter(
            ~models.Exists(riservate), stato=StatoVerbale.APPROVATO, pubblicabile=True, incontro__rete__pubblica=True
        )

    def leggibili_da(self, utente: Any) -> "VerbaleQuerySet":
        """Staff: all. A partner: approved ones of the meetings their bodies were invited to, and before that
        those sent, where a body of theirs was present."""
        visibili = self.filter(incontro__in=Incontro.objects.visibili_a(utente))
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return visibili
        presenti = Presenza.objects.filter(
            incontro=models.OuterRef("incontro"),
            esito=Presenza.Esito.PRESENTE,
            adesione__soggetto__in=Soggetto.objects.rappresentati_da(utente),
        )
        inviati = Q(models.Exists(presenti), stato=StatoVerbale.OSSERVAZIONI)
        return visibili.filter(inviati | Q(stato=StatoVerbale.APPROVATO))


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
    pubblicabile = models.BooleanField(
        _("inviato come verbale pubblico"),
        default=False,
        editable=False,
        help_text=_("Chi l'ha inviato ha visto la versione pubblica. Fissato all'invio."),
    )
    omissis = models.JSONField(
        _("nomi da togliere"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Riservato: persone (nomi) ed enti da lasciare (enti) della versione pubblica, dall'invio."),
    )

    objects = VerbaleQuerySet.as_manager()

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

    def in_ritardo(self, al: date) -> "DecisioneQuerySet":
        """Open with the term passed."""
        return self.aperte().filter(entro__lt=al)

    def di(self, utente: Any) -> "DecisioneQuerySet":
        """Given to the person by name, or to a body that they represent."""
        nome = utente.get_full_name()
        per_nome = Q(incaricato__icontains=nome) if nome else Q(pk__in=[])
        return self.filter(per_nome | Q(soggetto__in=Soggetto.objects.rappresentati_da(utente)))

    def affidate_a(self, utente: Any) -> "DecisioneQuerySet":
        """Given to a body that the person represents, once those present have the minutes."""
        note = Verbale.objects.exclude(stato=StatoVerbale.BOZZA)
        return self.filter(incontro__verbale__in=note, soggetto__in=Soggetto.objects.rappresentati_da(utente))


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
