"""Who may see and do what in the kernel's own screens."""

from typing import Any


def motivo_rifiuto_riprova(utente: Any) -> str:
    """Empty when `utente` may queue a mail again, else why not."""
    if getattr(utente, "is_active", False) and utente.has_perm("core.change_messaggio"):
        return ""
    return "Solo chi coordina la rete può ritentare una consegna."


def puo_riprovare(utente: Any) -> bool:
    return not motivo_rifiuto_riprova(utente)
