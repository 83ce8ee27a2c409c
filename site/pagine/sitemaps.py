"""What search engines may find: pages, calls, information points."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap as PagineSitemap

from accordi.models import Avviso
from punti_informativi.models import PuntoInformativo


class AvvisiSitemap(Sitemap):
    def items(self) -> QuerySet[Avviso]:
        return Avviso.objects.pubblicati().order_by("pk")


class PuntiSitemap(Sitemap):
    def items(self) -> QuerySet[PuntoInformativo]:
        return PuntoInformativo.objects.pubblici().order_by("pk")


MAPPE = {"pagine": PagineSitemap, "avvisi": AvvisiSitemap, "punti": PuntiSitemap}
