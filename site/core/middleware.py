"""Headers that every answer carries, the language of a page, and what the back office needs."""

from collections.abc import Callable

from csp.constants import SELF
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from core.amministrazione.nonce import pagina_con
from core.orologio import adesso

PERMISSIONS_POLICY = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"
GESTIONE = "/gestione/"


class ArrivoMiddleware:
    """Stamps `arrivata_il`, the instant when the request reached us: the first of all, before any wait.

    The body of an upload is read later, and a lock may be held by others: neither makes anyone late, within the
    grace that who judges a term allows (accordi.services.chiusura).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrivata_il = adesso()
        return self.get_response(request)


class IndirizzoMiddleware:
    """An address with a NUL in it is nobody's: PostgreSQL can't even be asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return self.get_response(request)


class IntestazioniMiddleware:
    """Adds Permissions-Policy, and keeps pages of signed-in people out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        risposta = self.get_response(request)
        risposta.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            risposta.setdefault("Cache-Control", "private, no-store")
        return risposta


class GestioneMiddleware:
    """Relaxes the content policy below /gestione/, and only there.

    Wagtail's editor previews a page in a frame of the same origin, shows images
    being uploaded as blobs, and some of its templates and widgets carry style
    attributes. Scripts stay as strict as on the public site: Wagtail's own inline
    ones carry the page's nonce (core.amministrazione.nonce).
    """

    AGGIUNTE = {  # noqa: RUF012  read only
        "style-src": ["'unsafe-inline'"],
        "img-src": ["blob:"],
        "frame-src": [SELF],
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(GESTIONE):
            return self.get_response(request)
        with pagina_con(request.csp_nonce):
            risposta = self.get_response(request)
        # A preview is built as an answer of the public site and comes with that policy, which forbids the frame.
        risposta.headers.pop("Content-Security-Policy", None)
        risposta._csp_update = self.AGGIUNTE
        risposta._csp_replace = {"frame-ancestors": [SELF]}
        risposta["X-Frame-Options"] = "SAMEORIGIN"
        return risposta


class LinguaMiddleware:
    """The language that the address says (core.lingue), or Italian: never a cookie, never the browser's preference.

    It holds for this request alone: what runs after it in the same thread is in Italian again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lingua = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(lingua):
            request.LANGUAGE_CODE = lingua
            risposta = self.get_response(request)
            risposta.setdefault("Content-Language", lingua)
        return risposta
