"""One HTTP request to the body's register, which tells "never arrived" from "no answer"."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from accordi.protocolli import EsitoIncerto, NonRegistrato

MASSIMO = 1_000_000  # bytes of an answer: a number and a date


@dataclass(frozen=True)
class Risposta:
    stato: int
    tipo: str
    corpo: bytes


def chiedi(metodo: str, url: str, corpo: bytes, intestazioni: Mapping[str, str], attesa: float) -> Risposta:
    """Send one request and read its answer in `attesa` seconds; certificates are checked, redirects aren't followed.

    NonRegistrato when no connection was made; EsitoIncerto when it broke, or took too long, after that.
    """
    parti = urlsplit(url)
    classe = HTTPSConnection if parti.scheme == "https" else HTTPConnection
    connessione = classe(parti.hostname or "", parti.port, timeout=attesa)
    try:
        try:
            connessione.connect()
        except OSError as errore:
            raise NonRegistrato(f"servizio non raggiunto ({errore})") from errore
        percorso = (parti.path or "/") + (f"?{parti.query}" if parti.query else "")
        connessione.request(metodo, percorso, corpo, dict(intestazioni))
        risposta = connessione.getresponse()
        return Risposta(risposta.status, risposta.headers.get("Content-Type", ""), _leggi(risposta, attesa))
    except (OSError, HTTPException) as errore:
        raise EsitoIncerto(f"risposta non arrivata ({type(errore).__name__})") from errore
    finally:
        connessione.close()


def _leggi(risposta: HTTPResponse, attesa: float) -> bytes:
    """The whole body; a server that sends it a drop at a time is left after `attesa` seconds."""
    limite, letto = time.monotonic() + attesa, b""
    while pezzo := risposta.read1(65536):
        letto += pezzo
        if len(letto) > MASSIMO or time.monotonic() > limite:
            raise EsitoIncerto("risposta troppo lunga o troppo lenta")
    return letto
