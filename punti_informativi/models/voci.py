"""What a point offers, and to whom: two short lists that the Province keeps."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Servizio(models.Model):
    """What a person can do at a point."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)
    descrizione = models.CharField(_("in parole semplici"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("servizio")
        verbose_name_plural = _("servizi")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome


class Destinatari(models.Model):
    """A group of people that a point is fit for."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)

    class Meta:
        verbose_name = _("gruppo di destinatari")
        verbose_name_plural = _("gruppi di destinatari")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome
