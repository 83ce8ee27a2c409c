"""Pages of the public site."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from accordi.models import Avviso
from core.lingue import lang_it
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.luoghi import suggerimenti
from punti_informativi.ricerca import indice

TESTO = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class InOgniLingua(models.Model):
    """A page that has its place in each language of the site; untranslated, it is an alias of the Italian one."""

    class Meta:
        abstract = True

    @property
    def lang(self) -> str:
        """The attribute for an element with this page's words: empty when they are in the language in use."""
        return lang_it() if self.alias_of_id else ""


class PaginaTrovabile(Page):
    """A page whose words are searched by their stem, folded: alike on every database, accents or not."""

    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("parole_cercabili"),
        index.AutocompleteField("parole_cercabili"),
    ]

    class Meta:
        abstract = True

    def testo_cercabile(self) -> str:
        """All that the page says, without markup."""
        raise NotImplementedError

    def parole_cercabili(self) -> str:
        return indice(self.title, self.sommario, self.testo_cercabile())


class HomePage(InOgniLingua, Page):
    """The front door: what a citizen may need, then calls and news."""

    sottotitolo = models.CharField(_("sottotitolo"), max_length=200, blank=True)
    max_count = 1
    template = "pagine/home.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pagine.ContenutoPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("sottotitolo")]

    class Meta:
        verbose_name = _("pagina iniziale")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "avvisi": Avviso.objects.aperti().order_by("chiude")[:3],
            "suggerimenti": suggerimenti(),
            "punti_totale": PuntoInformativo.objects.pubblici().count(),
            "sezioni": leggibili(ContenutoPage.objects.child_of(self)).in_menu(),
            "notizie": leggibili(NotiziaPage.objects.descendant_of(self)).order_by("-data", "-pk")[:3],
        }


class ContenutoPage(InOgniLingua, PaginaTrovabile):
    """A page of text, with its sub-pages as cards."""

    sommario = models.CharField(_("in breve"), max_length=255)
    corpo = StreamField(
        [
            ("testo", blocks.RichTextBlock(label=_("Testo"), features=TESTO)),
            ("immagine", ImageChooserBlock(label=_("Immagine"))),
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


class NotiziaPage(InOgniLingua, PaginaTrovabile):
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


def percorso_di(pagina: Page) -> list[tuple[str, str]]:
    """(title, address) of the pages between the home and `pagine`, for the breadcrumb."""
    return [(p.title, p.url) for p in pagina.get_ancestors().live().filter(depth__gt=2)]
