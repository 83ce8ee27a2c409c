"""Back office: boards, their seats, their constituting act."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from core.orologio import oggi
from reti.amministrazione.composizione import ComposizioneRete
from reti.amministrazione.rete import ELENCO, ReteMixin
from reti.amministrazione.seggi import ChiudiSeggio, ModificaSeggio, NuovoSeggio, esporta_seggi
from reti.amministrazione.viste import ElencoView, VistaLettura, VistaModulo, colonna_titolo
from reti.composizione import composizione_in_parole, elenca_mancanti
from reti.forms.reti import CostituzioneForm, ReteForm, SeggiFormSet
from reti.models import Incontro, Rete
from reti.partecipazione import somma
from reti.queries.collegio import mancanti_in, regola_di
from reti.queries.seggi import quorum_detto, seggi_di
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from reti.queries.tavoli import seggi_vigenti
from reti.services.reti import costituisci_rete, crea_rete, modifica_rete


class SchedaRete(ReteMixin, VistaLettura):
    """One board: seats, meetings, participation, what may be done."""

    template_name = "reti/gestione/tavolo.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.rete.nome

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rete = self.rete
        per_ente = partecipazione(Per.ENTE, Selezione(rete=rete.pk))
        seggi = list(seggi_di(rete))
        attuali = [s for s in seggi if s.al is None or s.al >= oggi()]
        detto, avviso = quorum_detto(rete, [s for s in attuali if s.dal <= oggi()])
        return super().get_context_data(
            rete=rete,
            seggi=attuali,
            finiti=[s for s in seggi if s not in attuali],
            quorum=detto,
            avviso_quorum=avviso,
            composizione=composizione_in_parole(regola_di(rete)),
            oggi=oggi(),
            incontri=Incontro.objects.del_tavolo(rete)
            .select_related("rete")
            .prefetch_related("altre_reti")
            .order_by("-inizio")[:50],
            partecipazione=per_ente,
            totale=somma(per_ente),
            mancanti=elenca_mancanti(mancanti_in(rete, oggi())),
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
    """Change a board; its seats have pages of their own."""

    template_name = "reti/gestione/tavolo_modulo.html"
    page_title = _("Modifica")
    invia = _("Salva")
    messaggio = _("Il tavolo è aggiornato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        # A copy of its own: validating a ModelForm writes on its instance.
        return {"form": ReteForm(dati, instance=Rete.objects.get(pk=self.rete.pk))}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = moduli["form"].cleaned_data
        return self.alla_scheda(modifica_rete(utente=self.request.user, rete=self.rete, dati=dati))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        detto, avviso = quorum_detto(self.rete, list(seggi_di(self.rete).vigenti()))
        return super().get_context_data(quorum=detto, avviso_quorum=avviso, **kwargs)


class CostituzioneRete(ReteMixin, VistaModulo):
    """Record the constituting act; a technical committee needs its three kinds of member."""

    template_name = "reti/gestione/costituzione.html"
    page_title = _("Atto costitutivo")
    invia = _("Registra l'atto")
    messaggio = _("L'atto costitutivo è registrato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        iniziale = {"atto": self.rete.atto, "atto_data": self.rete.atto_data or oggi()}
        return {"form": CostituzioneForm(dati, self.request.FILES or None, initial=iniziale)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        return self.alla_scheda(
            costituisci_rete(utente=self.request.user, rete=self.rete, **moduli["form"].cleaned_data)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rete=self.rete, **kwargs)


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
            path("<int:pk>/composizione/", ComposizioneRete.as_view(), name="composizione"),
            path("<int:pk>/seggi/nuovo/", NuovoSeggio.as_view(), name="nuovo_seggio"),
            path("<int:pk>/seggi.csv", esporta_seggi, name="esporta_seggi"),
            path("seggi/<int:pk>/", ModificaSeggio.as_view(), name="seggio"),
            path("seggi/<int:pk>/chiudi/", ChiudiSeggio.as_view(), name="chiudi_seggio"),
        ]
