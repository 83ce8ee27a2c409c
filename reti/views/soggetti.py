"""The public register of soggetti: search, page of a body, open data. Organisations, never persons."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.orologio import oggi
from reti.foglio import scrivi
from reti.forms.soggetti import RicercaSoggettiForm
from reti.importazione import COLONNE
from reti.models import Soggetto
from reti.queries.grafo import TIPI_ARCO, legami_di
from reti.queries.soggetti import cerca_soggetti, in_vigore, righe_csv

SOGGETTI_PER_PAGINA = 20


@require_safe
def soggetti(request: HttpRequest) -> HttpResponse:
    """The list, filtered by the URL."""
    form = RicercaSoggettiForm(request.GET)
    form.is_valid()
    pagina = Paginator(cerca_soggetti(form.ricerca), SOGGETTI_PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "reti/soggetti.html", {"form": form, "pagina": pagina, "precedenti": _precedenti()})


@require_safe
def soggetto(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: data, seats, accreditations, ties with their evidence."""
    ente = get_object_or_404(Soggetto.objects.prefetch_related("sedi__comune", "accreditamenti"), slug=slug)
    contesto = {
        "soggetto": ente,
        "accreditamenti": [(voce, in_vigore(voce)) for voce in ente.accreditamenti.all()],
        "legami": [(arco, altro, TIPI_ARCO[arco.tipo]) for arco, altro in legami_di(ente, oggi(), request.user)],
        "al": oggi(),
        "precedenti": [*_precedenti(), (_("Soggetti"), reverse("grafo:soggetti"))],
    }
    return render(request, "reti/soggetto.html", contesto)


@require_safe
def soggetti_csv(request: HttpRequest) -> HttpResponse:
    """The filtered register, in the columns that the import reads."""
    form = RicercaSoggettiForm(request.GET)
    form.is_valid()
    return risposta_csv(cerca_soggetti(form.ricerca), per_tutti=True)


def risposta_csv(scelti: QuerySet[Soggetto], *, per_tutti: bool = False) -> HttpResponse:
    """Those bodies as a file to download."""
    testo = scrivi(COLONNE, righe_csv(scelti, per_tutti=per_tutti))
    intestazioni = {"Content-Disposition": f'attachment; filename="soggetti-{oggi().isoformat()}.csv"'}
    # The mark at the beginning tells a spreadsheet that the text is UTF-8.
    return HttpResponse(f"\ufeff{testo}", content_type="text/csv; charset=utf-8", headers=intestazioni)


def _precedenti() -> list[tuple[str, str]]:
    """The way here, for the breadcrumb."""
    return [(_("La rete"), reverse("grafo:rete"))]
