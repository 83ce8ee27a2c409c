"""Web addresses of points: those kept for pages of this app, those that a public point had."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from core.registro import annota

if TYPE_CHECKING:
    from punti_informativi.models.punti import PuntoInformativo

# Words of the address that other pages of this app use.
INDIRIZZI_RISERVATI = frozenset(
    {"miei", "orari", "candida", "dati", "confini", "conferma", "promozione", "riscontro", "soddisfazione"}
)


class IndirizzoPrecedenteManager(models.Manager["IndirizzoPrecedente"]):
    def segna(self, punto: "PuntoInformativo", prima: str | None, *, utente: Any) -> None:
        """Keep `prima` for `punto` when its address is another now; a point that takes its own back owns it again."""
        if not prima or prima == punto.slug:
            return
        self.filter(punto=punto, slug=punto.slug).delete()
        self.update_or_create(slug=prima, defaults={"punto": punto, "fino_al": oggi()})
        annota(utente, "punto_indirizzo_cambiato", punto, prima=prima, dopo=punto.slug)


class IndirizzoPrecedente(models.Model):
    """A web address that a public point had: it leads to the present one, and no other point may take it."""

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    punto = models.ForeignKey(
        "PuntoInformativo", models.CASCADE, related_name="indirizzi_precedenti", verbose_name=_("punto")
    )
    fino_al = models.DateField(_("fino al"))

    objects = IndirizzoPrecedenteManager()

    class Meta:
        verbose_name = _("indirizzo precedente")
        verbose_name_plural = _("indirizzi precedenti")
        ordering: ClassVar = ["-fino_al", "slug"]

    def __str__(self) -> str:
        return self.slug
