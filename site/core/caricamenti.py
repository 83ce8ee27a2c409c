"""Uploads that are too large are refused by the length that they announce, before anything is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

CONTORNO = 64 * 1024  # bytes of a multipart form beside its file


def limita_corpo(massimo: int, frase: Any) -> Callable:
    """Decorator of a view: a request that announces more than `massimo` bytes of file goes back with `frase`.

    The forgery check reads the whole form, so it runs here, after the length is known.
    """

    def decora(vista: Callable) -> Callable:
        protetta = csrf_protect(vista)

        @csrf_exempt
        @wraps(vista)
        def entra(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > massimo + CONTORNO:
                messages.error(request, frase)
                return redirect(request.path)
            return protetta(request, *args, **kwargs)

        return entra

    return decora
