"""An invitation that others sent, as .ics or as the mail that carries it: read, and proposed to a form. Pure (R26)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from reti.ical import ANNULLAMENTO, ROMA
from reti.ical_lettura import CalendarioLetto, LetturaImpossibile, leggi_calendario
from reti.posta_lettura import leggi_messaggio

MASSIMO = 10 * 1_048_576  # bytes of a file
MASSIME_RIGHE = 30  # of the description, kept as agenda
_OLE = b"\xd0\xcf\x11\xe0"  # Outlook's own .msg
_INTESTAZIONE = re.compile(rb"(?im)^(?:from|received|return-path|message-id|subject|mime-version)[ \t]*:")
_STANZA = re.compile(r"https://(?:[\w-]+\.)*(?:teams|zoom|meet|webex|lifesize|jitsi|gotomeet)[\w.-]*/[^\s<>\"]+", re.I)
_LINEA = re.compile(r"[\s_*=\-–—.]{5,}")  # where programs begin the part about connecting
# Addresses that say nothing of whose they are.
FORNITORI_DI_POSTA = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "outlook.it", "hotmail.com", "hotmail.it", "live.it", "live.com"}
    | {"yahoo.com", "yahoo.it", "icloud.com", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "tim.it"}
    | {"fastwebnet.it", "aruba.it", "pec.it", "legalmail.it", "postecert.it", "pec.aruba.it", "arubapec.it", "mypec.eu"}
)


@dataclass(frozen=True)
class InvitoLetto:
    """What a file says. `estensione`: ics or eml; `calendario` None for a mail that carries none."""

    estensione: str
    calendario: CalendarioLetto | None = None
    mittente: str = ""
    oggetto: str = ""
    testo: str = ""

    @property
    def uid(self) -> str:
        return self.calendario.uid if self.calendario else ""

    @property
    def annulla(self) -> bool:
        """Whoever convened takes it back."""
        letto = self.calendario
        return bool(letto) and (letto.metodo == ANNULLAMENTO or letto.stato == "CANCELLED")

    @property
    def versione(self) -> tuple[int, datetime]:
        """Which of two is newer: number of the change, then when it was written (RFC 5546 2.1.5)."""
        letto = self.calendario or CalendarioLetto()
        return letto.sequenza, letto.timbro or datetime.min.replace(tzinfo=UTC)

    @property
    def organizzatore(self) -> str:
        """Address of whoever convenes, else of who sent the mail."""
        letto = self.calendario
        return (letto.organizzatore.email if letto and letto.organizzatore else "") or self.mittente


def leggi_invito(contenuto: bytes) -> InvitoLetto:
    """Read a file. Raises LetturaImpossibile, with a sentence for each thing that can be wrong."""
    if len(contenuto) > MASSIMO:
        raise LetturaImpossibile(_("Il file supera 10 MB: carica il solo invito (.ics)."))
    if not contenuto.strip():
        raise LetturaImpossibile(_("Il file è vuoto."))
    if contenuto.startswith(_OLE):
        raise LetturaImpossibile(_("Il formato .msg di Outlook non si legge: salva la mail come .eml, o il solo .ics."))
    if contenuto.lstrip(b"\xef\xbb\xbf\r\n\t ")[:15].upper() == b"BEGIN:VCALENDAR":
        return InvitoLetto("ics", _da_registrare(leggi_calendario(contenuto)))
    if not _INTESTAZIONE.search(contenuto[:20_000]):
        raise LetturaImpossibile(_("Il file non è un invito: serve un .ics, o la mail salvata come .eml."))
    mail = leggi_messaggio(contenuto, massimo=MASSIMO, anche_inoltrati=True)
    return InvitoLetto("eml", _primo(mail.calendari), mail.mittente, mail.oggetto, mail.testo)


def _primo(calendari: list[str]) -> CalendarioLetto | None:
    """The first calendar that can be read; the reason of the last one when none can."""
    motivo = None
    for testo in calendari:
        try:
            return _da_registrare(leggi_calendario(testo))
        except LetturaImpossibile as errore:
            motivo = errore
    if motivo:
        raise motivo
    return None


def _da_registrare(letto: CalendarioLetto) -> CalendarioLetto:
    if letto.metodo in ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"):
        raise LetturaImpossibile(_("Questo calendario è una risposta, non un invito."))
    return letto


def proposta(invito: InvitoLetto) -> dict[str, Any]:
    """Values for the form: only those that the file really says, times in Rome."""
    letto = invito.calendario
    if letto is None:
        valori = {"titolo": invito.oggetto, "ordine_del_giorno": _ordine(invito.testo)}
    else:
        stanza = _collegamento(letto)
        luogo = "" if stanza and letto.luogo.strip() == stanza else " ".join(letto.luogo.split())
        valori = {
            "titolo": letto.titolo or invito.oggetto,
            "luogo": luogo[:200],
            "collegamento": stanza[:200],
            "modalita": ("ibrida" if luogo else "remoto") if stanza else "presenza",
            "ordine_del_giorno": _ordine(letto.descrizione),
            **_tempi(letto),
        }
    valori["titolo"] = " ".join(valori["titolo"].split())[:200]
    return {nome: valore for nome, valore in valori.items() if valore}


def _tempi(letto: CalendarioLetto) -> dict[str, Any]:
    if letto.inizio is None:
        return {}
    inizio, fine = letto.inizio.astimezone(ROMA), letto.fine.astimezone(ROMA) if letto.fine else None
    if letto.tutto_il_giorno:
        ultimo = (fine - timedelta(microseconds=1)).date() if fine and fine > inizio else inizio.date()
        return {"giorno": inizio.date(), "giorno_fine": ultimo if ultimo != inizio.date() else None}
    tempi: dict[str, Any] = {"giorno": inizio.date(), "dalle": inizio.time()}
    if fine and fine > inizio:
        tempi |= {"alle": fine.time(), "giorno_fine": fine.date() if fine.date() != inizio.date() else None}
    return tempi


def _collegamento(letto: CalendarioLetto) -> str:
    """The address of the remote room, wherever programs put it."""
    for testo in (letto.luogo, letto.url, letto.descrizione):
        if trovato := _STANZA.search(testo):
            return trovato[0].rstrip(".,;)>")
    return letto.url if letto.url.startswith("https://") else ""


def _ordine(testo: str) -> str:
    """The description up to where the program explains how to connect."""
    righe: list[str] = []
    for riga in testo.splitlines():
        if _LINEA.fullmatch(riga) and riga.strip():
            break
        if riga.strip():
            righe.append(riga.strip()[:300])
    return "\n".join(righe[:MASSIME_RIGHE])


def avvertenze(invito: InvitoLetto) -> list[str]:
    """What the file leaves open, as sentences that ask for it."""
    letto = invito.calendario
    if letto is None:
        return [_("La mail non porta un invito di calendario: completa a mano data e orario. La mail resta allegata.")]
    frasi = []
    if letto.inizio is None:
        frasi.append(_("L'invito non dice quando: scrivi data e orario."))
    elif letto.tutto_il_giorno:
        frasi.append(_("L'invito vale per tutto il giorno: scrivi l'orario."))
    elif letto.fine is None or letto.fine <= letto.inizio:
        frasi.append(_("L'invito non dice quando finisce: scrivi l'ora di fine."))
    if letto.senza_fuso:
        frasi.append(_("L'invito non dice il fuso orario: l'orario è inteso come italiano, controllalo."))
    elif letto.inizio and not letto.tutto_il_giorno and _altro_fuso(letto.inizio):
        ora = letto.inizio.strftime("%H:%M")
        frasi.append(_("L'orario era scritto in un altro fuso (%s): qui è convertito in quello italiano.") % ora)
    if letto.ricorrente:
        frasi.append(_("L'invito si ripete: qui si registra un solo incontro, gli altri si aggiungono a mano."))
    return frasi


def _altro_fuso(istante: datetime) -> bool:
    """Written in the hours of another place; UTC is how programs write, and nobody reads it as an hour."""
    return istante.tzinfo is not UTC and istante.utcoffset() != istante.astimezone(ROMA).utcoffset()


def campi_di(invito: InvitoLetto) -> dict[str, Any]:
    """What a newer invitation changes of a meeting already recorded: only whole values.

    Keys as `modifica_incontro` takes them; times are left out when the invitation doesn't say both.
    """
    valori = proposta(invito)
    campi = {c: valori[c] for c in ("titolo", "luogo", "collegamento", "ordine_del_giorno") if valori.get(c)}
    if invito.calendario and "dalle" in valori and "alle" in valori:
        campi |= {"inizio": invito.calendario.inizio, "fine": invito.calendario.fine}
    return campi
