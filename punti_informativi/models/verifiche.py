"""Who confirmed a point's data, and when (R31)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from punti_informativi.models.punti import PuntoInformativo


class Verifica(models.Model):
    """One confirmation: public pages show its date and the Province, never the person."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="verifiche", verbose_name=_("punto"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("verificato da")
    )
    verificato_il = models.DateField(_("verificato il"))
    nota = models.CharField(_("nota"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("verifica")
        verbose_name_plural = _("verifiche")
        ordering: ClassVar = ["-verificato_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.verificato_il} {self.utente}"
