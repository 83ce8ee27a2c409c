"""Back office: the protocol register, read-only, with the print of each day and what the body's own register says."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from accordi.amministrazione import MENU_ACCORDI
from accordi.amministrazione.giornaliero import GiornoCsv, GiornoPdf, GiornoView
from accordi.forms.protocollo import NumeroEnteForm, RiprovaForm
from accordi.models import InvioProtocollo, Protocollo
from accordi.permissions import motivo_rifiuto_protocolla, puo_protocollare
from accordi.queries.protocollo import anni, registro, righe_registro
from accordi.services.invio_protocollo import annota_numero_ente, riprova_invio
from core.amministrazione.colonne import ColonnaData
from core.fogli import TIPO_CSV, in_csv
from core.orologio import oggi
from core.registro import righe_di
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

VERBI = {
    "riprova": (RiprovaForm, riprova_invio, _("La registrazione è di nuovo in coda: parte entro pochi secondi.")),
    "numero": (NumeroEnteForm, annota_numero_ente, _("Numero dell'ente scritto: resta accanto al nostro.")),
}


class ProtocolloFilterSet(WagtailFilterSet):
    anno = django_filters.TypedChoiceFilter(label=_("Anno"), coerce=int, choices=lambda: [(a, str(a)) for a in anni()])
    registrato_il = django_filters.DateFromToRangeFilter(label=_("Registrato"), widget=DateRangePickerWidget)
    invio__esito = django_filters.ChoiceFilter(label=_("Protocollo dell'ente"), choices=InvioProtocollo.Esito.choices)

    class Meta:
        model = Protocollo
        fields = ("anno", "verso", "registrato_il", "invio__esito")


class ProtocolloIndexView(generic.IndexView):
    """The register by year, the last number first."""

    model = Protocollo
    page_title = _("Protocollo")
    header_icon = "list-ol"
    any_permission_required = ("view",)
    index_url_name = "accordi_protocollo:index"
    index_results_url_name = "accordi_protocollo:index_results"
    filterset_class = ProtocolloFilterSet
    search_fields = ("numero", "oggetto", "corrispondente", "invio__numero")
    search_backend_name = None
    default_ordering = "-registrato_il"
    columns = (
        # A title breaks anywhere, and a number broken in two is another number.
        Column("numero", label=_("Numero"), accessor=lambda p: f"{p.numero}/{p.anno}"),
        ColonnaData("registrato_il", label=_("Registrato"), sort_key="registrato_il"),
        Column("get_verso_display", label=_("Verso"), sort_key="verso"),
        TitleColumn(
            "oggetto",
            label=_("Oggetto"),
            sort_key="oggetto",
            get_url=lambda p: reverse("accordi_protocollo:scheda", args=[p.pk]),
        ),
        Column("corrispondente", label=_("Mittente o destinatario"), sort_key="corrispondente"),
        Column("dell_ente", label=_("Protocollo dell'ente")),
    )

    def get_base_queryset(self) -> QuerySet[Protocollo]:
        return registro()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The day's register and the file with the same filters."""
        filtri = self.request.GET.urlencode()
        csv = reverse("accordi_protocollo:csv") + (f"?{filtri}" if filtri else "")
        giorno = reverse("accordi_protocollo:giorno")
        return [
            HeaderButton(_t("Registro giornaliero"), giorno, icon_name="date", priority=10),
            HeaderButton(_t("Scarica CSV"), csv, icon_name="download", priority=20),
        ]


class ProtocolloCsv(ProtocolloIndexView):
    """The same rows, all of them, with filters and search."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nome = f'attachment; filename="protocollo-{oggi().isoformat()}.csv"'
        testo = in_csv(righe_registro(self.get_queryset()))
        return HttpResponse(testo, content_type=TIPO_CSV, headers={"Content-Disposition": nome})


class SchedaProtocolloView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One registration: what was registered, where it belongs, and the body's number with its verbs."""

    model = Protocollo
    any_permission_required = ("view",)
    template_name = "accordi/amministrazione/protocollo.html"
    header_icon = "list-ol"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.protocollo = get_object_or_404(registro(), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _t("Protocollo %s") % self.protocollo

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        elenco = {"url": reverse("accordi_protocollo:index"), "label": _t("Protocollo")}
        return [*self.breadcrumbs_items, elenco, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invio = getattr(self.protocollo, "invio", None)
        aperto = invio and invio.esito != InvioProtocollo.Esito.REGISTRATO and puo_protocollare(self.request.user)
        moduli = {"riprova": RiprovaForm(), "numero": NumeroEnteForm()} | kwargs.pop("sbagliato", {})
        return super().get_context_data(
            protocollo=self.protocollo,
            invio=invio,
            moduli=moduli if aperto else {},
            da_cercare=invio and invio.esito == InvioProtocollo.Esito.INCERTO,
            storia=righe_di(self.protocollo),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int, verbo: str) -> HttpResponse:
        if motivo := motivo_rifiuto_protocolla(request.user):
            raise PermissionDenied(motivo)
        invio = get_object_or_404(InvioProtocollo, protocollo=self.protocollo)
        classe, servizio, fatto = VERBI[verbo]
        form = classe(request.POST)
        if form.is_valid():
            try:
                servizio(utente=request.user, invio=invio, **form.cleaned_data)
            except ValidationError as rifiuto:
                form.add_error(None, rifiuto.messages)
            else:
                messages.success(request, fatto)
                return redirect("accordi_protocollo:scheda", pk)
        return self.render_to_response(self.get_context_data(sbagliato={verbo: form}))


class VoceProtocollo(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, LEGGONO_TUTTO)


class ProtocolloViewSet(ViewSet):
    """The register, under «Avvisi e accordi»."""

    name = "accordi_protocollo"
    url_prefix = "protocollo"
    icon = "list-ol"
    menu_label = _("Protocollo")
    menu_name = "protocollo"
    menu_order = 500
    menu_hook = MENU_ACCORDI
    menu_item_class = VoceProtocollo

    def get_urlpatterns(self) -> list:
        leggi, scrivi = {"http_method_names": ["get", "head"]}, {"http_method_names": ["post"]}
        return [
            path("", ProtocolloIndexView.as_view(**leggi), name="index"),
            path("risultati/", ProtocolloIndexView.as_view(results_only=True, **leggi), name="index_results"),
            path("protocollo.csv", ProtocolloCsv.as_view(**leggi), name="csv"),
            path("giorno/", GiornoView.as_view(**leggi), name="giorno"),
            path("giorno.pdf", GiornoPdf.as_view(**leggi), name="giorno_pdf"),
            path("giorno.csv", GiornoCsv.as_view(**leggi), name="giorno_csv"),
            path("<int:pk>/", SchedaProtocolloView.as_view(**leggi), name="scheda"),
            *(
                path(f"<int:pk>/{verbo}/", SchedaProtocolloView.as_view(**scrivi), {"verbo": verbo}, name=verbo)
                for verbo in VERBI
            ),
        ]
