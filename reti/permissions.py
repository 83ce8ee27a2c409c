"""Who may do what with the network: each verb's reason for refusing, empty when allowed."""

from typing import Any

from reti.models import Adesione, Convocazione, Decisione, Incontro, Presenza, Rappresentanza, Rete, Soggetto
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


# -- Minutes and decisions ------------------------------------------------------


def _risponde_per(utente: Any, soggetto_id: int | None) -> bool:
    poteri = Rappresentanza.objects.valide().filter(utente=utente, soggetto=soggetto_id, puo_rispondere=True)
    return bool(soggetto_id) and getattr(utente, "is_authenticated", False) and poteri.exists()


def motivo_rifiuto_osserva(utente: Any, incontro: Incontro, adesione: Adesione) -> str:
    """Empty when `utente` answers for the body of `adesione`, and that seat was present at `incontro`."""
    if not _risponde_per(utente, adesione.soggetto_id):
        return "Non hai il potere di rispondere per questo ente: chiedilo al suo legale rappresentante."
    presente = Presenza.objects.filter(incontro=incontro, adesione=adesione, esito=Presenza.Esito.PRESENTE)
    return "" if presente.exists() else "Osserva il verbale chi era presente all'incontro."


def motivo_rifiuto_segnala(utente: Any, decisione: Decisione) -> str:
    """Empty when `utente` answers for the body that `decisione` was given to."""
    if _risponde_per(utente, decisione.soggetto_id):
        return ""
    return "Può dire che è fatta chi risponde per l'ente incaricato."
