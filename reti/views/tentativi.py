"""Addresses with a secret in them are counted when unknown, by the network address that asks, against guessing."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core.indirizzi import conta, rete_di


def troppi_tentativi(request: HttpRequest) -> bool:
    """True when this network address has tried too many unknown secrets lately."""
    return cache.get(_chiave(request), 0) >= settings.TENTATIVI_GETTONE


def conta_tentativo(request: HttpRequest) -> None:
    conta(_chiave(request), settings.TENTATIVI_GETTONE_SECONDI)


def _chiave(request: HttpRequest) -> str:
    return f"gettone-sconosciuto-{rete_di(request)}"
