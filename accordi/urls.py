"""Addresses of calls, applications, agreements and verification; those that anyone reads exist in every language."""

from accordi import urls_accordi, urls_istanze
from core.lingue import in_ogni_lingua

app_name = "accordi"
urlpatterns = [
    *urls_istanze.urlpatterns,
    *urls_accordi.urlpatterns,
    in_ogni_lingua(*urls_istanze.per_tutti, *urls_accordi.per_tutti),
]
