"""Back office: a poll opened, its outcome slot by slot, the date chosen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from core.amministrazione.colonne import ColonnaData
from core.models import Messaggio
from reti.amministrazione.scelta import TavoloScelto
from reti.amministrazione.viste import ElencoView, VistaLettura, VistaModulo, colonna_titolo, frase_dei_rifiuti
from reti.forms.incontri import MotivoForm
from reti.forms.sondaggi import (
    DisponibilitaForm,
    FasceFormSet,
    FasceInPiuFormSet,
    SondaggioForm,
    fasce_scritte,
    scritto,
)
from reti.models import Convocazione, Fascia, Interpellato, Sondaggio
from reti.queries.decisioni import ordine_iniziale
from reti.queries.esito_sondaggio import perche, risultato
from reti.queries.incontri import preavviso_breve
from reti.queries.sondaggi import motivo_rifiuto_disponibilita
from reti.services.mail_sondaggi import riferimento
from reti.services.sondaggi import (
    annulla_sondaggio,
    apri_sondaggio,
    chiudi_sondaggio,
    rispondi_sondaggio,
    sollecita_sondaggio,
)
from reti.stati import StatoSondaggio

ELENCO = (_("Sondaggi per la data"), reverse_lazy("gestione_sondaggi:index"))
ICONA = "date"


class SondaggioMixin:
    """The poll of the URL, among those that the person may see."""

    header_icon = ICONA

    @cached_property
    def sondaggio(self) -> Sondaggio:
        visibili = Sondaggio.objects.visibili_a(self.request.user).select_related("rete__convocante", "incontro")
        return get_object_or_404(visibili.prefetch_related("altre_reti", "fasce"), pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.sondaggio.titolo, reverse("gestione_sondaggi:scheda", args=[self.sondaggio.pk]))]

    def alla_scheda(self) -> HttpResponse:
        return redirect("gestione_sondaggi:scheda", self.sondaggio.pk)


class SchedaSondaggio(SondaggioMixin, VistaLettura):
    """The outcome: seats by slots, where each board would stand, the best slot and why."""

    template_name = "reti/gestione/sondaggio.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.sondaggio.titolo

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sondaggio = self.sondaggio
        esito = risultato(sondaggio)
        aperto = sondaggio.stato == StatoSondaggio.APERTO
        migliore = esito.migliore if aperto else None
        mail = Messaggio.objects.filter(riferimento=riferimento(sondaggio))
        return super().get_context_data(
            sondaggio=sondaggio,
            risultato=esito,
            migliore=migliore,
            perche=perche(migliore) if migliore else "",
            aperto=aperto,
            si_risponde=not motivo_rifiuto_disponibilita(sondaggio),
            congiunto=bool(sondaggio.altre_reti.all()),
            non_consegnate=mail.filter(stato=Messaggio.Stato.ABBANDONATO),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The only button of the page that writes: remind who hasn't answered."""

        def sollecita() -> None:
            quanti = sollecita_sondaggio(utente=request.user, sondaggio=self.sondaggio)
            frase = ngettext("Sollecito inviato a %d seggio.", "Sollecito inviato a %d seggi.", quanti)
            messages.success(request, frase % quanti)

        frase_dei_rifiuti(sollecita, request)
        return self.alla_scheda()


