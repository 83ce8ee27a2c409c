"""Who reads the objective sheet and who writes in it."""

from typing import Any

from monitoraggio.models import Indicatore
from utenti.permissions import COORDINANO, LEGGONO_TUTTO, ha_ruolo


def motivo_rifiuto_leggi_scheda(utente: Any, oggetto: Any = None) -> str:
    """Empty when `utente` may read the sheets: staff who read everything, never a partner."""
    if ha_ruolo(utente, LEGGONO_TUTTO):
        return ""
    return "La scheda degli obiettivi è riservata al personale della Provincia che segue la rete."


def puo_leggere_scheda(utente: Any, oggetto: Any = None) -> bool:
    return not motivo_rifiuto_leggi_scheda(utente, oggetto)


def motivo_rifiuto_scrivi_scheda(utente: Any, oggetto: Any = None) -> str:
    """Empty when `utente` may enter values, update phases, freeze or import a sheet."""
    if ha_ruolo(utente, COORDINANO):
        return ""
    return "Puoi leggere la scheda ma non modificarla: serve il ruolo di coordinatore."


def puo_scrivere_scheda(utente: Any, oggetto: Any = None) -> bool:
    return not motivo_rifiuto_scrivi_scheda(utente, oggetto)


def motivo_rifiuto_inserisci_valore(utente: Any, indicatore: Indicatore) -> str:
    """As for writing, and only where no measure computes the value."""
    if motivo := motivo_rifiuto_scrivi_scheda(utente):
        return motivo
    if indicatore.misura:
        return f"Il valore di {indicatore.codice} è calcolato: per cambiarlo correggi i record che conta."
    return ""


def puo_inserire_valore(utente: Any, indicatore: Indicatore) -> bool:
    return not motivo_rifiuto_inserisci_valore(utente, indicatore)
