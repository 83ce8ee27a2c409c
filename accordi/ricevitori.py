"""Reactions to what happens in lower apps, connected when the apps are ready."""

from typing import Any

from accordi.services.sospensioni import riprendi_per_accreditamento, sospendi_per_accreditamento
from reti.models import Accreditamento


def accreditamento_cambiato(sender: type, accreditamento: Accreditamento, utente: Any, **kwargs: Any) -> None:
    """An accreditation no longer in force suspends the agreements that rest on it; a new one resumes them (R16)."""
    sospendi_per_accreditamento(utente=utente, accreditamento=accreditamento)
    riprendi_per_accreditamento(utente=utente, soggetto=accreditamento.soggetto)
