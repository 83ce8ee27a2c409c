"""Addresses of calls, applications, agreements and verification; calls exist in every language.

The register and the verification of documents show acts as they were signed: in Italian.
"""

from accordi import urls_accordi, urls_istanze
from core.lingue import in_ogni_lingua

app_name = "accordi"
urlpatterns = [
    *urls_istanze.urlpatterns,
    *urls_accordi.urlpatterns,
    in_ogni_lingua(*urls_istanze.per_tutti),
]
