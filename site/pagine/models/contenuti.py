"""Pages of text and news."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from pagine.models.base import TESTO, PaginaTrovabile, percorso_di
from pagine.riservatezza import leggibili


class ContenutoPage(PaginaTrovabile):
    """A page of text, with its sub-pages as cards."""

    sommario = models.CharField(_("in breve"), max_length=255)
    corpo = StreamField(
        [
            ("testo", blocks.RichTextBlock(label=_("Testo"), features=TESTO)),
            ("immagine", ImageBlock(label=_("Immagine"))),
            (
                "passi",
                blocks.ListBlock(
                    blocks.StructBlock([("titolo", blocks.CharBlock()), ("testo", blocks.TextBlock())]),
                    label=_("Passi numerati"),
                ),
            ),
        ],
        blank=True,
        verbose_name=_("contenuto"),
    )
    template = "pagine/contenuto.html"
    parent_page_types: ClassVar = ["pagine.HomePage", "pagine.ContenutoPage"]
    subpage_types: ClassVar = ["pagine.ContenutoPage", "pagine.NotiziaPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("sommario"), FieldPanel("corpo")]

    class Meta:
        verbose_name = _("pagina di contenuto")

    def testo_cercabile(self) -> str:
        return " ".join(self.corpo.stream_block.get_searchable_content(self.corpo))

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "precedenti": percorso_di(self),
            "sottopagine": leggibili(ContenutoPage.objects.child_of(self)),
            "notizie": leggibili(NotiziaPage.objects.child_of(self)).order_by("-data", "-pk"),
        }


class NotiziaPage(PaginaTrovabile):
    """A piece of news."""

    data = models.DateField(_("data"))
    sommario = models.CharField(_("in breve"), max_length=255)
    testo = RichTextField(_("testo"), features=TESTO)
    template = "pagine/notizia.html"
    parent_page_types: ClassVar = ["pagine.ContenutoPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("data"), FieldPanel("sommario"), FieldPanel("testo")]

    class Meta:
        verbose_name = _("notizia")

    def testo_cercabile(self) -> str:
        return get_text_for_indexing(self.testo)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"precedenti": percorso_di(self)}
