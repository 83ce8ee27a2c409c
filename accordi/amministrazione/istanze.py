"""Applications in the back office: list with the clock, page of the examination and its verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from accordi.amministrazione import MENU_ACCORDI
from accordi.forms.istanze import (
    AmmissioneForm,
    IntegrazioneForm,
    NuovoTentativoForm,
    PreavvisoForm,
    PresaInCaricoForm,
    RespingimentoForm,
    RevocaForm,
)
from accordi.models import Istanza
from accordi.permissions import motivo_rifiuto_istruisce, puo_istruire
from accordi.queries.contenuto import allegati, partecipanti_di, risposte_in_parole
from accordi.queries.istanze import condizioni_mancanti
from accordi.queries.preavvisi import manca_al_rigetto, preavviso_da_osservare, preavviso_di
from accordi.queries.termini import clock, per_il_clock
from accordi.services import accordi, istruttoria
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.registro import righe_di


@dataclass(frozen=True)
class Azione:
    """A verb of the examination: where it leads, its form, its service, what is said after."""

    titolo: Any
    a: str
    form: type[forms.Form]
    servizio: Callable[..., Any]
    fatto: Any
    # Beside the table of states: when the button shows.
    quando: Callable[[Istanza], bool] = lambda istanza: True
    # After it the applicant is awaited: what that does to the term is said too.
    si_aspetta: bool = False

    def detto_dopo(self, istanza: Istanza) -> str:
        return f"{self.fatto} {istanza.avviso.durante_l_attesa}" if self.si_aspetta else str(self.fatto)


AZIONI = {
    "prendi-in-carico": Azione(
        _("Prendi in carico"),
        StatoIstanza.ISTRUTTORIA,
        PresaInCaricoForm,
        istruttoria.prendi_in_carico,
        _("Istanza in istruttoria: il richiedente riceve un messaggio."),
    ),
    "chiedi-integrazione": Azione(
        _("Chiedi un'integrazione"),
        StatoIstanza.INTEGRAZIONE,
        IntegrazioneForm,
        istruttoria.chiedi_integrazione,
        _("Richiesta inviata."),
        si_aspetta=True,
    ),
    "ammetti": Azione(
        _("Ammetti"),
        StatoIstanza.AMMESSA,
        AmmissioneForm,
        istruttoria.ammetti_istanza,
        _("Istanza ammessa: l'accordo è in bozza."),
    ),
    "preavvisa-rigetto": Azione(
        _("Manda il preavviso di rigetto"),
        StatoIstanza.RESPINTA,
        PreavvisoForm,
        istruttoria.preavvisa_rigetto,
        _("Preavviso mandato: il richiedente può rispondere con osservazioni."),
        lambda istanza: bool(manca_al_rigetto(istanza)) and preavviso_di(istanza) is None,
        si_aspetta=True,
    ),
    "respingi": Azione(
        _("Respingi"),
        StatoIstanza.RESPINTA,
        RespingimentoForm,
        istruttoria.respingi_istanza,
        _("Istanza respinta: il richiedente riceve i motivi."),
        lambda istanza: not manca_al_rigetto(istanza),
    ),
    "prepara-accordo": Azione(
        _("Prepara un altro accordo"),
        StatoIstanza.REVOCATA,  # possible as long as giving up is
        NuovoTentativoForm,
        accordi.crea_accordo,
        _("Bozza preparata: la trovi fra gli accordi."),
        lambda istanza: istanza.accordo is None,
    ),
    "revoca": Azione(
        _("Revoca l'ammissione: l'accordo non si fa"),
        StatoIstanza.REVOCATA,
        RevocaForm,
        istruttoria.revoca_ammissione,
        _("Ammissione revocata: il richiedente riceve i motivi."),
        lambda istanza: istanza.accordo is None,
    ),
}


def azioni_possibili(utente: Any, istanza: Istanza) -> dict[str, Azione]:
    """Verbs that `utente` may use on the application as it is now.

    From "integrazione" only the partner's answer leads back to the examination.
    """
    if not puo_istruire(utente, istanza):
        return {}
    permesse = TRANSIZIONI_ISTANZA[istanza.stato]
    attesa = istanza.stato == StatoIstanza.INTEGRAZIONE
    return {nome: a for nome, a in AZIONI.items() if a.a in permesse and not attesa and a.quando(istanza)}


def testo_giorni(istanza: Istanza) -> str:
    """The clock in a few words: "12 di 30", late said in words."""
    orologio = clock(istanza)
    if orologio is None:
        return ""
    frase = _t("%(n)d di %(previsti)d") % {"n": orologio.giorni, "previsti": orologio.giorni_previsti}
    return f"{frase}, {_t('in ritardo di %d') % orologio.oltre}" if orologio.in_ritardo else frase


class IstanzaFilterSet(WagtailFilterSet):
    stato = django_filters.MultipleChoiceFilter(
        label=_("Stato"),
        choices=[c for c in StatoIstanza.choices if c[0] != StatoIstanza.BOZZA],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Istanza
        fields = ("stato", "avviso")


class IstanzeIndexView(generic.IndexView):
    """Applications presented, with term and days; drafts belong to who writes them."""

    model = Istanza
    page_title = _("Istanze")
    header_icon = "form"
    any_permission_required = ("view",)
    index_url_name = "accordi_istanze:index"
    index_results_url_name = "accordi_istanze:index_results"
    filterset_class = IstanzaFilterSet
    search_fields = ("capofila__denominazione", "avviso__titolo", "protocollo__numero")
    default_ordering = "-protocollo__registrato_il"
    columns = (
        TitleColumn(
            "capofila",
            label=_("Capofila"),
            sort_key="capofila__denominazione",
            get_url=lambda i: reverse("accordi_istanze:istruttoria", args=[i.pk]),
        ),
        Column("avviso", label=_("Avviso"), sort_key="avviso__titolo"),
        Column("protocollo", label=_("Protocollo"), sort_key="protocollo__registrato_il"),
        StatusTagColumn("get_stato_display", label=_("Stato"), sort_key="stato"),
        Column("termine", label=_("Termine"), accessor=lambda i: f"{clock(i).termine:%d/%m/%Y}"),
        Column("giorni", label=_("Giorni"), accessor=testo_giorni),
    )

    def get_base_queryset(self) -> QuerySet[Istanza]:
        return per_il_clock(Istanza.objects.visibili_a(self.request.user))


class IstruttoriaView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything about one application, and the verbs that its state allows (R08).

    POST goes to …/<azione>/; a refused form comes back with what was typed.
    """

    model = Istanza
    any_permission_required = ("view",)
    template_name = "accordi/amministrazione/istruttoria.html"
    header_icon = "form"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        istanze = per_il_clock(Istanza.objects.visibili_a(request.user))
        self.istanza = get_object_or_404(istanze.select_related("presentata_da", "responsabile"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.istanza.capofila)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        elenco = {"url": reverse("accordi_istanze:index"), "label": _t("Istanze")}
        return [*self.breadcrumbs_items, elenco, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        azioni = azioni_possibili(self.request.user, self.istanza)
        sbagliata = kwargs.pop("form_sbagliato", None)
        moduli = [
            {
                "nome": nome,
                "azione": azione,
                "form": sbagliata[1] if sbagliata and sbagliata[0] == nome else azione.form(prefix=nome),
                "indirizzo": reverse(f"accordi_istanze:{nome.replace('-', '_')}", args=[self.istanza.pk]),
            }
            for nome, azione in azioni.items()
        ]
        return super().get_context_data(**kwargs) | {
            "istanza": self.istanza,
            "clock": clock(self.istanza),
            "partecipanti": partecipanti_di(self.istanza).order_by("soggetto__denominazione"),
            "risposte": risposte_in_parole(self.istanza),
            "allegati": allegati(self.istanza, self.request.user),
            "mancanti": condizioni_mancanti(self.istanza),
            "sospensioni": self.istanza.sospensioni.all(),
            "storia": righe_di(self.istanza),
            "moduli": moduli,
            "attesa_osservazioni": preavviso_da_osservare(self.istanza),
            # The state changed under the person's hands: the form is gone, what was typed isn't.
            "rimasto": [*sbagliata[1].cleaned_data.values()] if sbagliata and sbagliata[0] not in azioni else [],
        }

    def post(self, request: HttpRequest, pk: int, nome: str) -> HttpResponse:
        if motivo := motivo_rifiuto_istruisce(request.user, self.istanza):
            raise PermissionDenied(motivo)
        azione = AZIONI[nome]
        form = azione.form(request.POST, prefix=nome)
        if form.is_valid():
            try:
                azione.servizio(utente=request.user, istanza=self.istanza, **form.cleaned_data)
            except Rifiuto as rifiuto:
                messages.error(request, rifiuto.frase)
                form.add_error(None, rifiuto.frase)
            else:
                messages.success(request, azione.detto_dopo(self.istanza))
                return redirect("accordi_istanze:istruttoria", pk=pk)
        return self.render_to_response(self.get_context_data(form_sbagliato=(nome, form)))


class IstanzaViewSet(ViewSet):
    """List and examination: nobody adds or edits an application from here."""

    name = "accordi_istanze"
    url_prefix = "istanze"
    icon = "form"
    menu_label = _("Istanze")
    menu_name = "istanze"
    menu_order = 200
    menu_hook = MENU_ACCORDI

    def get_urlpatterns(self) -> list:
        return [
            path("", IstanzeIndexView.as_view(), name="index"),
            path("risultati/", IstanzeIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", IstruttoriaView.as_view(http_method_names=["get", "head"]), name="istruttoria"),
            *(
                path(
                    f"<int:pk>/{nome}/",
                    IstruttoriaView.as_view(http_method_names=["post"]),
                    {"nome": nome},
                    name=nome.replace("-", "_"),
                )
                for nome in AZIONI
            ),
        ]
