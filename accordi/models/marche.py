"""Timestamps that arrive after the signature, when the authority was down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accordi.models.accordi import Firma
from core.models import SolaAggiunta


class MarcaTemporale(SolaAggiunta):
    """A detached RFC 3161 token over the fingerprint of the signed PDF.

    It doesn't touch the document, so the next party's signature isn't disturbed.
    `istante` is the authority's, never ours.
    """

    firma = models.OneToOneField(Firma, models.PROTECT, related_name="marca", verbose_name=_("firma"))
    istante = models.DateTimeField(_("istante certificato"))
    autorita = models.CharField(_("autorità"), max_length=255)
    gettone = models.BinaryField(_("marca"))

    class Meta:
        verbose_name = _("marca temporale")
        verbose_name_plural = _("marche temporali")

    def __str__(self) -> str:
        return f"{self.autorita}, {self.istante}"
