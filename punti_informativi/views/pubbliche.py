"""What a citizen sees: the list, its map, one point."""

from dataclasses import replace

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punti_informativi.forms.filtri import FiltriForm
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries import elenco as query
from punti_informativi.queries import mappa
from punti_informativi.stati import StatoPunto

PER_PAGINA = 20
CON_UNA_PAGINA = (StatoPunto.ATTIVO, StatoPunto.SOSPESO, StatoPunto.CESSATO)


def _cerca(form: FiltriForm) -> tuple[query.Filtri, query.PuntoQuerySet, str]:
    """Filters, points, and the search text put right when what was written found nothing."""
    filtri = form.filtri()
    punti = query.punti_trovati(filtri)
    if filtri.q and not punti.exists() and (corretta := query.corretta(filtri.q)):
        con_correzione = replace(filtri, q=corretta)
        trovati = query.punti_trovati(con_correzione)
        if trovati.exists():
            return con_correzione, trovati, corretta
    return filtri, punti, ""


@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """The list with search and filters: works without JavaScript; the map is its equal, not its master (R32)."""
    form = FiltriForm(request.GET)
    filtri, punti, corretta = _cerca(form)
    form.conta(query.conteggi(filtri))
    pagina = Paginator(query.per_la_lista(punti), PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "form": form,
        "pagina": pagina,
        "corretta": corretta,
        "tessere": settings.MAPPA_TESSERE_URL,
        "crediti": settings.MAPPA_TESSERE_CREDITI,
    }
    return render(request, "punti_informativi/elenco.html", contesto)


@require_safe
def dati(request: HttpRequest) -> JsonResponse:
    """The same result as the list, as GeoJSON, with the comuni that make the ground of the map."""
    _filtri, punti, _corretta = _cerca(FiltriForm(request.GET))
    return JsonResponse(
        mappa.geojson(punti) | {"comuni": mappa.comuni()},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def punto(request: HttpRequest, slug: str) -> HttpResponse:
    """One point. A suspended one says so; an ended one says so with 410; what was never public is a 404.

    So is one whose data nobody confirms, with a page that says why.
    """
    scelto = get_object_or_404(
        PuntoInformativo.objects.select_related("soggetto", "sede__comune__festa_patronale", "cpi_riferimento").filter(
            stato__in=CON_UNA_PAGINA, attivo_dal__isnull=False
        ),
        slug=slug,
    )
    if not scelto.live and scelto.stato != StatoPunto.CESSATO:
        raise Http404
    contesto = {"punto": scelto, "precedenti": [(_("Punti informativi"), reverse("punti:elenco"))]}
    if scelto.stato == StatoPunto.ATTIVO and not scelto.pubblico:
        return render(request, "punti_informativi/non_confermato.html", contesto, status=404)
    stato_http = 410 if scelto.stato == StatoPunto.CESSATO else 200
    return render(request, "punti_informativi/punto.html", contesto, status=stato_http)
