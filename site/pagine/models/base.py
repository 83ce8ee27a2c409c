"""What every page of the public site shares: its place in each language, its words for the search, its breadcrumb."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page
from wagtail.search import index

from core.lingue import lang_it
from core.parole import indice

TESTO = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
# A field with a heading of its own has no room for more headings.
PARAGRAFI = ["bold", "italic", "ol", "ul", "link", "document-link"]


class InOgniLingua(models.Model):
    """A page that has its place in each language of the site; untranslated, it is an alias of the Italian one."""

    class Meta:
        abstract = True

    @property
    def lang(self) -> str:
        """The attribute for an element with this page's words: empty when they are in the language in use."""
        return lang_it() if self.alias_of_id else ""


class PaginaTrovabile(InOgniLingua, Page):
    """A page whose words are searched by their stem, folded: alike on every database, accents or not."""

    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("parole_cercabili"),
        index.AutocompleteField("parole_cercabili"),
    ]

    class Meta:
        abstract = True

    def testo_cercabile(self) -> str:
        """What the page says beyond its title and summary, without markup; nothing, where it only gathers others."""
        return ""

    def parole_cercabili(self) -> str:
        return indice(self.title, self.sommario, self.testo_cercabile())


def percorso_di(pagina: Page) -> list[tuple[str, str]]:
    """(title, address) of the pages between the home and `pagine`, for the breadcrumb."""
    return [(p.title, p.url) for p in pagina.get_ancestors().live().filter(depth__gt=2)]
