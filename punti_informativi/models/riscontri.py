"""What citizens say of a point, and how many open its page: counted, never about who (R35)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from punti_informativi.models.punti import PuntoInformativo


class Riscontro(models.Model):
    """One judgement, anonymous; `punto` empty: about the search of points itself."""

    class Aspetto(models.TextChoices):
        INFORMAZIONI = "informazioni", _("Le informazioni della pagina")
        ORARI = "orari", _("Gli orari")
        ACCOGLIENZA = "accoglienza", _("L'accoglienza")
        AIUTO = "aiuto", _("L'aiuto ricevuto")
        ALTRO = "altro", _("Altro")

    punto = models.ForeignKey(
        PuntoInformativo, models.CASCADE, null=True, blank=True, related_name="riscontri", verbose_name=_("punto")
    )
    voto = models.PositiveSmallIntegerField(_("voto"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    aspetto = models.CharField(_("su che cosa"), max_length=14, choices=Aspetto.choices, blank=True)
    testo = models.CharField(_("vuoi aggiungere qualcosa?"), max_length=200, blank=True)
    lasciato_il = models.DateField(_("lasciato il"))

    class Meta:
        verbose_name = _("riscontro")
        verbose_name_plural = _("riscontri")
        ordering: ClassVar = ["-lasciato_il", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(voto__gte=1, voto__lte=5), name="riscontro_da_uno_a_cinque")
        ]

    def __str__(self) -> str:
        return f"{self.voto} {self.lasciato_il}"


class Consultazioni(models.Model):
    """How many times a point's page was opened on a day."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="consultazioni", verbose_name=_("punto"))
    giorno = models.DateField(_("giorno"))
    quante = models.PositiveIntegerField(_("quante"), default=0)

    class Meta:
        verbose_name = _("consultazioni")
        verbose_name_plural = _("consultazioni")
        ordering: ClassVar = ["-giorno"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["punto", "giorno"], name="consultazioni_una_riga_al_giorno")
        ]

    def __str__(self) -> str:
        return f"{self.giorno}: {self.quante}"
