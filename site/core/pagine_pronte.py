"""Public pages kept ready for who has no cookie, and correct at once after an edit (docs/architecture.md).

The answer of a view that settings name (`PAGINE_PRONTE_VISTE`) is kept whole, compressed, with its headers, and given
again to whoever asks the same address without a cookie, until the generation of public rows changes
(core.generazioni) or the clock makes it another (core.orologio). Nothing of who asks decides what is kept: scheme,
host, path, query and whether they read gzip are the key, and no other header changes what those views answer.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.module_loading import import_string

from core.generazioni import PUBBLICA
from core.orologio import adesso, domande
from core.scaffale import Pronta, Scaffale

LETTURE = ("GET", "HEAD")
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
SI_COMPRIME = re.compile(r"text/|[^;]*(?:json|xml|javascript)")
DI_UNO_SOLO = re.compile(r"private|no-store")
VARIA_SOLO_PER = frozenset({"cookie", "accept-encoding"})
PORTA = re.compile(r":(\d+)$")
SE_NON_L_HO = "HTTP_IF_NONE_MATCH"
POSTO = "raccordo.posto"  # of what WSGI tells a request: where its answer may be kept
COMPRESSIONE = 5  # of 9: above, a page to make waits longer than what is spared on the way
PICCOLO = 200  # bytes: below, compressing only adds


class Posto(NamedTuple):
    """Where the answer to one request is kept, or will be: `generazione` was read before any row was."""

    scaffale: Scaffale
    chiave: tuple
    generazione: Hashable
    ora: datetime


class PaginePronte:
    """A WSGI application before `sito`, Django's: a page that is ready costs neither middleware nor routing nor a
    query, which is most of what a bare view costs."""

    def __init__(self, sito: Callable) -> None:
        self._sito = sito
        self._senza_domanda = Scaffale(settings.PAGINE_PRONTE_BYTE)
        self._con_domanda = Scaffale(settings.PAGINE_PRONTE_BYTE_DOMANDE)
        self._porta_pubblica = str(urlsplit(settings.INDIRIZZO_PUBBLICO).port)
        self._ascoltatori = {v: import_string(dove) for v, dove in settings.PAGINE_PRONTE_ASCOLTATORI.items()}

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in LETTURE or environ.get("HTTP_COOKIE") or "HTTP_AUTHORIZATION" in environ:
            return self._sito(environ, start_response)
        porta = PORTA.search(environ.get("HTTP_HOST", ""))
        if porta and porta[1] not in (environ.get("SERVER_PORT"), self._porta_pubblica):
            return self._sito(environ, start_response)  # made up: the same page would be kept under every number
        request = WSGIRequest(environ)
        scaffale = self._con_domanda if environ.get("QUERY_STRING") else self._senza_domanda
        posto = Posto(scaffale, _chiave(request), PUBBLICA.legge(), adesso())
        if pagina := scaffale.prende(posto.chiave, posto.generazione, posto.ora):
            if ascolta := self._ascoltatori.get(pagina.vista):
                ascolta(request, **pagina.argomenti)
            return _manda(request, pagina, start_response)
        environ[POSTO] = posto
        return self._sito(environ, start_response)


def davanti(sito: Callable) -> Callable:
    """`sito` with its ready pages before it, unless settings say none. A host told by a proxy's header would be one
    more thing that decides what a page says."""
    return PaginePronte(sito) if settings.PAGINE_PRONTE and not settings.USE_X_FORWARDED_HOST else sito


class PaginePronteMiddleware:
    """Stands before all that isn't the clock, and leaves where `PaginePronte` said what may be given to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._prosegui = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        posto: Posto | None = request.META.get(POSTO)
        if posto is None:
            return self._prosegui(request)
        with domande() as chieste:
            risposta = self._prosegui(request)
        if not _per_tutti(request, risposta):
            return risposta
        scade = chieste.vale_fino(posto.ora, timedelta(seconds=settings.PAGINE_PRONTE_SECONDI))
        pagina = _prepara(request, risposta, partial(Pronta, posto.generazione, scade))
        posto.scaffale.posa(posto.chiave, pagina)
        return _risposta(request, pagina)


def _chiave(request: HttpRequest) -> tuple:
    """The host as it was written: one that isn't ours never got a page, so it finds none either. A path in the two
    parts that WSGI tells: one who moves the border between them asks for another page at the same address."""
    dati = request.META
    return (
        request.scheme,
        dati.get("HTTP_HOST", "").lower(),
        dati.get("SCRIPT_NAME"),
        request.path_info,
        dati.get("QUERY_STRING"),
        GZIP.search(dati.get("HTTP_ACCEPT_ENCODING", "")) is not None,
    )


def _per_tutti(request: HttpRequest, risposta: HttpResponseBase) -> bool:
    """Whether anybody may be given this very answer."""
    rotta = request.resolver_match
    return (
        request.method == "GET"
        and risposta.status_code == 200
        and not risposta.streaming
        and not risposta.cookies
        and rotta is not None
        and rotta.view_name in settings.PAGINE_PRONTE_VISTE
        and not DI_UNO_SOLO.search(risposta.get("Cache-Control", ""))
        and "'nonce-" not in risposta.get("Content-Security-Policy", "")
        and {v.strip().lower() for v in risposta.get("Vary", "").split(",") if v.strip()} <= VARIA_SOLO_PER
    )


def _prepara(request: HttpRequest, risposta: HttpResponse, pronta: Callable[..., Pronta]) -> Pronta:
    corpo = risposta.content
    patch_vary_headers(risposta, ["Accept-Encoding"])
    # Browsers and caches on the way may keep it, and ask each time whether it is still so.
    risposta.setdefault("Cache-Control", "no-cache")
    risposta.setdefault("ETag", f'W/"{hashlib.blake2b(corpo, digest_size=16).hexdigest()}"')
    comprimibile = len(corpo) > PICCOLO and SI_COMPRIME.match(risposta.get("Content-Type", ""))
    if comprimibile and not risposta.has_header("Content-Encoding") and _chiave(request)[-1]:
        corpo = gzip.compress(corpo, COMPRESSIONE, mtime=0)
        risposta["Content-Encoding"] = "gzip"
    risposta["Content-Length"] = str(len(corpo))
    rotta = request.resolver_match
    return pronta(corpo, tuple(risposta.items()), risposta["ETag"], rotta.view_name, rotta.kwargs)


def _risposta(request: HttpRequest, pagina: Pronta) -> HttpResponse:
    risposta = HttpResponse(pagina.corpo if request.method == "GET" else b"", headers=dict(pagina.intestazioni))
    if SE_NON_L_HO in request.META:
        return get_conditional_response(request, etag=pagina.etag, response=risposta)
    return risposta


def _manda(request: HttpRequest, pagina: Pronta, start_response: Callable) -> Iterable[bytes]:
    """The same, as WSGI says it: without a response of Django's for who has nothing yet."""
    if SE_NON_L_HO not in request.META:
        start_response("200 OK", list(pagina.intestazioni))
        return [pagina.corpo] if request.method == "GET" else []
    risposta = _risposta(request, pagina)
    start_response(f"{risposta.status_code} {risposta.reason_phrase}", list(risposta.items()))
    return [risposta.content]
