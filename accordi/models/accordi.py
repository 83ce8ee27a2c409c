"""Agreements, their frozen texts, parties and signatures."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accordi.codici import codice_verifica
from accordi.models.istanze import Istanza
from accordi.models.modelli import ModelloAccordo
from accordi.models.protocollo import Protocollo
from accordi.scelte import Livello, TipoAccordo
from accordi.stati import ACCORDI_FIRMATI, ACCORDI_VIVI, PRIMA_DELLA_FIRMA, StatoAccordo
from core.archivio import archivio_privato
from core.models import SolaAggiunta
from core.orologio import oggi
from reti.models import Soggetto
from reti.models.incontri import codice_opaco
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class AccordoQuerySet(models.QuerySet["Accordo"]):
    def visibili_a(self, utente: Any) -> "AccordoQuerySet":
        """Staff see all; a party sees its own, once the text went out for signature."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        # A draft that was given up never went out.
        return (
            self.exclude(stato=StatoAccordo.BOZZA)
            .exclude(stato=StatoAccordo.ANNULLATO, versioni__isnull=True)
            .filter(parti__soggetto__in=Soggetto.objects.rappresentati_da(utente))
            .distinct()
        )

    def di_ente(self, slug: str) -> "AccordoQuerySet":
        """Those to which the body of that slug is a party; all of them with ""."""
        return self.filter(pk__in=Parte.objects.filter(soggetto__slug=slug).values("accordo")) if slug else self

    def che_dicono(self, testo: str) -> "AccordoQuerySet":
        """Those whose title or a party's name holds every word of `testo`."""
        scelti = self
        for parola in dict.fromkeys(testo.split()):
            parti = Parte.objects.filter(soggetto__denominazione__icontains=parola).values("accordo")
            scelti = scelti.filter(Q(titolo__icontains=parola) | Q(pk__in=parti))
        return scelti

    def firmati(self) -> "AccordoQuerySet":
        """Signed by all parties, whatever happened after."""
        return self.filter(stato__in=ACCORDI_FIRMATI)

    def pubblici(self) -> "AccordoQuerySet":
        """In the public register: signed by all, and not kept out of it by the office."""
        return self.firmati().filter(pubblico=True)

    def in_vigore(self, al: date | None = None) -> "AccordoQuerySet":
        """Effective on that day, neither expired nor ended before, by dates; a suspension doesn't end it."""
        giorno = al or oggi()
        return (
            self.firmati()
            .filter(efficace_dal__lte=giorno)
            .filter(Q(scade_il__isnull=True) | Q(scade_il__gte=giorno))
            .filter(Q(cessato_dal__isnull=True) | Q(cessato_dal__gt=giorno))
        )

    def che_vivono(self) -> "AccordoQuerySet":
        """Active or suspended as written: what dates and accreditations may still change."""
        return self.filter(stato__in=ACCORDI_VIVI)


