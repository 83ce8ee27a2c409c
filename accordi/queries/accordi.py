"""Reads across models, named for the answer."""

from typing import Any

from core.scrivania import Voce, VoceMenu


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`."""
    return []


def voci_area(utente: Any) -> list[VoceMenu]:
    """Entries of the private area for `utente`."""
    return []
