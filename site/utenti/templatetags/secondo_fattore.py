"""What the second factor's pages show to demonstration accounts."""

from typing import Any

from django import template

from utenti.codici import codice_di_adesso

register = template.Library()


@register.simple_tag
def codice_dimostrativo(utente: Any) -> str:
    """The current code of a demonstration account, "" for anyone else."""
    return codice_di_adesso(utente)
