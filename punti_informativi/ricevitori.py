"""Reactions to what happens in lower apps, connected when the apps are ready."""

from typing import Any

from accordi.models import Accordo
from punti_informativi.models import PuntoInformativo
from punti_informativi.services.proposte import chiudi_se_altro_ospite
from punti_informativi.services.stati import riprendi_per_accordo, sospendi_per_accordo


def accordo_sospeso(sender: type, accordo: Accordo, motivo: str, utente: Any, **kwargs: Any) -> None:
    """An agreement that stopped takes off the list the points that rest on it (R16)."""
    sospendi_per_accordo(utente=utente, accordo=accordo, motivo=motivo)


def accordo_ripreso(sender: type, accordo: Accordo, utente: Any, **kwargs: Any) -> None:
    """Its return brings them back."""
    riprendi_per_accordo(utente=utente, accordo=accordo)


def punto_pubblicato(sender: type, instance: PuntoInformativo, revision: Any = None, **kwargs: Any) -> None:
    """A point that passed to another host in the editor takes nothing of the old one along."""
    chiudi_se_altro_ospite(getattr(revision, "user", None), PuntoInformativo.objects.get(pk=instance.pk))
