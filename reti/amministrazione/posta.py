"""Back office: received mail with its explanation, and the other dates that came with it (R21)."""

from typing import Any

import django_filters
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from core.amministrazione.colonne import ColonnaData
from core.archivio import consegna_file
from reti.amministrazione.viste import ElencoView, VistaCoordinatori, VistaLettura, colonna_titolo, frase_dei_rifiuti
from reti.models import MessaggioRicevuto, Proposta
from reti.queries.posta import anteprima, da_vedere, messaggi_ricevuti
from reti.services.posta_ricevuta import segna_visto
from reti.services.proposte import accogli_proposta, respingi_proposta
from reti.services.risposte import motivo_rifiuto_risposta

ELENCO = (_("Posta ricevuta"), reverse_lazy("gestione_posta_ricevuta:index"))


class FiltriPosta(WagtailFilterSet):
    da_vedere = django_filters.BooleanFilter(label=_("Da guardare"), method="solo_da_vedere")

    class Meta:
        model = MessaggioRicevuto
        fields = ("esito", "da_vedere")

    def solo_da_vedere(self, righe: Any, _nome: str, valore: bool) -> Any:
        attesi = da_vedere().values("pk")
        return righe.filter(pk__in=attesi) if valore else righe.exclude(pk__in=attesi)


class ElencoPosta(ElencoView):
    scheda = "gestione_posta_ricevuta:scheda"
    add_url_name = None

    def get_base_queryset(self) -> Any:
        return messaggi_ricevuti()

    def get_add_url(self) -> None:
        """Messages come from the mailbox."""
        return


class MessaggioMixin:
    """The message of the URL."""

    @cached_property
    def messaggio(self) -> MessaggioRicevuto:
        return get_object_or_404(messaggi_ricevuti().select_related("visto_da"), pk=self.kwargs["pk"])


class SchedaMessaggio(MessaggioMixin, VistaLettura):
    """One message: what was done of it and why, its text, the original; a coordinator marks it as seen."""

    template_name = "reti/gestione/messaggio_ricevuto.html"
    header_icon = "mail"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.messaggio.oggetto or _("Messaggio senza oggetto")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        convocazione = self.messaggio.convocazione
        return super().get_context_data(
            messaggio=self.messaggio,
            testo=anteprima(self.messaggio),
            si_risponde=bool(convocazione) and not motivo_rifiuto_risposta(convocazione),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        segna_visto(utente=request.user, messaggio=self.messaggio)
        messages.success(request, _("Il messaggio è segnato come visto: non è più sulla scrivania."))
        return redirect("gestione_posta_ricevuta:index")


class Originale(MessaggioMixin, VistaCoordinatori):
    """The message as it arrived, always as a file to save: it holds a secret address, so coordinators only."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        if not self.messaggio.originale:
            raise Http404
        nome = f"messaggio-{self.messaggio.pk}.eml"
        return consegna_file(self.messaggio.originale, nome, "application/octet-stream")


class EsaminaProposta(VistaCoordinatori):
    """Accept another date (the meeting moves) or leave the meeting where it is."""

    http_method_names = ["post"]  # noqa: RUF012  Django's own attribute
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        proposta = get_object_or_404(Proposta.objects.select_related("convocazione"), pk=self.kwargs["pk"])
        accolta = request.POST.get("decisione") == "accogli"
        if not accolta and request.POST.get("decisione") != "respingi":
            messages.error(request, _("Scegli se spostare l'incontro o lasciarlo dov'è."))
            return redirect("gestione_incontri:scheda", proposta.convocazione.incontro_id)
        if accolta and request.POST.get("vista") != proposta.vista:
            messages.error(request, _("La data proposta è cambiata: guarda quella nuova e decidi di nuovo."))
            return redirect("gestione_incontri:scheda", proposta.convocazione.incontro_id)
        verbo = accogli_proposta if accolta else respingi_proposta
        if frase_dei_rifiuti(lambda: verbo(utente=request.user, proposta=proposta), request):
            frase = (
                _("L'incontro è spostato e tutti gli invitati ricevono l'aggiornamento.")
                if accolta
                else _("L'incontro resta dov'è e chi ha proposto lo sa.")
            )
            messages.success(request, frase)
        return redirect("gestione_incontri:scheda", proposta.convocazione.incontro_id)


class PostaRicevutaViewSet(ModelViewSet):
    """Messages read from the mailbox of answers, under «Tavoli»."""

    model = MessaggioRicevuto
    name = "gestione_posta_ricevuta"
    url_prefix = "posta-ricevuta"
    menu_label = _("Posta ricevuta")
    icon = "mail"
    index_view_class = ElencoPosta
    list_display = (
        colonna_titolo("__str__", _("Mittente e oggetto"), "gestione_posta_ricevuta:scheda", "mittente"),
        Column("esito", label=_("Esito"), accessor="get_esito_display", sort_key="esito"),
        Column("motivo", label=_("Spiegazione")),
        Column("seggio", label=_("Per"), accessor="convocazione.adesione.soggetto"),
        ColonnaData("ricevuto_il", label=_("Ricevuto"), sort_key="ricevuto_il"),
    )
    filterset_class = FiltriPosta
    search_fields = ("mittente", "oggetto")
    search_backend_name = None
    ordering = "-ricevuto_il"
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("risultati/", self.index_results_view, name="index_results"),
            path("proposte/<int:pk>/", EsaminaProposta.as_view(), name="proposta"),
            path("<int:pk>/", SchedaMessaggio.as_view(), name="scheda"),
            path("<int:pk>/originale/", Originale.as_view(), name="originale"),
        ]
