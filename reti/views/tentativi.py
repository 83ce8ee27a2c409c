"""Addresses with a secret in them are counted when unknown, by the network address that asks, against guessing."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def troppi_tentativi(request: HttpRequest) -> bool:
    """True when this network address has tried too many unknown secrets lately."""
    return cache.get(_chiave(request), 0) >= settings.TENTATIVI_GETTONE


def conta_tentativo(request: HttpRequest) -> None:
    cache.set(_chiave(request), cache.get(_chiave(request), 0) + 1, settings.TENTATIVI_GETTONE_SECONDI)


def _chiave(request: HttpRequest) -> str:
    return f"gettone-sconosciuto-{request.META.get('REMOTE_ADDR', '')}"
