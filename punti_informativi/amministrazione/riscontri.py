"""Back office: what citizens wrote of every point, and words to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from punti_informativi.forms.provincia import OscuraForm
from punti_informativi.models import Riscontro
from punti_informativi.queries.riscontri import scritti
from punti_informativi.services.riscontri import oscura_riscontro
from reti.amministrazione.viste import VistaLettura, VistaModulo

ELENCO = (_("Riscontri dei cittadini"), reverse_lazy("punti_riscontri"))
ICONA = "comment"
PER_PAGINA = 50


class ElencoRiscontri(VistaLettura):
    """Words of citizens, the newest first."""

    template_name = "punti_informativi/amministrazione/riscontri.html"
    header_icon = ICONA
    page_title = ELENCO[0]
    genitori = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pagina = Paginator(scritti(), PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(pagina=pagina, **kwargs)


class OscuraRiscontro(VistaModulo):
    """One judgement, and why its words go away."""

    template_name = "punti_informativi/amministrazione/oscura.html"
    header_icon = ICONA
    page_title = _("Togli il testo di un riscontro")
    genitori = (ELENCO,)
    invia = _("Togli il testo")
    messaggio = _("Testo tolto: il voto resta.")

    @cached_property
    def riscontro(self) -> Riscontro:
        return get_object_or_404(scritti(), pk=self.kwargs["pk"])

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": OscuraForm(dati)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(riscontro=self.riscontro, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        oscura_riscontro(utente=self.request.user, riscontro=self.riscontro, **moduli["form"].cleaned_data)
        return redirect("punti_riscontri")
