"""Role sets that the apps' permission functions are built on."""

from typing import Any

from utenti.models import Ruolo

COORDINANO = frozenset({Ruolo.COORDINATORE, Ruolo.DIRIGENTE, Ruolo.AMMINISTRATORE})
LEGGONO_TUTTO = COORDINANO | {Ruolo.OPERATORE_CPI, Ruolo.REVISORE}
FIRMANO_PER_LA_PROVINCIA = frozenset({Ruolo.DIRIGENTE})


def ha_ruolo(utente: Any, ruoli: frozenset) -> bool:
    """True when `utente` is signed in, active, and has one of `ruoli`."""
    return bool(getattr(utente, "is_authenticated", False) and utente.is_active and utente.ruolo in ruoli)


def motivo_rifiuto_coordina(utente: Any) -> str:
    """Empty when `utente` may coordinate the network, else why not."""
    if ha_ruolo(utente, COORDINANO):
        return ""
    return "Serve il ruolo di coordinatore: chiedilo all'amministratore della piattaforma."


def puo_coordinare(utente: Any) -> bool:
    return not motivo_rifiuto_coordina(utente)


def motivo_rifiuto_amministra_utenti(utente: Any) -> str:
    """Empty when `utente` may make accounts and give roles, else why not."""
    if ha_ruolo(utente, frozenset({Ruolo.AMMINISTRATORE})):
        return ""
    return "Solo l'amministratore della piattaforma gestisce gli account."


def puo_amministrare_utenti(utente: Any) -> bool:
    return not motivo_rifiuto_amministra_utenti(utente)
