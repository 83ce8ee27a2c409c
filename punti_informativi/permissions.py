"""Who may do what with a point: one sentence when not, the empty string when so."""

from typing import Any

from accordi.models import Istanza
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.stati import StatoPunto
from reti.models import Rappresentanza, Soggetto
from utenti.permissions import motivo_rifiuto_coordina

SENZA_POTERI = "Serve il potere di gestire i punti informativi del soggetto: chiedilo al suo legale rappresentante."
VA_APPROVATA = "Questa modifica la vede prima la Provincia: inviala come proposta."


def _gestisce_punti_di(utente: Any, **soggetto: Any) -> bool:
    """True when `utente` represents today, with that power, a body that matches."""
    if not getattr(utente, "is_authenticated", False):
        return False
    return Rappresentanza.objects.valide().filter(utente=utente, puo_gestire_punti=True, **soggetto).exists()


def motivo_rifiuto_registra(utente: Any, punto: PuntoInformativo | None = None) -> str:
    """Registering on behalf of the Province."""
    return motivo_rifiuto_coordina(utente)


def motivo_rifiuto_candida(utente: Any, istanza: Istanza) -> str:
    """The coordinator, or who manages the points of a body that takes part in the application."""
    if not motivo_rifiuto_coordina(utente) or _gestisce_punti_di(utente, soggetto__partecipazioni__istanza=istanza):
        return ""
    return "" if _gestisce_punti_di(utente, soggetto=istanza.capofila_id) else SENZA_POTERI


def motivo_rifiuto_modifica(utente: Any, punto: PuntoInformativo) -> str:
    """The coordinator, or who manages the points of the host."""
    return motivo_rifiuto_orari_ospite(utente, punto.soggetto)


def motivo_rifiuto_orari_ospite(utente: Any, soggetto: Soggetto) -> str:
    """The hours that a host writes once for its points: who may change each of them."""
    if not motivo_rifiuto_coordina(utente) or _gestisce_punti_di(utente, soggetto=soggetto):
        return ""
    return SENZA_POTERI


def orari_ospite_da_approvare(utente: Any, soggetto: Soggetto) -> bool:
    """True when the Province reads a host's hours for all first: from the verification of one of its points on."""
    ospitati = PuntoInformativo.objects.ospitati_da(soggetto).exclude(stato=StatoPunto.CANDIDATO)
    return bool(motivo_rifiuto_coordina(utente)) and ospitati.exists()


def va_approvata(utente: Any, punto: PuntoInformativo) -> bool:
    """True when the Province reads a change of `utente` before the citizens do: a host's, from the verification on."""
    return bool(motivo_rifiuto_coordina(utente)) and punto.stato != StatoPunto.CANDIDATO


def motivo_rifiuto_ritira(utente: Any, punto: PuntoInformativo) -> str:
    """Only the host takes back what it proposed: the Province decides, and says why."""
    return motivo_rifiuto_ritira_orari(utente, punto.soggetto)


def motivo_rifiuto_ritira_orari(utente: Any, soggetto: Soggetto) -> str:
    """The same for the hours of all its points."""
    if not motivo_rifiuto_coordina(utente):
        return "Una proposta del soggetto ospitante si accoglie o si respinge, dalla gestione."
    return motivo_rifiuto_orari_ospite(utente, soggetto)


def motivo_rifiuto_decidi(utente: Any, proposta: Proposta) -> str:
    """Only the Province decides what a host proposes, and nobody what is one's own."""
    if motivo := motivo_rifiuto_coordina(utente):
        return motivo
    return "Questa proposta è tua: la decide un altro coordinatore." if proposta.proposta_da_id == utente.pk else ""


def motivo_rifiuto_verifica(utente: Any, punto: PuntoInformativo) -> str:
    """Only the Province says that a point is right, and opens, suspends or ends it."""
    return motivo_rifiuto_coordina(utente)


motivo_rifiuto_attiva = motivo_rifiuto_sospendi = motivo_rifiuto_riattiva = motivo_rifiuto_cessa = (
    motivo_rifiuto_verifica
)


def motivo_rifiuto_oscura(utente: Any) -> str:
    """Only the Province takes away what a citizen wrote."""
    return motivo_rifiuto_coordina(utente)


def motivo_rifiuto_rispondi(utente: Any) -> str:
    """Only the Province answers for its site."""
    return motivo_rifiuto_coordina(utente)


def puo_registrare(utente: Any) -> bool:
    return not motivo_rifiuto_registra(utente)


def puo_candidare(utente: Any, istanza: Istanza) -> bool:
    return not motivo_rifiuto_candida(utente, istanza)


def puo_modificare(utente: Any, punto: PuntoInformativo) -> bool:
    return not motivo_rifiuto_modifica(utente, punto)


def puo_verificare(utente: Any, punto: PuntoInformativo) -> bool:
    return not motivo_rifiuto_verifica(utente, punto)
