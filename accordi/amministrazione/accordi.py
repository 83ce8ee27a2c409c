"""Agreements in the back office: list, new one, page with its verbs, signing for the Province."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from accordi.amministrazione import MENU_ACCORDI
from accordi.amministrazione.anteprima import AnteprimaView
from accordi.amministrazione.azioni import AZIONI, Azione
from accordi.amministrazione.calendario import ScadenzeCsv, ScadenzeView
from accordi.amministrazione.conservazione import PacchettoView
from accordi.amministrazione.firme import DaFirmareView, FirmaGestioneView
from accordi.amministrazione.giro import GiroView, InvitaView, MarcheView
from accordi.amministrazione.pagina import PaginaAccordo
from accordi.amministrazione.righe_vita import RigaView
from accordi.amministrazione.vita import GestoView, VitaCsv, VitaView
from accordi.forms.accordi import NuovoAccordoForm
from accordi.models import Accordo, VersioneTesto
from accordi.permissions import motivo_rifiuto_gestisce_accordo, puo_gestire_accordo
from accordi.queries.accordi import firmatari_di, parti_da_firmare, parti_e_firme, revisione_corrente, storia
from accordi.queries.accreditamento import come_oggi
from accordi.queries.legami import date_proposte
from accordi.queries.marche import firme_senza_marca
from accordi.services import accordi as servizi
from accordi.services import testi
from accordi.stati import StatoAccordo
from core.amministrazione.colonne import ColonnaData
from core.errori import Rifiuto


class AccordoFilterSet(WagtailFilterSet):
    stato = django_filters.MultipleChoiceFilter(
        label=_("Stato"), choices=StatoAccordo.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Accordo
        fields = ("stato", "tipo")


class AccordiIndexView(generic.IndexView):
    """Every agreement with its state and how many parties have signed the current text."""

    model = Accordo
    page_title = _("Accordi")
    header_icon = "doc-full"
    any_permission_required = ("view",)
    index_url_name = "accordi_gestione:index"
    index_results_url_name = "accordi_gestione:index_results"
    filterset_class = AccordoFilterSet
    search_fields = ("titolo", "parti__soggetto__denominazione", "codice_verifica")
    default_ordering = "-creato_il"
    columns = (
        TitleColumn(
            "titolo",
            label=_("Oggetto"),
            sort_key="titolo",
            get_url=lambda a: reverse("accordi_gestione:accordo", args=[a.pk]),
        ),
        Column("tipo", label=_("Tipo"), accessor="get_tipo_display", sort_key="tipo"),
        StatusTagColumn("stato_attuale.label", label=_("Stato"), sort_key="stato"),
        Column("firme", label=_("Firme"), accessor=lambda a: f"{a.firme_ora or 0} / {a.quante_parti}"),
        ColonnaData("sottoscritto_il", label=_("Firmato da tutti"), sort_key="sottoscritto_il"),
    )

    def get_base_queryset(self) -> QuerySet[Accordo]:
        ultima = (
            VersioneTesto.objects.filter(accordo=OuterRef("pk"))
            .order_by("-numero")
            .annotate(quante=Count("firme"))
            .values("quante")[:1]
        )
        return come_oggi(Accordo.objects.visibili_a(self.request.user)).annotate(
            quante_parti=Count("parti", distinct=True), firme_ora=Subquery(ultima)
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        scadenze = HeaderButton(_t("Scadenze"), url=reverse("accordi_gestione:scadenze"), icon_name="date")
        if not puo_gestire_accordo(self.request.user):
            return [scadenze]
        return [HeaderButton(_t("Nuovo accordo"), url=reverse("accordi_gestione:nuovo"), icon_name="plus"), scadenze]


class AccordoGestioneView(PaginaAccordo, TemplateView):
    """Everything about one agreement, and the verbs that its state allows. POST goes to …/<azione>/."""

    template_name = "accordi/amministrazione/accordo.html"
    sotto_l_accordo = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        accordi = come_oggi(Accordo.objects.visibili_a(request.user)).select_related(
            "protocollo", "istanza__protocollo", "modello", "modello_revisione"
        )
        self.accordo = get_object_or_404(accordi, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.accordo)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sbagliata = kwargs.pop("form_sbagliato", (None, None))
        parti = parti_e_firme(self.accordo)
        return super().get_context_data(**kwargs) | {
            "accordo": self.accordo,
            "parti": [(p, firmatari_di(p.parte)) for p in parti],
            "revisione": revisione_corrente(self.accordo),
            "gestisce": puo_gestire_accordo(self.request.user, self.accordo),
            "senza_marca": firme_senza_marca().filter(parte__accordo=self.accordo).exists(),
            "da_firmare": parti_da_firmare(self.request.user).filter(accordo=self.accordo),
            "storia": storia(self.accordo),
            "moduli": [
                {
                    "nome": nome,
                    "azione": azione,
                    "form": sbagliata[1] if sbagliata[0] == nome else self._form(nome, azione),
                    "indirizzo": reverse(f"accordi_gestione:{nome.replace('-', '_')}", args=[self.accordo.pk]),
                }
                for nome, azione in AZIONI.items()
                if self.accordo.stato in azione.stati and puo_gestire_accordo(self.request.user, self.accordo)
            ],
        }

    def _form(self, nome: str, azione: Azione) -> forms.Form:
        iniziali = {c: getattr(self.accordo, c) for c in testi.CAMPI_BOZZA} if nome == "modifica" else {}
        if nome == "attiva":
            iniziali = date_proposte(self.accordo)
        return azione.form(prefix=nome, initial=iniziali)

    def post(self, request: HttpRequest, pk: int, nome: str) -> HttpResponse:
        if motivo := motivo_rifiuto_gestisce_accordo(request.user, self.accordo):
            raise PermissionDenied(motivo)
        azione = AZIONI[nome]
        form = azione.form(request.POST, prefix=nome)
        if form.is_valid():
            try:
                azione.servizio(utente=request.user, accordo=self.accordo, **form.cleaned_data)
            except Rifiuto as rifiuto:
                form.add_error(None, rifiuto.frase)
            else:
                messages.success(request, azione.fatto)
                return redirect("accordi_gestione:accordo", pk=pk)
        self.accordo.refresh_from_db()
        return self.render_to_response(self.get_context_data(form_sbagliato=(nome, form)))


class NuovoAccordoView(PaginaAccordo, FormView):
    """A collaboration or a memorandum that no application asks for."""

    template_name = "accordi/amministrazione/nuovo_accordo.html"
    form_class = NuovoAccordoForm
    page_title = _("Nuovo accordo")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := motivo_rifiuto_gestisce_accordo(request.user):
            raise PermissionDenied(motivo)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NuovoAccordoForm) -> HttpResponse:
        dati = form.cleaned_data
        try:
            accordo = servizi.crea_accordo_libero(
                utente=self.request.user,
                **{nome: dati[nome] for nome in ("tipo", "titolo", "testo", "modello")},
                parti=list(dati["parti"]),
            )
            determina = {nome: dati[nome] for nome in ("determina_numero", "determina_data")}
            testi.modifica_bozza(utente=self.request.user, accordo=accordo, campi=determina)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
            return self.form_invalid(form)
        messages.success(self.request, _t("Bozza preparata: rileggila e mandala in firma."))
        return redirect("accordi_gestione:accordo", pk=accordo.pk)


class AccordoViewSet(ViewSet):
    """Agreements under the menu of calls and agreements."""

    name = "accordi_gestione"
    url_prefix = "accordi"
    icon = "doc-full"
    menu_label = _("Accordi")
    menu_name = "accordi_gestione"
    menu_order = 300
    menu_hook = MENU_ACCORDI

    def get_urlpatterns(self) -> list:
        return [
            path("", AccordiIndexView.as_view(), name="index"),
            path("risultati/", AccordiIndexView.as_view(results_only=True), name="index_results"),
            path("nuovo/", NuovoAccordoView.as_view(), name="nuovo"),
            path("<int:pk>/pacchetto/", PacchettoView.as_view(), name="pacchetto"),
            path("<int:pk>/", AccordoGestioneView.as_view(http_method_names=["get", "head"]), name="accordo"),
            path("da-firmare/", DaFirmareView.as_view(), name="da_firmare"),
            path("firma/<int:pk>/", FirmaGestioneView.as_view(), name="firma"),
            path("<int:pk>/anteprima/", AnteprimaView.as_view(), name="anteprima"),
            path("<int:pk>/giro/", GiroView.as_view(), name="giro"),
            path("scadenze/", ScadenzeView.as_view(), name="scadenze"),
            path("scadenze.csv", ScadenzeCsv.as_view(), name="scadenze_csv"),
            path("<int:pk>/vita/", VitaView.as_view(), name="vita"),
            path("<int:pk>/vita.csv", VitaCsv.as_view(), name="vita_csv"),
            path("<int:pk>/vita/<slug:gesto>/", GestoView.as_view(), name="gesto"),
            path("vita/<slug:genere>/<int:riga>/<slug:gesto>/", RigaView.as_view(), name="riga"),
            path("<int:pk>/marche/", MarcheView.as_view(), name="marche"),
            path("parti/<int:pk>/invita/", InvitaView.as_view(), name="invita"),
            *(
                path(
                    f"<int:pk>/{nome}/",
                    AccordoGestioneView.as_view(http_method_names=["post"]),
                    {"nome": nome},
                    name=nome.replace("-", "_"),
                )
                for nome in AZIONI
            ),
        ]
