"""What a citizen sees: the list and its map."""

import hashlib
from dataclasses import replace

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.lingue import in_uso
from core.orologio import adesso
from punti_informativi.forms.filtri import FiltriForm
from punti_informativi.queries import mappa
from punti_informativi.queries.conteggi import conteggi, rinunce
from punti_informativi.queries.elenco import Filtri
from punti_informativi.queries.insiemi import Insiemi, Trovati, correnti
from punti_informativi.queries.luoghi import suggerimenti
from punti_informativi.queries.testo import corretta
from punti_informativi.views import filtri_attivi
from punti_informativi.views.schede import schede

PER_PAGINA = 20
UN_GIORNO = 86_400  # seconds


def _cerca(insiemi: Insiemi, form: FiltriForm) -> tuple[Filtri, Trovati, str]:
    """Filters, points, and the search text put right when what was written found nothing."""
    filtri, giusta = form.filtri, ""
    insieme = insiemi.trovati(filtri)
    if filtri.q and not insieme and (corretto := corretta(filtri.q)):
        altri = replace(filtri, q=corretto)
        if trovati := insiemi.trovati(altri):
            filtri, insieme, giusta = altri, trovati, corretto
    return filtri, insiemi.elenco(filtri, insieme), giusta


def _senza_tracce(request: HttpRequest, risposta: HttpResponse) -> HttpResponse:
    """An address that holds a position is told to no other page, and kept by no cache (R33)."""
    if "lat" in request.GET or "lon" in request.GET:
        risposta["Referrer-Policy"] = "strict-origin"
        risposta["Cache-Control"] = "private, no-store"
    return risposta


@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """The list with search and filters: works without JavaScript; the map is its equal, not its master (R32)."""
    insiemi = correnti()
    form = FiltriForm(request.GET, insiemi=insiemi)
    filtri, punti, giusta = _cerca(insiemi, form)
    pagina = Paginator(punti, PER_PAGINA).get_page(request.GET.get("pagina"))
    nessuno = not pagina.paginator.count
    ora = timezone.localtime(adesso())
    form.conta(conteggi(insiemi, filtri, ora))
    contesto = {
        "form": form,
        "suggerimenti": suggerimenti(),
        "pagina": pagina,
        "schede": schede(insiemi, pagina, filtri, ora),
        "corretta": giusta,
        "attivi": filtri_attivi.attivi(form),
        "proposte": filtri_attivi.proposte(form),
        "da_togliere": filtri_attivi.da_togliere(form, rinunce(insiemi, filtri)) if nessuno else [],
        "tessere": settings.MAPPA_TESSERE_URL,
        "crediti": settings.MAPPA_TESSERE_CREDITI,
    }
    return _senza_tracce(request, render(request, "punti_informativi/elenco.html", contesto))


@require_safe
@gzip_page
def dati(request: HttpRequest) -> HttpResponse:
    """The same result as the list, as GeoJSON, with the comuni that make the ground of the map."""
    insiemi = correnti()
    _filtri, punti, _corretta = _cerca(insiemi, FiltriForm(request.GET, insiemi=insiemi))
    testi = insiemi.ricorda(("geojson", in_uso()), mappa.elementi)
    risposta = HttpResponse(
        mappa.geojson(testi[pk] for pk in punti.chiavi if pk in testi), content_type="application/geo+json"
    )
    return _senza_tracce(request, risposta)


@require_safe
@gzip_page
def confini(request: HttpRequest) -> HttpResponse:
    """The boundaries under the points: fetched once, then asked whether they changed."""
    testo = mappa.confini()
    etag = quote_etag(hashlib.sha256(testo.encode()).hexdigest()[:32])
    risposta = HttpResponse(testo, content_type="application/geo+json")
    risposta["ETag"], risposta["Cache-Control"] = etag, f"public, max-age={UN_GIORNO}"
    return get_conditional_response(request, etag=etag, response=risposta)
