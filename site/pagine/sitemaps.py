"""What search engines may find: pages, calls, information points, each with its other languages."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page as PaginaDiElenco
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PagineDiWagtail
from wagtail.models import Page

from accordi.models import Avviso
from pagine.models import MisuraPage
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo


class PagineSitemap(PagineDiWagtail):
    """Pages in every language; one that nobody translated is named in Italian only."""

    def items(self) -> QuerySet[Page]:
        radici = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        pagine = Page.objects.none()
        for radice in radici:
            pagine |= Page.objects.descendant_of(radice, inclusive=True)
        pagine = pagine.exclude(pk__in=MisuraPage.objects.fuori_vigore().values("pk"))
        return leggibili(pagine.filter(alias_of=None)).order_by("path").defer_streamfields().specific()

    def _urls(self, page: PaginaDiElenco, protocol: str, domain: str) -> list[dict]:
        voci = list(super()._urls(page, protocol, domain))
        pagine = list(self.paginator.page(page).object_list)
        lingue = dict(Page.objects.filter(pk__in=[p.pk for p in pagine]).values_list("pk", "locale__language_code"))
        sorelle: dict = {}
        for pagina, voce in zip(pagine, voci, strict=True):
            sorelle.setdefault(pagina.translation_key, []).append((lingue[pagina.pk], voce["location"]))
        for pagina, voce in zip(pagine, voci, strict=True):
            voce["alternates"] = list(_alternative(sorelle[pagina.translation_key]))
        return voci


def _alternative(versioni: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    if len(versioni) > 1:
        for codice, url in versioni:
            yield {"location": url, "lang_code": codice}
            if codice == settings.LANGUAGE_CODE:
                yield {"location": url, "lang_code": "x-default"}


class InOgniLingua(Sitemap):
    i18n = True
    alternates = True
    x_default = True


class AvvisiSitemap(InOgniLingua):
    def items(self) -> QuerySet[Avviso]:
        return Avviso.objects.pubblicati().order_by("pk")


class PuntiSitemap(InOgniLingua):
    def items(self) -> QuerySet[PuntoInformativo]:
        return PuntoInformativo.objects.pubblici().order_by("pk")


class RotteSitemap(InOgniLingua):
    """Pages that are neither of Wagtail nor of a record."""

    def items(self) -> list[str]:
        return ["pagine:guida", "dati_aperti:indice"]

    def location(self, item: str) -> str:
        return reverse(item)


MAPPE = {"pagine": PagineSitemap, "altre": RotteSitemap, "avvisi": AvvisiSitemap, "punti": PuntiSitemap}