class Accordo(models.Model):
    """An agreement between the Province and other subjects (L. 241/1990 artt. 11 and 15)."""

    class Legame(models.TextChoices):
        RINNOVO = "rinnovo", _("Rinnova")
        MODIFICA = "modifica", _("Modifica")

    class Causa(models.TextChoices):
        """A suspension for an accreditation ends by itself, one that the office decided doesn't."""

        UFFICIO = "ufficio", _("Deciso dall'ufficio")
        ACCREDITAMENTO = "accreditamento", _("Accreditamento non in vigore")

    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    codice_verifica = models.CharField(max_length=14, unique=True, default=codice_verifica, editable=False)
    tipo = models.CharField(_("tipo"), max_length=30, choices=TipoAccordo.choices)
    titolo = models.CharField(_("oggetto"), max_length=255)
    istanza = models.ForeignKey(
        Istanza, models.PROTECT, null=True, blank=True, related_name="accordi", verbose_name=_("istanza")
    )
    stato = models.CharField(_("stato"), max_length=14, choices=StatoAccordo.choices, default=StatoAccordo.BOZZA)
    testo = models.TextField(_("testo"))
    modello = models.ForeignKey(
        ModelloAccordo, models.PROTECT, null=True, blank=True, related_name="accordi", verbose_name=_("modello")
    )
    modello_revisione = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    padre = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="seguiti", verbose_name=_("accordo precedente")
    )
    legame = models.CharField(_("legame"), max_length=10, choices=Legame.choices, blank=True)
    legame_motivo = models.TextField(_("perché"), blank=True)
    livello_firma = models.CharField(
        _("firma chiesta alle parti"), max_length=12, choices=Livello.choices, default=Livello.SEMPLICE
    )
    accetta_p7m = models.BooleanField(_("accetta firme .p7m (CAdES)"), default=False)
    responsabile = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsabile del procedimento"),
    )
    determina_numero = models.CharField(_("determinazione n."), max_length=40, blank=True)
    determina_data = models.DateField(_("determinazione del"), null=True, blank=True)
    sottoscritto_il = models.DateTimeField(_("sottoscritto da tutti il"), null=True, blank=True)
    protocollo = models.OneToOneField(
        Protocollo, models.PROTECT, null=True, blank=True, related_name="accordo", verbose_name=_("protocollo")
    )
    efficace_dal = models.DateField(_("efficace dal"), null=True, blank=True)
    scade_il = models.DateField(_("scade il"), null=True, blank=True)
    cessato_dal = models.DateField(
        _("cessato dal"),
        null=True,
        blank=True,
        help_text=_("Primo giorno senza effetto, se prima della scadenza."),
    )
    sospeso_per = models.CharField(_("perché è sospeso"), max_length=14, choices=Causa.choices, blank=True)
    preavviso_giorni = models.PositiveSmallIntegerField(
        _("giorni di preavviso per disdetta o recesso"), null=True, blank=True
    )
    pubblico = models.BooleanField(_("nel registro pubblico"), default=True)
    creato_il = models.DateTimeField(_("creato il"))

    # What the dates say of its accreditations, where `queries.accreditamento.come_oggi` has loaded the row.
    senza_accreditamento = False

    objects = AccordoQuerySet.as_manager()

    class Meta:
        verbose_name = _("accordo")
        verbose_name_plural = _("accordi")
        ordering: ClassVar = ["-creato_il"]
        constraints: ClassVar = [
            # One that was given up doesn't hold its application any more.
            models.UniqueConstraint(
                fields=["istanza"], condition=~Q(stato="annullato"), name="accordo_uno_in_piedi_per_istanza"
            ),
            models.CheckConstraint(
                condition=Q(stato__in=PRIMA_DELLA_FIRMA) | Q(sottoscritto_il__isnull=False),
                name="accordo_firmato_ha_la_data",
            ),
            models.CheckConstraint(
                condition=Q(scade_il__isnull=True) | Q(efficace_dal__isnull=True) | Q(scade_il__gte=F("efficace_dal")),
                name="accordo_scade_dopo_l_efficacia",
            ),
            models.CheckConstraint(
                condition=Q(legame="", padre__isnull=True) | (~Q(legame="") & Q(padre__isnull=False)),
                name="accordo_legame_con_il_padre",
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("accordi:accordo", args=[self.codice])

    @property
    def stato_attuale(self) -> StatoAccordo:
        """The state today, by dates: ended, expired on the day after, or suspended, with no job having run."""
        if self.stato in ACCORDI_VIVI:
            if self.cessato_dal and self.cessato_dal <= oggi():
                return StatoAccordo.RECESSO
            if self.scade_il and self.scade_il < oggi():
                return StatoAccordo.SCADUTO
            if self.senza_accreditamento:
                return StatoAccordo.SOSPESO
        return StatoAccordo(self.stato)

    @property
    def in_vita(self) -> bool:
        """Active or suspended today."""
        return self.stato_attuale in ACCORDI_VIVI

    @property
    def scrivibile(self) -> bool:
        """Its obligations, resources and actions may be written: proposed in a draft, followed after the signature."""
        return self.stato == StatoAccordo.BOZZA or (
            self.stato in ACCORDI_FIRMATI and self.stato != StatoAccordo.RISOLTO
        )

    @property
    def da_concludere(self) -> bool:
        """The dates have ended it, and its row doesn't say so yet."""
        return self.stato in ACCORDI_VIVI and not self.in_vita

    @property
    def ultimo_giorno_disdetta(self) -> date | None:
        """Last day on which a notice reaches the others in time before the expiry; None without both terms."""
        if self.scade_il is None or self.preavviso_giorni is None:
            return None
        return self.scade_il - timedelta(days=self.preavviso_giorni)


class ParteQuerySet(models.QuerySet["Parte"]):
    def senza_firma(self) -> "ParteQuerySet":
        """Due to sign the last version of their text, and not signed yet."""
        ultima = VersioneTesto.objects.filter(accordo=OuterRef("versione__accordo")).order_by("-numero").values("pk")
        firme = Firma.objects.filter(parte=OuterRef("pk"), versione=Subquery(ultima[:1]))
        return self.filter(~Exists(firme), firma_la_modifica=True)

    def vincolate(self, al: date | None = None) -> "ParteQuerySet":
        """Those that haven't withdrawn by that day."""
        return self.exclude(recesso__efficace_dal__lte=al or oggi())

    def di_turno(self) -> "ParteQuerySet":
        """Those whose signature is awaited now: no party of an earlier stage still has to sign (R11)."""
        prima = Parte.objects.filter(accordo=OuterRef("accordo"), stadio__lt=OuterRef("stadio")).senza_firma()
        return self.senza_firma().filter(~Exists(prima), accordo__stato=StatoAccordo.IN_FIRMA)


class Parte(models.Model):
    """A party to an agreement, in signing order."""

    accordo = models.ForeignKey(Accordo, models.CASCADE, related_name="parti", verbose_name=_("accordo"))
    soggetto = models.ForeignKey(Soggetto, models.PROTECT, related_name="parti", verbose_name=_("soggetto"))
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    stadio = models.PositiveSmallIntegerField(
        _("stadio"), default=1, help_text=_("Le parti di uno stadio firmano insieme, gli stadi uno dopo l'altro.")
    )
    livello = models.CharField(
        _("firma chiesta"),
        max_length=12,
        choices=Livello.choices,
        blank=True,
        help_text=_("Vuota: quella dell'accordo."),
    )
    firma_la_modifica = models.BooleanField(
        _("firma"), default=True, help_text=_("In una modifica firmano le parti a cui cambia qualcosa, con il motivo.")
    )

    objects = ParteQuerySet.as_manager()

    class Meta:
        verbose_name = _("parte")
        verbose_name_plural = _("parti")
        ordering: ClassVar = ["ordine"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["accordo", "soggetto"], name="parte_una_volta_per_accordo"),
            models.UniqueConstraint(fields=["accordo", "ordine"], name="parte_un_ordine_ciascuna"),
        ]

    def __str__(self) -> str:
        return str(self.soggetto)

    @property
    def campo(self) -> str:
        """Name of this party's own signature field in the PDF."""
        return f"Firma{self.ordine}"

    @property
    def livello_chiesto(self) -> str:
        """The least level that this party's signature must have (a value of Livello)."""
        return self.livello or self.accordo.livello_firma


class VersioneTesto(SolaAggiunta):
    """A frozen text: the PDF with its empty signature fields, and its fingerprint."""

    accordo = models.ForeignKey(Accordo, models.PROTECT, related_name="versioni", verbose_name=_("accordo"))
    numero = models.PositiveSmallIntegerField(_("versione"))
    testo = models.TextField(_("testo"))
    pdf = models.FileField(_("PDF"), storage=archivio_privato, upload_to="accordi/testi")
    impronta = models.CharField(_("impronta SHA-256"), max_length=64)
    congelata_il = models.DateTimeField(_("congelata il"))

    class Meta:
        verbose_name = _("versione del testo")
        verbose_name_plural = _("versioni del testo")
        ordering: ClassVar = ["numero"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["accordo", "numero"], name="versione_un_numero_per_accordo")
        ]

    def __str__(self) -> str:
        return f"{self.accordo}, versione {self.numero}"


