"""Reads across models, named for the answer."""

from typing import Any

from core.scrivania import Voce


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`."""
    return []
