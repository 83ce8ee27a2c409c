"""Demonstration data of this app: the actors, then the tavoli and their year 2023."""

from collections.abc import Callable

from reti.dimostrazione import soggetti, tavoli


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    soggetti.costruisci(passo)
    tavoli.costruisci(passo)
