"""Demonstration data."""

from collections.abc import Callable


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