class NuovoSondaggio(TavoloScelto, VistaModulo):
    """Propose several dates to the seats of the board named in `?rete=`, and of those joined with it."""

    template_name = "reti/gestione/sondaggio_modulo.html"
    header_icon = ICONA
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    page_title = _("Sondaggio per la data")
    invia = _("Apri il sondaggio e chiedi a tutti")
    messaggio = _("Il sondaggio è aperto: ognuno riceve una mail con il suo collegamento.")
    invito = _("Scegli il tavolo, poi «Sondaggio per la data».")

    def moduli(self, dati: Any) -> dict[str, Any]:
        proposti = (punto.titolo for punto in ordine_iniziale(self.rete))
        iniziale = {"titolo": f"{self.rete.nome}: incontro", "ordine_del_giorno": "\n".join(proposti)}
        return {
            "form": SondaggioForm(dati, initial=iniziale, rete=self.rete),
            "fasce": FasceFormSet(dati, prefix="fasce"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "altra" not in request.POST or not self.rete:
            return super().post(request, *args, **kwargs)
        vuoto = SondaggioForm(rete=self.rete)
        moduli = {
            "form": SondaggioForm(initial=scritto(vuoto, request.POST), rete=self.rete),
            "fasce": FasceInPiuFormSet(initial=fasce_scritte(request.POST), prefix="fasce"),
        }
        return self.render_to_response(self.get_context_data(**moduli))

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = moduli["form"].dati() | {"fasce": moduli["fasce"].fasce()}
        sondaggio = apri_sondaggio(utente=self.request.user, rete=self.rete, **dati)
        return redirect("gestione_sondaggi:scheda", sondaggio.pk)


class ChiudiSondaggio(SondaggioMixin, VistaModulo):
    """Look at what one slot would be, then choose it: the meeting is convened."""

    template_name = "reti/gestione/sondaggio_chiudi.html"
    page_title = _("Scegli questa data")
    invia = _("Scegli questa data e invia le convocazioni")
    messaggio = _("La data è scelta: l'incontro è convocato.")

    @cached_property
    def fascia(self) -> Fascia:
        return get_object_or_404(Fascia, sondaggio=self.sondaggio, pk=self.kwargs["fascia"])

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        s = self.sondaggio
        esito = risultato(s)
        return super().get_context_data(
            sondaggio=s,
            esito=next(e for e in esito.esiti if e.fascia.pk == self.fascia.pk),
            mancanti=esito.mancanti,
            congiunto=bool(s.altre_reti.all()),
            preavviso=preavviso_breve([s.rete, *s.altre_reti.all()], self.fascia.inizio),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        incontro = chiudi_sondaggio(utente=self.request.user, sondaggio=self.sondaggio, fascia=self.fascia)
        return redirect("gestione_incontri:scheda", incontro.pk)


class AnnullaSondaggio(SondaggioMixin, VistaModulo):
    page_title = _("Annulla il sondaggio")
    invia = _("Annulla il sondaggio")
    messaggio = _("Il sondaggio è annullato e gli interpellati ne ricevono notizia.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": MotivoForm(dati)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        annulla_sondaggio(utente=self.request.user, sondaggio=self.sondaggio, **moduli["form"].cleaned_data)
        return self.alla_scheda()


class DisponibilitaUfficio(SondaggioMixin, VistaModulo):
    """The office records what a seat said by voice."""

    template_name = "reti/gestione/disponibilita.html"
    invia = _("Registra la risposta")
    messaggio = _("La risposta è registrata.")

    @cached_property
    def interpellato(self) -> Interpellato:
        righe = self.sondaggio.interpellati.select_related("adesione__soggetto", "adesione__rete", "sondaggio")
        return get_object_or_404(righe.prefetch_related("sondaggio__fasce"), pk=self.kwargs["interpellato"])

    def get_page_title(self) -> str:
        return _("Risposta di %s") % self.interpellato.adesione.soggetto

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": DisponibilitaForm(dati, interpellato=self.interpellato)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(interpellato=self.interpellato, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        via, dati = Convocazione.Via.UFFICIO, moduli["form"].dati()
        rispondi_sondaggio(interpellato=self.interpellato, via=via, utente=self.request.user, **dati)
        return self.alla_scheda()


class ElencoSondaggi(ElencoView):
    scheda = "gestione_sondaggi:scheda"
    add_url_name = None

    def get_base_queryset(self) -> Any:
        visibili = Sondaggio.objects.visibili_a(self.request.user)
        return visibili.select_related("rete").prefetch_related("altre_reti")

    def get_add_url(self) -> None:
        """A poll starts from its board's page."""
        return


class SondaggiViewSet(ModelViewSet):
    """Polls of every board under «Tavoli»."""

    model = Sondaggio
    name = "gestione_sondaggi"
    url_prefix = "sondaggi"
    menu_label = _("Sondaggi per la data")
    icon = ICONA
    index_view_class = ElencoSondaggi
    list_display = (
        colonna_titolo("titolo", _("Incontro"), "gestione_sondaggi:scheda"),
        Column("rete", label=_("Tavolo"), accessor="tavoli", sort_key="rete__nome"),
        ColonnaData("entro", label=_("Si risponde entro"), sort_key="entro"),
        Column("get_stato_display", label=_("Stato"), sort_key="stato"),
    )
    list_filter = ("stato", "rete")
    search_fields = ("titolo", "rete__nome")
    ordering = "-creato_il"
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("risultati/", self.index_results_view, name="index_results"),
            path("nuovo/", NuovoSondaggio.as_view(), name="add"),
            path("<int:pk>/", SchedaSondaggio.as_view(), name="scheda"),
            path("<int:pk>/annulla/", AnnullaSondaggio.as_view(), name="annulla"),
            path("<int:pk>/fasce/<int:fascia>/", ChiudiSondaggio.as_view(), name="chiudi"),
            path("<int:pk>/risposte/<int:interpellato>/", DisponibilitaUfficio.as_view(), name="risposta"),
        ]
