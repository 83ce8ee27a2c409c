"""The network address of who asks, behind the proxies that an installation trusts."""

from functools import cache as cache_di_processo
from ipaddress import IPv4Address, ip_address, ip_network

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

BITS_DI_UNA_LINEA = 64  # of an IPv6 address


def indirizzo_di(request: HttpRequest) -> str:
    """As allauth reads it for the limits on sign-in (PROXY_FIDATI); "" when a proxy says nothing usable."""
    try:
        return _adattatore().get_client_ip(request)
    except PermissionDenied:
        return ""


@cache_di_processo
def _adattatore() -> DefaultAccountAdapter:
    """One for the process: it is asked at each page that is counted."""
    return get_adapter()


def rete_di(request: HttpRequest) -> str:
    """What limits count by: the address; of IPv6 its /64, which one line has whole; "" when there is none usable."""
    try:
        indirizzo = ip_address(indirizzo_di(request))
    except ValueError:
        return ""
    if isinstance(indirizzo, IPv4Address):
        return str(indirizzo)
    return str(indirizzo.ipv4_mapped or ip_network((indirizzo, BITS_DI_UNA_LINEA), strict=False))


def conta(chiave: str, secondi: int) -> int:
    """One more under `chiave`: how many so far, in a span that the first opens and no later one renews."""
    cache.add(chiave, 0, secondi)
    try:
        return cache.incr(chiave)
    except ValueError:  # it ended in between
        cache.set(chiave, 1, secondi)
        return 1
