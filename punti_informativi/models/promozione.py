"""Campaigns that promote the points: what was sent, when, to which categories, what came back (R36, F1)."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accordi.models import Avviso
from core.orologio import adesso
from punti_informativi.stati import StatoCampagna
from reti.models import Soggetto


class Categoria(models.Model):
    """A group of recipients that F1 counts once: employers' associations, unions, training bodies, third sector."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)
    tipi = models.JSONField(
        _("tipi di soggetto"), default=list, blank=True, help_text=_("I soggetti di questi tipi ne fanno parte.")
    )
    soggetti = models.ManyToManyField(
        Soggetto, blank=True, related_name="categorie_promozione", verbose_name=_("altri soggetti")
    )

    class Meta:
        verbose_name = _("categoria di destinatari")
        verbose_name_plural = _("categorie di destinatari")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome


class Campagna(models.Model):
    """One promotion: a text to the bodies of some categories, from the Province."""

    codice = models.CharField(_("codice"), max_length=12, unique=True, editable=False)
    titolo = models.CharField(_("titolo"), max_length=160)
    stato = models.CharField(_("stato"), max_length=8, choices=StatoCampagna.choices, default=StatoCampagna.BOZZA)
    avviso = models.ForeignKey(
        Avviso, models.PROTECT, null=True, blank=True, related_name="campagne", verbose_name=_("avviso promosso")
    )
    categorie = models.ManyToManyField(Categoria, related_name="campagne", verbose_name=_("categorie di destinatari"))
    oggetto = models.CharField(_("oggetto dell'email"), max_length=160)
    testo = models.TextField(_("testo dell'email"))
    creata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("creata da")
    )
    creata_il = models.DateTimeField(_("creata il"), default=adesso)
    inviata_il = models.DateTimeField(_("inviata il"), null=True, blank=True)

    class Meta:
        verbose_name = _("campagna di promozione")
        verbose_name_plural = _("campagne di promozione")
        ordering: ClassVar = ["-creata_il", "-pk"]

    def __str__(self) -> str:
        return self.titolo


class Invio(models.Model):
    """What one body got by one campaign, for one category, and what it answered."""

    class Mezzo(models.TextChoices):
        EMAIL = "email", _("email")
        TELEFONO = "telefono", _("telefono")
        INCONTRO = "incontro", _("incontro")
        LETTERA = "lettera", _("lettera o PEC")

    class Risposta(models.TextChoices):
        INTERESSATO = "interessato", _("Interessato")
        NON_INTERESSATO = "non_interessato", _("Non interessato")
        DA_RICHIAMARE = "da_richiamare", _("Chiede di essere richiamato")

    campagna = models.ForeignKey(Campagna, models.PROTECT, related_name="invii", verbose_name=_("campagna"))
    categoria = models.ForeignKey(Categoria, models.PROTECT, related_name="invii", verbose_name=_("categoria"))
    soggetto = models.ForeignKey(
        Soggetto, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("soggetto")
    )
    destinatario = models.CharField(_("destinatario"), max_length=200)
    indirizzo = models.EmailField(_("indirizzo"), blank=True)
    mezzo = models.CharField(_("mezzo"), max_length=8, choices=Mezzo.choices, default=Mezzo.EMAIL)
    inviato_il = models.DateField(_("inviato il"))
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    risposta = models.CharField(_("risposta"), max_length=15, choices=Risposta.choices, blank=True)
    risposta_il = models.DateField(_("risposta il"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("invio")
        verbose_name_plural = _("invii")
        ordering: ClassVar = ["campagna", "destinatario"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campagna", "soggetto"],
                condition=Q(soggetto__isnull=False),
                name="invio_uno_per_soggetto_e_campagna",
            )
        ]

    def __str__(self) -> str:
        return f"{self.destinatario} {self.inviato_il}"
