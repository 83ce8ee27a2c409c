"""Back office: decisions until they are done, over all boards."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from core.orologio import oggi
from reti.amministrazione.viste import VistaLettura, VistaModulo, frase_dei_rifiuti
from reti.foglio import scrivi
from reti.forms.verbali import EsitoDecisioneForm, FiltroDecisioniForm
from reti.models import Decisione, Incontro
from reti.queries.decisioni import COLONNE, decisioni_filtrate, reti_con_decisioni, righe_csv
from reti.services.decisioni import concludi_decisione, riapri_decisione

ELENCO = (_("Decisioni"), reverse_lazy("gestione_decisioni:index"))
PER_PAGINA = 50


class ElencoDecisioni(VistaLettura):
    """The list, with its filters in the URL; the same as CSV."""

    template_name = "reti/gestione/decisioni.html"
    header_icon = "check"
    page_title = _("Decisioni")
    genitori = ()
    formato = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FiltroDecisioniForm(request.GET or {"stato": "aperte"}, reti=reti_con_decisioni())
        decisioni = decisioni_filtrate(request.user, form.filtro())
        if self.formato:
            risposta = HttpResponse(scrivi(COLONNE, righe_csv(decisioni)), content_type="text/csv; charset=utf-8")
            risposta["Content-Disposition"] = f'attachment; filename="decisioni-{oggi():%Y-%m-%d}.csv"'
            return risposta
        pagina = Paginator(decisioni, PER_PAGINA).get_page(request.GET.get("pagina"))
        contesto = {"form": form, "pagina": pagina, "oggi": oggi(), "parametri": request.GET.urlencode()}
        return self.render_to_response(self.get_context_data(**contesto))


class SchedaDecisione(VistaModulo):
    """One decision: what was decided, what the body says, done with a note, or opened again."""

    template_name = "reti/gestione/decisione.html"
    header_icon = "check"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    page_title = _("Decisione")
    invia = _("Segna come conclusa")
    messaggio = _("La decisione è conclusa: non torna più all'ordine del giorno.")

    @cached_property
    def decisione(self) -> Decisione:
        righe = Decisione.objects.filter(incontro__in=Incontro.objects.visibili_a(self.request.user))
        return get_object_or_404(righe.select_related("incontro__rete", "soggetto", "punto"), pk=self.kwargs["pk"])

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": EsitoDecisioneForm(dati, initial={"esito": self.decisione.segnalazione})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        riprese = self.decisione.riprese.select_related("incontro").order_by("incontro__inizio")
        return super().get_context_data(decisione=self.decisione, riprese=riprese, oggi=oggi(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "riapri" not in request.POST:
            return super().post(request, *args, **kwargs)
        if frase_dei_rifiuti(lambda: riapri_decisione(utente=request.user, decisione=self.decisione), request):
            messages.success(request, _("La decisione è di nuovo aperta."))
        return redirect("gestione_decisioni:scheda", self.decisione.pk)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        concludi_decisione(utente=self.request.user, decisione=self.decisione, **moduli["form"].cleaned_data)
        return redirect(reverse("gestione_decisioni:index"))


class DecisioniViewSet(ViewSet):
    """«Decisioni» in the menu of boards."""

    name = "gestione_decisioni"
    url_prefix = "decisioni"
    menu_label = _("Decisioni")
    icon = "check"

    def get_urlpatterns(self) -> list:
        return [
            path("", ElencoDecisioni.as_view(), name="index"),
            path("elenco.csv", ElencoDecisioni.as_view(formato="csv"), name="csv"),
            path("<int:pk>/", SchedaDecisione.as_view(), name="scheda"),
        ]