class Firma(SolaAggiunta):
    """One party's signature on one frozen text: append-only evidence.

    `pdf` is the whole document after this signature; `impronta_prima` is the
    fingerprint of the document that was signed, `impronta_dopo` of the result.
    """

    class Formato(models.TextChoices):
        PADES = "pades", _("nel PDF (PAdES)")
        CADES = "cades", _("busta .p7m (CAdES)")

    parte = models.ForeignKey(Parte, models.PROTECT, related_name="firme", verbose_name=_("parte"))
    versione = models.ForeignKey(VersioneTesto, models.PROTECT, related_name="firme", verbose_name=_("versione"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="firme", verbose_name=_("firmatario")
    )
    qualita = models.CharField(_("in qualità di"), max_length=200)
    livello = models.CharField(_("livello"), max_length=12, choices=Livello.choices)
    formato = models.CharField(_("formato"), max_length=5, choices=Formato.choices, default=Formato.PADES)
    busta = models.FileField(_("busta .p7m"), storage=archivio_privato, upload_to="accordi/buste", blank=True)
    certificato_di = models.CharField(_("certificato di"), max_length=255, blank=True)
    certificato_cf = models.CharField(_("codice fiscale nel certificato"), max_length=16, blank=True)
    revoca = models.CharField(_("stato di revoca"), max_length=255, blank=True)
    firmata_il = models.DateTimeField(_("firmata il"))
    impronta_prima = models.CharField(max_length=64)
    impronta_dopo = models.CharField(max_length=64)
    pdf = models.FileField(_("PDF firmato"), storage=archivio_privato, upload_to="accordi/firmati")
    marca_temporale = models.CharField(
        _("marca temporale"), max_length=255, blank=True, help_text=_("Autorità, oppure perché manca.")
    )
    evidenza = models.JSONField(_("evidenza"), default=dict)

    class Meta:
        verbose_name = _("firma")
        verbose_name_plural = _("firme")
        ordering: ClassVar = ["firmata_il", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parte", "versione"], name="firma_una_per_parte_e_versione"),
            # Two signatures of the same bytes would branch the document.
            models.UniqueConstraint(
                fields=["versione", "impronta_prima"], condition=Q(formato="pades"), name="firma_nessun_ramo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} per {self.parte}"
