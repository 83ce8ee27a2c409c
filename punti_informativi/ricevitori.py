"""Reactions to what happens in lower apps, connected when the apps are ready."""

from typing import Any

from accordi.models import Accordo
from punti_informativi.services.stati import riprendi_per_accordo, sospendi_per_accordo


def accordo_sospeso(sender: type, accordo: Accordo, motivo: str, utente: Any, **kwargs: Any) -> None:
    """An agreement that stopped takes off the list the points that rest on it (R16)."""
    sospendi_per_accordo(utente=utente, accordo=accordo, motivo=motivo)


def accordo_ripreso(sender: type, accordo: Accordo, utente: Any, **kwargs: Any) -> None:
    """Its return brings them back."""
    riprendi_per_accordo(utente=utente, accordo=accordo)
