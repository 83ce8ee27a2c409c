"""The Province's signatory signs with their own digital signature, in the back office."""

from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from accordi.amministrazione.firme import FirmaGestioneView
from accordi.forms.firme import MASSIMO_FIRMATO, TROPPO_GRANDE
from accordi.views.firma_esterna import PassiFirmaEsterna
from core.caricamenti import limita_corpo


@method_decorator(limita_corpo(MASSIMO_FIRMATO, TROPPO_GRANDE), name="dispatch")
class FirmaEsternaGestioneView(PassiFirmaEsterna, FirmaGestioneView):
    template_name = "accordi/amministrazione/firma_esterna.html"
    page_title = _("Firma con la tua firma digitale")


class FirmaEsternaViewSet(ViewSet):
    """One screen below the agreements, with no menu of its own."""

    name = "accordi_firma_esterna"
    url_prefix = "accordi/firma-digitale"
    icon = "edit"

    def get_urlpatterns(self) -> list:
        return [path("<int:pk>/", FirmaEsternaGestioneView.as_view(), name="firma")]
