"""The floor of every page: a Django view that answers two bytes, reached through one line of middleware."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path


def due_byte(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [path("", due_byte)]


def solo_questa(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that resolves addresses here, so that nothing of the site has to be switched while measuring."""

    def _risponde(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return _risponde


def vista_nuda() -> Callable[[], HttpResponse]:
    """A callable that asks that view, with no other middleware, through Django's test client."""
    client = Client()
    with override_settings(MIDDLEWARE=[f"{__name__}.solo_questa"]):
        client.get("/")  # the client's handler keeps the middleware that it finds at its first request

    return lambda: client.get("/")
