"""Back office: the menu «Tavoli», with the listings of boards and meetings."""

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from core.amministrazione.colonne import ColonnaData
from reti.amministrazione import incontri as viste
from reti.amministrazione.appello import Appello, AzioniAppello, StatoAppello, TocchiAppello
from reti.amministrazione.assenze import PartecipazioneViewSet
from reti.amministrazione.calendari import CalendariViewSet
from reti.amministrazione.calendario import CalendarioViewSet
from reti.amministrazione.decisioni import DecisioniViewSet
from reti.amministrazione.partecipazione import InvitiViewSet
from reti.amministrazione.posta import PostaRicevutaViewSet
from reti.amministrazione.risposte import RispostaUfficio
from reti.amministrazione.sala import CodiceIngresso, RegistroPresenze
from reti.amministrazione.sondaggi import SondaggiViewSet
from reti.amministrazione.tavoli import RetiViewSet
from reti.amministrazione.verbali import (
    ApprovaVerbale,
    EsaminaOsservazione,
    InviaVerbale,
    Minuta,
    RiprendiVerbale,
)
from reti.amministrazione.versioni import VersioniVerbale
from reti.amministrazione.viste import ElencoView, colonna_titolo
from reti.models import Convocazione, Incontro, Rete
from reti.queries.in_attesa import Attesa, incontri_in_attesa


class FiltriIncontri(WagtailFilterSet):
    attesa = django_filters.ChoiceFilter(label=_("Che cosa aspetta"), choices=Attesa.choices, method="che_aspettano")

    rete = django_filters.ModelChoiceFilter(
        label=_("Tavolo"), queryset=Rete.objects.order_by("nome"), method="del_tavolo"
    )

    class Meta:
        model = Incontro
        fields = ("stato", "rete", "attesa")

    def del_tavolo(self, righe: Any, _nome: str, valore: Rete) -> Any:
        return righe.del_tavolo(valore)

    def che_aspettano(self, righe: Any, _nome: str, valore: str) -> Any:
        return righe.filter(pk__in=incontri_in_attesa().filter(attesa=valore).order_by().values("pk"))


class ElencoIncontri(ElencoView):
    scheda = "gestione_incontri:scheda"
    add_url_name = None

    def get_base_queryset(self) -> Any:
        # Counted by subquery, for the rows of the page: a join would group every invitation first.
        inviti = Convocazione.objects.filter(incontro=OuterRef("pk")).order_by().values("incontro")
        inviti = inviti.annotate(quanti=Count("pk"))
        return (
            Incontro.objects.visibili_a(self.request.user)
            .select_related("rete")
            .prefetch_related("altre_reti")
            .annotate(inviti=Coalesce(Subquery(inviti.values("quanti")), 0))
        )

    def get_add_url(self) -> None:
        """A meeting starts from its board's page."""
        return


class IncontriViewSet(ModelViewSet):
    """Meetings of every board under «Tavoli»."""

    model = Incontro
    name = "gestione_incontri"
    url_prefix = "incontri"
    menu_label = _("Incontri")
    icon = "calendar-alt"
    index_view_class = ElencoIncontri
    list_display = (
        colonna_titolo("titolo", _("Incontro"), "gestione_incontri:scheda"),
        Column("rete", label=_("Tavolo"), accessor="tavoli", sort_key="rete__nome"),
        ColonnaData("inizio", label=_("Quando"), sort_key="inizio"),
        Column("get_stato_display", label=_("Stato"), sort_key="stato"),
        Column("inviti", label=_("Invitati"), sort_key="inviti"),
    )
    filterset_class = FiltriIncontri
    search_fields = ("titolo", "rete__nome")
    ordering = "-inizio"
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("risultati/", self.index_results_view, name="index_results"),
            path("nuovo/", viste.NuovoIncontro.as_view(), name="add"),
            path("risposte/<int:pk>/", RispostaUfficio.as_view(), name="risposta"),
            path("<int:pk>/", viste.SchedaIncontro.as_view(), name="scheda"),
            path("<int:pk>/modifica/", viste.ModificaIncontro.as_view(), name="edit"),
            path("<int:pk>/convoca/", viste.ConvocaIncontro.as_view(), name="convoca"),
            path("<int:pk>/rinvia/", viste.RinviaIncontro.as_view(), name="rinvia"),
            path("<int:pk>/annulla/", viste.AnnullaIncontro.as_view(), name="annulla"),
            path("<int:pk>/presenze/", Appello.as_view(), name="presenze"),
            path("<int:pk>/presenze/stato/", StatoAppello.as_view(), name="presenze_stato"),
            path("<int:pk>/presenze/tocchi/", TocchiAppello.as_view(), name="presenze_tocchi"),
            path("<int:pk>/presenze/azioni/", AzioniAppello.as_view(), name="presenze_azioni"),
            path("<int:pk>/presenze/codice/", CodiceIngresso.as_view(), name="codice_ingresso"),
            path("<int:pk>/registro.pdf", RegistroPresenze.as_view(), name="registro"),
            path("<int:pk>/verbale/", Minuta.as_view(), name="verbale"),
            path("<int:pk>/verbale/invia/", InviaVerbale.as_view(), name="invia_verbale"),
            path("<int:pk>/verbale/riprendi/", RiprendiVerbale.as_view(), name="riprendi_verbale"),
            path("<int:pk>/verbale/approva/", ApprovaVerbale.as_view(), name="approva_verbale"),
            path("<int:pk>/verbale/versioni/", VersioniVerbale.as_view(), name="versioni_verbale"),
            path("osservazioni/<int:pk>/", EsaminaOsservazione.as_view(), name="osservazione"),
        ]


class TavoliGroup(ViewSetGroup):
    """The menu «Tavoli»."""

    menu_label = _("Tavoli")
    menu_icon = "group"
    menu_order = 110
    items = (
        CalendarioViewSet(),
        RetiViewSet(),
        IncontriViewSet(),
        DecisioniViewSet(),
        SondaggiViewSet(),
        InvitiViewSet(),
        PostaRicevutaViewSet(),
        PartecipazioneViewSet(),
        CalendariViewSet(),
    )
