"""Back office: boards, their seats, their constituting act."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from core.orologio import oggi
from reti.amministrazione.viste import ElencoView, VistaLettura, VistaModulo, colonna_titolo
from reti.forms.reti import CostituzioneForm, ReteForm, SeggiFormSet
from reti.models import Incontro, Rete
from reti.partecipazione import somma
from reti.queries.collegio import mancanti_in
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from reti.queries.tavoli import seggi_vigenti
from reti.services.reti import costituisci_rete, crea_rete, modifica_rete

ELENCO = (_("Tavoli e reti"), reverse_lazy("gestione_tavoli:index"))


class ReteMixin:
    """The board of the URL, among those that the person may see."""

    @cached_property
    def rete(self) -> Rete:
        return get_object_or_404(
            Rete.objects.visibili_a(self.request.user).select_related("convocante"), pk=self.kwargs["pk"]
        )

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.rete.nome, reverse("gestione_tavoli:scheda", args=[self.rete.pk]))]

    def alla_scheda(self, rete: Rete) -> HttpResponse:
        return redirect("gestione_tavoli:scheda", rete.pk)


class SchedaRete(ReteMixin, VistaLettura):
    """One board: seats, meetings, participation, what may be done."""

    template_name = "reti/gestione/tavolo.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.rete.nome

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rete = self.rete
        per_ente = partecipazione(Per.ENTE, Selezione(rete=rete.pk))
        return super().get_context_data(
            rete=rete,
            seggi=rete.adesioni.select_related("soggetto", "titolare"),
            oggi=oggi(),
            incontri=Incontro.objects.del_tavolo(rete)
            .select_related("rete")
            .prefetch_related("altre_reti")
            .order_by("-inizio")[:50],
            partecipazione=per_ente,
            totale=somma(per_ente),
            mancanti=mancanti_in(rete, oggi()),
            **kwargs,
        )


class NuovaRete(VistaModulo):
    """Create a board with its first seats."""

    template_name = "reti/gestione/tavolo_modulo.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    page_title = _("Nuovo tavolo")
    invia = _("Crea il tavolo")
    messaggio = _("Il tavolo è creato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {
            "form": ReteForm(dati, initial={"dal": oggi()}),
            "seggi": SeggiFormSet(dati, instance=Rete(), prefix="seggi"),
        }

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        rete = crea_rete(utente=self.request.user, dati=moduli["form"].cleaned_data, seggi=moduli["seggi"].dati())
        return redirect("gestione_tavoli:scheda", rete.pk)


class ModificaRete(ReteMixin, VistaModulo):
    """Change a board, add or end seats."""

    template_name = "reti/gestione/tavolo_modulo.html"
    page_title = _("Modifica")
    invia = _("Salva")
    messaggio = _("Il tavolo è aggiornato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        # A copy of its own: validating a ModelForm writes on its instance.
        copia = Rete.objects.get(pk=self.rete.pk)
        return {
            "form": ReteForm(dati, instance=copia),
            "seggi": SeggiFormSet(dati, instance=copia, prefix="seggi"),
        }

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        rete = modifica_rete(
            utente=self.request.user,
            rete=self.rete,
            dati=moduli["form"].cleaned_data,
            seggi=moduli["seggi"].dati(),
        )
        return self.alla_scheda(rete)


class CostituzioneRete(ReteMixin, VistaModulo):
    """Record the constituting act; a technical committee needs its three kinds of member."""

    page_title = _("Atto costitutivo")
    invia = _("Registra l'atto")
    messaggio = _("L'atto costitutivo è registrato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        iniziale = {"atto": self.rete.atto, "atto_data": self.rete.atto_data or oggi()}
        return {"form": CostituzioneForm(dati, initial=iniziale)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        return self.alla_scheda(
            costituisci_rete(utente=self.request.user, rete=self.rete, **moduli["form"].cleaned_data)
        )


class ElencoReti(ElencoView):
    scheda = "gestione_tavoli:scheda"

    def get_base_queryset(self) -> Any:
        return Rete.objects.visibili_a(self.request.user).select_related("convocante").prefetch_related(seggi_vigenti())


class RetiViewSet(ModelViewSet):
    """Tavoli e reti under «Tavoli»."""

    model = Rete
    name = "gestione_tavoli"
    url_prefix = "tavoli"
    menu_label = _("Tavoli e reti")
    icon = "group"
    index_view_class = ElencoReti
    list_display = (
        colonna_titolo("nome", _("Nome"), "gestione_tavoli:scheda"),
        Column("get_tipo_display", label=_("Tipo"), sort_key="tipo"),
        Column("get_tema_display", label=_("Tema"), sort_key="tema"),
        Column("convocante", label=_("Convoca"), accessor="convocante.denominazione"),
        Column("seggi", label=_("Seggi"), accessor=lambda rete: len(rete.seggi)),
    )
    list_filter = ("tipo", "tema")
    search_fields = ("nome", "descrizione")
    ordering = "nome"
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("risultati/", self.index_results_view, name="index_results"),
            path("nuovo/", NuovaRete.as_view(), name="add"),
            path("<int:pk>/", SchedaRete.as_view(), name="scheda"),
            path("<int:pk>/modifica/", ModificaRete.as_view(), name="edit"),
            path("<int:pk>/costituzione/", CostituzioneRete.as_view(), name="costituzione"),
        ]
