"""Demonstration data of this app: the actors, the tavoli with their year 2023, what they do today."""

from collections.abc import Callable

from reti.dimostrazione import oggi, soggetti, tavoli


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    soggetti.costruisci(passo)
    tavoli.costruisci(passo)
    oggi.costruisci(passo)
