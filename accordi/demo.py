"""Demonstration data of this app: calls and applications, then agreements signed by all, and their life after."""

from collections.abc import Callable

from accordi.dimostrazione import accordi, firmatari, istanze, vita


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    istanze.costruisci(passo)
    accordi.costruisci(passo)
    vita.costruisci(passo)
    firmatari.costruisci(passo)
