"""Back office: a series of meetings proposed, looked at date by date, created, convened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from core.errori import Rifiuto
from reti.amministrazione.incontri import ELENCO
from reti.amministrazione.scelta import TavoloScelto
from reti.amministrazione.viste import VistaLettura, VistaModulo
from reti.forms.serie import DateForm, SerieForm
from reti.models import Incontro, Rete
from reti.queries.conflitti import Conflitto, conflitti
from reti.queries.incontri import preavviso_breve, seggi_delle_reti
from reti.ricorrenza import avvertenze
from reti.services.serie import convoca_serie, crea_serie, tempi
from reti.stati import StatoIncontro


@dataclass(frozen=True)
class DataProposta:
    """A date of the preview: its box to tick, and what one should know of it."""

    scelta: Any
    avvertenze: list[str]
    preavviso: str
    conflitti: list[Conflitto]


def anteprima(form: SerieForm, scelte: DateForm, rete: Rete) -> list[DataProposta]:
    """Each date of a valid `form` with its warnings; constant number of queries."""
    dati, giorni = form.cleaned_data, form.giorni
    reti = [rete, *dati.get("altre_reti", ())]
    luogo = "" if dati["modalita"] == Incontro.Modalita.REMOTO else dati["luogo"]
    coppie = tempi(giorni, dati["dalle"], dati["alle"])
    trovati = conflitti(coppie, seggi=seggi_delle_reti(reti, giorni), luogo=luogo)
    return [
        DataProposta(scelta, avvertenze(g, settings.SIGLA_PROVINCIA), preavviso_breve(reti, inizio), suoi)
        for g, (inizio, _fine), suoi, scelta in zip(giorni, coppie, trovati, scelte["giorni"], strict=True)
    ]


class NuovaSerie(TavoloScelto, VistaModulo):
    """A rule or a list of dates, then the dates to keep, then the drafts."""

    template_name = "reti/gestione/serie_modulo.html"
    header_icon = "calendar-alt"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    page_title = _("Serie di incontri")
    invia = _("Mostra le date")
    invito = _("Scegli il tavolo, poi «Serie di incontri».")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": SerieForm(dati, initial={"titolo": f"{self.rete.nome}: incontro"}, rete=self.rete)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        """Show the dates; create once they were seen, unless what makes them has changed since."""
        form = moduli["form"]
        impronta = " ".join(g.isoformat() for g in form.giorni)
        viste = self.request.POST.get("viste", "")
        scelte = DateForm(self.request.POST if viste == impronta else None, giorni=form.giorni)
        if "crea" in self.request.POST and viste == impronta and scelte.is_valid():
            return self._crea(form, scelte)
        if "crea" in self.request.POST and viste != impronta:
            messages.info(self.request, _("Le date sono cambiate: controllale e crea le bozze."))
        return self._mostra(form, scelte, impronta)

    def _crea(self, form: SerieForm, scelte: DateForm) -> HttpResponse:
        giorni: list[date] = scelte.scelte()
        try:
            incontri = crea_serie(utente=self.request.user, rete=self.rete, giorni=giorni, **form.dati())
        except Rifiuto as rifiuto:
            impronta = " ".join(g.isoformat() for g in form.giorni)
            return self._mostra(form, scelte, impronta, rifiuti=rifiuto.messages, con_errori=True)
        frase = ngettext(
            "Creata %d bozza: nessuno è ancora avvisato.", "Create %d bozze: nessuno è ancora avvisato.", len(incontri)
        )
        messages.success(self.request, frase % len(incontri))
        return redirect("gestione_serie:scheda", incontri[0].serie)

    def _mostra(self, form: SerieForm, scelte: DateForm, impronta: str, **altro: Any) -> HttpResponse:
        proposte = anteprima(form, scelte, self.rete)
        contesto = {"form": form, "scelte": scelte, "proposte": proposte, "viste": impronta}
        return self.render_to_response(self.get_context_data(**contesto, **altro))


class SchedaSerie(VistaLettura):
    """The meetings of a series, and one button to convene all its drafts."""

    template_name = "reti/gestione/serie.html"
    header_icon = "calendar-alt"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    @cached_property
    def incontri(self) -> list[Incontro]:
        visibili = Incontro.objects.visibili_a(self.request.user).filter(serie=self.kwargs["serie"])
        incontri = list(visibili.select_related("rete__convocante").prefetch_related("altre_reti").order_by("inizio"))
        if not incontri:
            raise Http404
        return incontri

    def get_page_title(self) -> str:
        return _("Serie: %s") % self.incontri[0].titolo

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bozze = [i for i in self.incontri if i.stato == StatoIncontro.BOZZA]
        return super().get_context_data(
            incontri=[(i, avvertenze(timezone.localdate(i.inizio), settings.SIGLA_PROVINCIA)) for i in self.incontri],
            rete=self.incontri[0].rete,
            bozze=bozze,
            preavviso=next((f for i in bozze if (f := preavviso_breve([i.rete, *i.altre_reti.all()], i.inizio))), ""),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Convene every draft; those refused stay drafts, each with its reason."""
        convocati, rifiutati = convoca_serie(utente=request.user, serie=self.incontri[0].serie)
        if convocati:
            frase = ngettext("Convocato %d incontro.", "Convocati %d incontri.", len(convocati))
            messages.success(request, frase % len(convocati))
        for incontro, motivo in rifiutati:
            messages.error(request, f"{incontro.titolo}, {timezone.localtime(incontro.inizio):%d/%m/%Y}: {motivo}")
        return redirect("gestione_serie:scheda", self.incontri[0].serie)


class SerieViewSet(ViewSet):
    """Reached from a board's page and from a meeting's."""

    name = "gestione_serie"
    url_prefix = "serie"
    icon = "calendar-alt"

    def get_urlpatterns(self) -> list:
        return [
            path("nuova/", NuovaSerie.as_view(), name="nuova"),
            path("<slug:serie>/", SchedaSerie.as_view(), name="scheda"),
        ]
