"""Back office: who hasn't come for k meetings, with a letter ready to send; the entry «Partecipazione» of the menu."""

from typing import Any, NamedTuple
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from core.fogli import in_csv
from core.orologio import oggi
from reti import esportazione_tassi as tabelle
from reti.amministrazione import tassi
from reti.amministrazione.viste import VistaLettura
from reti.forms.tassi import FiltroAssenzeForm
from reti.models import Convocazione
from reti.queries.assenze import Assenza, chi_non_viene
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class RigaAssenza(NamedTuple):
    assenza: Assenza
    lettera: str


def lettera(assenza: Assenza) -> str:
    """A mailto: to the seat's address, with subject and words to begin from; empty without an address."""
    seggio = assenza.seggio
    if not seggio.indirizzo_email:
        return ""
    oggetto = _("%s: la vostra partecipazione") % seggio.rete.nome
    testo = _(
        "Buongiorno,\n\nvediamo che %(ente)s non partecipa agli incontri di «%(tavolo)s» dal %(dal)s "
        "(%(n)d di fila). C'è qualcosa che possiamo fare per rendervi più facile esserci, o una persona da "
        "invitare al posto di chi siede adesso?\n"
    ) % {"ente": seggio.soggetto, "tavolo": seggio.rete.nome, "dal": f"{assenza.dal:%d/%m/%Y}", "n": assenza.fila}
    return f"mailto:{quote(seggio.indirizzo_email, safe='@')}?subject={quote(oggetto)}&body={quote(testo)}"


class ChiNonViene(VistaLettura):
    """Seats of today that missed at least the last k meetings to which they were invited."""

    template_name = "reti/gestione/assenze.html"
    header_icon = "list-ul"
    page_title = gettext_lazy("Chi non viene")
    genitori = [tassi.ELENCO]  # noqa: RUF012  a table that nobody changes

    @cached_property
    def form(self) -> FiltroAssenzeForm:
        return FiltroAssenzeForm(self.request.GET.dict())

    @cached_property
    def assenze(self) -> list[Assenza]:
        visibili = Convocazione.objects.visibili_a(self.request.user)
        return chi_non_viene(self.form.scelta, self.form.selezione, visibili)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for frase in self.form.frasi:
            messages.warning(request, frase)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pagina = Paginator(self.assenze, tassi.PER_PAGINA).get_page(self.request.GET.get("pagina"))
        righe = [RigaAssenza(a, lettera(a)) for a in pagina]
        return super().get_context_data(form=self.form, k=self.form.scelta, pagina=pagina, righe=righe, **kwargs)


class ChiNonVieneCsv(ChiNonViene):
    """The same rows, all of them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return tassi.file(in_csv(tabelle.righe_assenze(self.assenze)), f"chi-non-viene-{oggi().isoformat()}.csv")


class VocePartecipazione(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, LEGGONO_TUTTO)


class PartecipazioneViewSet(ViewSet):
    """Participation under «Tavoli»."""

    name = "gestione_partecipazione"
    url_prefix = "partecipazione"
    menu_label = gettext_lazy("Partecipazione")
    icon = "list-ul"
    menu_item_class = VocePartecipazione

    def get_urlpatterns(self) -> list:
        return [
            path("", tassi.TabellaPartecipazione.as_view(), name="tabella"),
            path("tabella.<slug:formato>", tassi.EsportaPartecipazione.as_view(), name="esporta"),
            path("record/", tassi.RecordPartecipazione.as_view(), name="record"),
            path("record.csv", tassi.RecordCsv.as_view(), name="record_csv"),
            path("assenze/", ChiNonViene.as_view(), name="assenze"),
            path("assenze.csv", ChiNonVieneCsv.as_view(), name="assenze_csv"),
        ]
