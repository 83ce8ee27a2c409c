"""Templates of agreements: text with placeholders, edited with drafts and revisions."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from accordi.scelte import TipoAccordo
from accordi.segnaposto import errore_di


class ModelloAccordo(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A text of the Province: «# » opens an article; placeholders in braces are those of accordi.segnaposto."""

    nome = models.CharField(_("nome"), max_length=160, unique=True)
    tipo = models.CharField(_("tipo di accordo"), max_length=30, choices=TipoAccordo.choices)
    testo = models.TextField(_("testo"))
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="modelloaccordo")

    class Meta:
        verbose_name = _("modello di accordo")
        verbose_name_plural = _("modelli di accordo")
        ordering: ClassVar = ["nome"]
        permissions: ClassVar = [("publish_modelloaccordo", "Può pubblicare modelli di accordo")]

    def __str__(self) -> str:
        return self.nome

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        if errore := errore_di(self.testo or ""):
            raise ValidationError({"testo": errore})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "accordi/modello_anteprima.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {"modello": self, "request": request}
