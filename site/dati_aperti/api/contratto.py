"""What holds for every answer of the API, whatever the route: read-only, ETag and 304, open to any site, HEAD, CORS."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from ninja import NinjaAPI

from dati_aperti.api.problemi import SOLO_LETTURA, non_trovato, problema
from dati_aperti.condizionali import aperta, condizionata

Vista = Callable[..., HttpResponse]
AMMESSI = "GET, HEAD, OPTIONS"


class Tutto(StringConverter):
    """Whatever stands there, ends of line included: Django's own `path` stops at them."""

    regex = r"[\s\S]+"


register_converter(Tutto, "tutto")


def rotte(api: NinjaAPI) -> Iterator[URLPattern]:
    """The API's routes under the contract, then every other address below it: a problem and not a page."""
    for rotta in api.urls[0]:
        rotta.callback = sotto_contratto(rotta.callback)
        yield rotta
    yield path("<tutto:altro>", sotto_contratto(non_trovato_qui), name="altro")


def non_trovato_qui(request: HttpRequest, altro: str) -> HttpResponse:
    return non_trovato(request)


def sotto_contratto(vista: Vista) -> Vista:
    def contratto(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return aperta(_permessi(HttpResponse(status=204)))
        if request.method not in ("GET", "HEAD"):
            return aperta(_permessi(problema(405, "Metodo non ammesso", SOLO_LETTURA)))
        metodo, request.method = request.method, "GET"  # the server drops the body of a HEAD
        risposta = vista(request, *args, **kwargs)
        request.method = metodo
        return condizionata(request, risposta)

    contratto.csrf_exempt = True
    return contratto


def _permessi(risposta: HttpResponse) -> HttpResponse:
    risposta["Allow"] = risposta["Access-Control-Allow-Methods"] = AMMESSI
    risposta["Access-Control-Allow-Headers"] = "If-None-Match"
    risposta["Cache-Control"] = "no-store"
    return risposta
