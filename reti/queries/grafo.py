"""Nodes and dated ties of the network, from operating data (R40)."""

from collections.abc import Iterable
from datetime import date


def archi_reti(al: date) -> Iterable:
    """Ties that seats, meetings and representation make, up to `al`."""
    return []
