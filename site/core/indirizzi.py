"""The network address of who asks, behind the proxies that an installation trusts."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def indirizzo_di(request: HttpRequest) -> str:
    """As allauth reads it for the limits on sign-in (PROXY_FIDATI); "" when a proxy says nothing usable."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""


def conta(chiave: str, secondi: int) -> int:
    """One more under `chiave`: how many so far, in a span that the first opens and no later one renews."""
    cache.add(chiave, 0, secondi)
    try:
        return cache.incr(chiave)
    except ValueError:  # it ended in between
        cache.set(chiave, 1, secondi)
        return 1
