"""Addresses of calls, applications, agreements and verification."""

from accordi import urls_accordi, urls_istanze

app_name = "accordi"
urlpatterns = [*urls_istanze.urlpatterns, *urls_accordi.urlpatterns]
