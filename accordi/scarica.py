"""Fetch from an address that a stranger may have written: no private network, no redirect, bounded. A leaf."""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

ATTESA = 5.0  # seconds without a byte
TUTTO = 15.0  # seconds in all
MASSIMO = 20 * 1024 * 1024  # bytes: the largest revocation lists in use are smaller
PEZZO = 65_536


def scaricatore(reti_ammesse: Sequence[str] = ()) -> Callable[[str, bytes | None, str], bytes]:
    """A function (address, body or None, content type) -> answer, which raises OSError for every failure.

    `reti_ammesse`: private networks that may be reached all the same, as "10.0.0.0/8".
    """
    ammesse = [ipaddress.ip_network(r) for r in reti_ammesse]

    def scarica(indirizzo: str, corpo: bytes | None, tipo: str) -> bytes:
        try:
            return _chiedi(indirizzo, corpo, tipo, ammesse)
        except (http.client.HTTPException, ValueError) as errore:
            raise OSError(type(errore).__name__) from errore

    return scarica


def _chiedi(indirizzo: str, corpo: bytes | None, tipo: str, ammesse: Sequence[object]) -> bytes:
    parti = urlsplit(indirizzo)
    if parti.scheme not in ("http", "https") or not parti.hostname:
        raise OSError("indirizzo non ammesso")
    fine = time.monotonic() + TUTTO
    porta = parti.port or (443 if parti.scheme == "https" else 80)
    connessione = http.client.HTTPConnection(parti.hostname, porta, timeout=ATTESA)
    # Connected to the very address that was checked: a second look-up could answer otherwise.
    connessione.sock = socket.create_connection((_pubblico(parti.hostname, porta, ammesse), porta), timeout=ATTESA)
    try:
        if parti.scheme == "https":
            contesto = ssl.create_default_context()
            connessione.sock = contesto.wrap_socket(connessione.sock, server_hostname=parti.hostname)
        percorso = (parti.path or "/") + (f"?{parti.query}" if parti.query else "")
        testata = {"Content-Type": tipo} if tipo else {}
        connessione.request("GET" if corpo is None else "POST", percorso, body=corpo, headers=testata)
        risposta = connessione.getresponse()
        if risposta.status != 200:
            raise OSError(f"risposta {risposta.status}")
        return _leggi(risposta, fine)
    finally:
        connessione.close()


def _leggi(risposta: http.client.HTTPResponse, fine: float) -> bytes:
    dati = bytearray()
    while pezzo := risposta.read1(PEZZO):
        dati += pezzo
        if len(dati) > MASSIMO or time.monotonic() > fine:
            raise OSError("risposta troppo grande o troppo lenta")
    return bytes(dati)


def _pubblico(nome: str, porta: int, ammesse: Sequence[object]) -> str:
    """One address of `nome`, when all of them are public or in an allowed network."""
    trovati = {voce[4][0] for voce in socket.getaddrinfo(nome, porta, type=socket.SOCK_STREAM)}
    for trovato in trovati:
        ip = ipaddress.ip_address(trovato)
        if not (ip.is_global and not ip.is_multicast) and not any(ip in rete for rete in ammesse):
            raise OSError("indirizzo di una rete privata")
    return sorted(trovati)[0]
