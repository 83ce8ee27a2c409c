"""Back office: import of points in three screens: the file, what it would do, what it did."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.caricamenti import limita_corpo
from core.errori import Rifiuto
from core.orologio import oggi
from punti_informativi import permissions
from punti_informativi.colonne import COLONNE, MOTIVO, NOMI, OBBLIGATORIE, PER_UN_PUNTO_NUOVO
from punti_informativi.forms.importazione import ConfermaForm, FilePuntiForm
from punti_informativi.models import Importazione
from punti_informativi.queries.esportazione import in_righe
from punti_informativi.queries.importazione import Esito
from punti_informativi.services import importazione as servizi
from reti.amministrazione.viste import VistaLettura
from reti.foglio import scrivi
from reti.tabella_csv import DIMENSIONE_MASSIMA

TITOLO = _("Importa punti")
IMPORTA = (TITOLO, reverse_lazy("punti_importa"))
PER_PAGINA = 200
TROPPO_GRANDE = _("Il file supera 2 MB: dividilo in più file.")


class VistaImporta(VistaLettura):
    """Who may register points may import them."""

    header_icon = "upload"

    def motivo_rifiuto(self) -> str:
        return permissions.motivo_rifiuto_registra(self.request.user)


@method_decorator(limita_corpo(DIMENSIONE_MASSIMA, TROPPO_GRANDE), name="dispatch")
class ImportaPunti(VistaImporta):
    """The file: upload, model, what each column holds, the last imports."""

    template_name = "punti_informativi/amministrazione/importa.html"
    page_title = TITOLO
    genitori = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contesto = {
            "form": FilePuntiForm(),
            "colonne": COLONNE,
            "necessarie": (*OBBLIGATORIE, *PER_UN_PUNTO_NUOVO),
            "ultime": Importazione.objects.select_related("utente").annotate(scritte=Count("righe"))[:10],
        }
        return super().get_context_data(**(contesto | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FilePuntiForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                impronta = servizi.deposita(utente=request.user, contenuto=form.cleaned_data["file"].read())
            except ValidationError as errore:
                form.add_error("file", errore.messages)
            else:
                return redirect("punti_importa_prova", impronta)
        return self.render_to_response(self.get_context_data(form=form))


class ModelloPunti(VistaImporta):
    """The model: heading and one line as an example."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csv_allegato("modello-punti.csv", [[c.esempio for c in COLONNE]], NOMI)


class PuntiCsv(VistaImporta):
    """The points that are there, to give them a code or to change them together."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csv_allegato(f"punti-{oggi().isoformat()}.csv", in_righe(), NOMI)


class ProvaPunti(VistaImporta):
    """What the file would do, line by line, with nothing written; then the confirmation."""

    template_name = "punti_informativi/amministrazione/importa_prova.html"
    page_title = _("Prova del file")
    genitori = (IMPORTA,)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._mostra(ConfermaForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfermaForm(request.POST)
        if not form.is_valid():
            return self._mostra(form)
        try:
            avviata = servizi.avvia(
                utente=request.user, impronta=self.kwargs["impronta"], aprire=form.cleaned_data["aprire"] == "si"
            )
        except ValidationError as errore:
            return self._indietro(errore)
        return redirect("punti_importazione", avviata.codice)

    def _mostra(self, form: ConfermaForm) -> HttpResponse:
        try:
            esami = servizi.prova(utente=self.request.user, impronta=self.kwargs["impronta"])
        except ValidationError as errore:
            return self._indietro(errore)
        conti = {e: sum(r.esito == e for r in esami) for e in Esito.values}
        contesto = riassunto(conti, self.request, lambda scelto: [r for r in esami if r.esito == scelto])
        return self.render_to_response(self.get_context_data(form=form, impronta=self.kwargs["impronta"], **contesto))

    def _indietro(self, errore: ValidationError) -> HttpResponse:
        messages.error(self.request, " ".join(errore.messages))
        return redirect("punti_importa")


class DaCorreggere(VistaImporta):
    """The lines refused, as they were, each with its reason in a column that the import ignores."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            righe = servizi.righe_deposte(utente=request.user, impronta=self.kwargs["impronta"])
            esami = servizi.prova(utente=request.user, impronta=self.kwargs["impronta"])
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            return redirect("punti_importa")
        motivi = {e.numero: e.motivo for e in esami if e.esito == Esito.RIFIUTATO}
        colonne = [c for c in NOMI if c in righe[0].celle]
        celle = [[*(r.celle[c] for c in colonne), motivi[r.numero]] for r in righe if r.numero in motivi]
        return csv_allegato("punti-da-correggere.csv", celle, [*colonne, MOTIVO])


class SchedaImportazione(VistaImporta):
    """How far an import is, and what it did; POST goes on with one that was stopped."""

    template_name = "punti_informativi/amministrazione/importazione.html"
    genitori = (IMPORTA,)
    page_title = _("Importazione")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        importazione = get_object_or_404(Importazione.objects.select_related("utente"), codice=self.kwargs["codice"])
        contati = dict(importazione.righe.order_by().values_list("esito").annotate(Count("pk")))
        conti = {e: contati.get(e, 0) for e in Esito.values}
        righe = importazione.righe.select_related("punto")
        return super().get_context_data(
            importazione=importazione,
            propria=importazione.utente_id == self.request.user.pk,
            scritte=sum(conti.values()),
            **riassunto(conti, self.request, lambda scelto: righe.filter(esito=scelto)),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        importazione = get_object_or_404(Importazione, codice=self.kwargs["codice"])
        try:
            servizi.riprendi(utente=request.user, importazione=importazione)
        except Rifiuto as rifiuto:
            messages.error(request, rifiuto.frase)
        else:
            messages.success(request, _("L'importazione riprende da dove si era fermata."))
        return redirect("punti_importazione", importazione.codice)


def csv_allegato(nome: str, righe: list[list[str]], colonne: Iterable[str]) -> HttpResponse:
    """A file that a spreadsheet opens: its cells are never formulas, its beginning says that it is UTF-8."""
    intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
    testo = f"\ufeff{scrivi(colonne, righe)}"
    return HttpResponse(testo, content_type="text/csv; charset=utf-8", headers=intestazioni)


def riassunto(conti: dict[str, int], request: HttpRequest, righe: Callable[[str], Any]) -> dict[str, Any]:
    """How many lines of each outcome, as links that choose one; a page of that one's lines, which `righe` gives."""
    scelto = request.GET.get("esito", "")
    if scelto not in conti:
        scelto = next((e for e in ("rifiutato", "aggiornato", "nuovo") if conti[e]), "uguale")
    pagina = Paginator(righe(scelto), PER_PAGINA).get_page(request.GET.get("pagina"))
    voci = [(e, etichetta, conti[e]) for e, etichetta in Esito.choices]
    return {"conti": conti, "voci": voci, "scelto": scelto, "pagina": pagina}
