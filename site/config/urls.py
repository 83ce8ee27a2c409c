"""Every address of the product. Italian, with hyphens; Wagtail's pages come last.

What a citizen reads exists in each language of the site: an app names those addresses with
`core.lingue.in_ogni_lingua`, and is included here at the root, because the language comes before all.
"""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from core.lingue import in_ogni_lingua
from pagine.sitemaps import MAPPE

urlpatterns = [
    path("gestione/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("gestione/", include(wagtailadmin_urls)),
    path("documenti/", include(wagtaildocs_urls)),
    # Wagtail's own sign-in for private pages asks for the password alone: it would walk around the second factor.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("accesso/", include("allauth.urls")),
    path("area/", include("utenti.urls")),
    path("tavoli/", include("reti.urls")),
    path("rete/", include("reti.urls_grafo")),
    path("", include("accordi.urls")),
    path("", include("punti_informativi.urls")),
    path("", include("dati_aperti.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": MAPPE}, name="sitemap"),
    path("", include("pagine.urls")),
    in_ogni_lingua(path("", include(wagtail_urls))),
]
