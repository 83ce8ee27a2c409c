"""What a point offers, to whom and in which languages: short lists that the Province keeps, and their translations."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.lingue import in_lingua, nome_di_lingua


class Servizio(ClusterableModel):
    """What a person can do at a point."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)
    descrizione = models.CharField(_("in parole semplici"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("servizio")
        verbose_name_plural = _("servizi")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return in_lingua(self, "nome")[0]


class Destinatari(ClusterableModel):
    """A group of people that a point is fit for."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)

    class Meta:
        verbose_name = _("gruppo di destinatari")
        verbose_name_plural = _("gruppi di destinatari")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return in_lingua(self, "nome")[0]


class Lingua(models.Model):
    """A language spoken at a point, by its ISO 639 code."""

    codice = models.CharField(_("codice"), max_length=8, unique=True, help_text=_("ISO 639, per esempio: en, ar, ro."))
    nome = models.CharField(_("nome"), max_length=60, help_text=_("In italiano, minuscolo: inglese, arabo."))
    nome_proprio = models.CharField(_("nome nella lingua stessa"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("lingua")
        verbose_name_plural = _("lingue")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return nome_di_lingua(self.codice, self.nome)


class Tradotto(models.Model):
    """A text of a record in another language of the site; `lingua` is a code of settings.LANGUAGES."""

    lingua = models.CharField(_("lingua"), max_length=10)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.lingua


class TraduzioneServizio(Tradotto):
    servizio = ParentalKey(Servizio, on_delete=models.CASCADE, related_name="traduzioni", verbose_name=_("servizio"))
    nome = models.CharField(_("nome"), max_length=120)
    descrizione = models.CharField(_("in parole semplici"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("traduzione del servizio")
        verbose_name_plural = _("traduzioni del servizio")
        ordering: ClassVar = ["lingua"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["servizio", "lingua"], name="traduzione_servizio_una_per_lingua")
        ]


class TraduzioneDestinatari(Tradotto):
    destinatari = ParentalKey(
        Destinatari, on_delete=models.CASCADE, related_name="traduzioni", verbose_name=_("gruppo di destinatari")
    )
    nome = models.CharField(_("nome"), max_length=120)

    class Meta:
        verbose_name = _("traduzione del gruppo di destinatari")
        verbose_name_plural = _("traduzioni del gruppo di destinatari")
        ordering: ClassVar = ["lingua"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["destinatari", "lingua"], name="traduzione_destinatari_una_per_lingua")
        ]
