"""Codes that people type. A leaf."""

import secrets


def codice_verifica() -> str:
    """What a person types to verify a document: 12 unambiguous characters in three groups."""
    alfabeto = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "-".join("".join(secrets.choice(alfabeto) for _n in range(4)) for _g in range(3))
