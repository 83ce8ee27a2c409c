"""Who may do what with the network: each verb's reason for refusing, empty when allowed."""

from typing import Any

from reti.models import Convocazione, Rappresentanza, Rete, Soggetto
from utenti.permissions import motivo_rifiuto_coordina


def motivo_rifiuto_gestisci_soggetti(utente: Any, oggetto: Any = None) -> str:
    """Empty when `utente` may write the register of soggetti; None is the system (commands)."""
    return "" if utente is None else motivo_rifiuto_coordina(utente)


def puo_gestire_soggetti(utente: Any, oggetto: Any = None) -> bool:
    return not motivo_rifiuto_gestisci_soggetti(utente, oggetto)


# -- Tavoli and meetings ---------------------------------------------------------


def motivo_rifiuto_gestisci_incontri(utente: Any, oggetto: Any = None) -> str:
    """Empty when `utente` may convene, change, call the roll and minute meetings."""
    return motivo_rifiuto_coordina(utente)


def puo_gestire_incontri(utente: Any, oggetto: Any = None) -> bool:
    return not motivo_rifiuto_gestisci_incontri(utente, oggetto)


def motivo_rifiuto_rispondi(utente: Any, convocazione: Convocazione) -> str:
    """Empty when `utente` represents the invited body, today, with the power to answer."""
    if not getattr(utente, "is_authenticated", False):
        return "Accedi per rispondere alla convocazione."
    poteri = Rappresentanza.objects.valide().filter(
        utente=utente, soggetto=convocazione.adesione.soggetto_id, puo_rispondere=True
    )
    if poteri.exists():
        return ""
    return "Non hai il potere di rispondere per questo ente: chiedilo al suo legale rappresentante."


def puo_rispondere(utente: Any, convocazione: Convocazione) -> bool:
    return not motivo_rifiuto_rispondi(utente, convocazione)


# -- Calendars to subscribe to ---------------------------------------------------


def motivo_rifiuto_segui(utente: Any, oggetto: Soggetto | Rete | None) -> str:
    """Empty when `utente` may, today, subscribe to the calendar of a body or a board; None is their own."""
    if not getattr(utente, "is_authenticated", False):
        return "Accedi per avere i tuoi calendari."
    if oggetto is None or type(oggetto).objects.visibili_a(utente).filter(pk=oggetto.pk).exists():
        return ""
    if isinstance(oggetto, Soggetto):
        return "Puoi seguire soltanto il calendario degli enti che oggi rappresenti."
    return "Puoi seguire soltanto i tavoli in cui siede un ente che oggi rappresenti."
