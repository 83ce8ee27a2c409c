"""Demonstration data of this app: calls and applications, then agreements signed by all."""

from collections.abc import Callable

from accordi.dimostrazione import accordi, istanze


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    istanze.costruisci(passo)
    accordi.costruisci(passo)
