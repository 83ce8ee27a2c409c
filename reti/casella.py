"""The mailbox of answers, read over IMAP (R21).

A message is recorded first, in one transaction, and leaves the folder afterwards: if
the process dies between the two it's met again, recognised by its fingerprint, and
moved. Sizes are asked before bodies, so that a huge message is never downloaded.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from imapclient import IMAPClient

from reti.services.posta_ricevuta import ricevi

diario = logging.getLogger(__name__)
# Messages in one reading, bytes of headers, seconds of patience with the server.
PER_VOLTA, MASSIMA_INTESTAZIONE, ATTESA = 200, 65_536, 30


@contextmanager
def _aperta() -> Iterator[IMAPClient]:
    """Signed in, with the folder selected and the archive there."""
    cifratura = settings.CASELLA_IMAP_CIFRATURA
    posta = IMAPClient(
        settings.CASELLA_IMAP_HOST, settings.CASELLA_IMAP_PORTA, ssl=cifratura == "tls", timeout=ATTESA, use_uid=True
    )
    with posta:  # signs out on leaving
        if cifratura == "starttls":
            posta.starttls()
        posta.login(settings.CASELLA_IMAP_UTENTE, settings.CASELLA_IMAP_PASSWORD)
        if not posta.folder_exists(settings.CASELLA_IMAP_ARCHIVIO):
            posta.create_folder(settings.CASELLA_IMAP_ARCHIVIO)
        posta.select_folder(settings.CASELLA_IMAP_CARTELLA)
        yield posta


def _contenuto(posta: IMAPClient, uid: int, dimensione: int) -> bytes:
    """The whole message, or the headers alone when it's larger than the limit. Never more bytes than asked."""
    massimo = settings.CASELLA_MASSIMO_MESSAGGIO
    parte, quanti = ("BODY.PEEK[]", massimo) if dimensione <= massimo else ("BODY.PEEK[HEADER]", MASSIMA_INTESTAZIONE)
    risposta: dict[bytes, Any] = posta.fetch([uid], [f"{parte}<0.{quanti}>"]).get(uid, {})
    return next((v for chiave, v in risposta.items() if chiave.startswith(b"BODY[") and v), b"")


def _archivia(posta: IMAPClient, uid: int) -> None:
    if posta.has_capability("MOVE"):
        posta.move([uid], settings.CASELLA_IMAP_ARCHIVIO)
    else:
        posta.copy([uid], settings.CASELLA_IMAP_ARCHIVIO)
        posta.delete_messages([uid], silent=True)
        posta.expunge()


def leggi_casella() -> int:
    """Periodic work: record the messages that wait; returns how many. Without a configured server does nothing.

    One that can't be recorded stays where it is, for the next time; the others go on.
    """
    if not settings.CASELLA_IMAP_HOST:
        return 0
    letti = 0
    with _aperta() as posta:
        uid_in_attesa = posta.search(["UNDELETED"])[:PER_VOLTA]
        dimensioni = posta.fetch(uid_in_attesa, ["RFC822.SIZE"]) if uid_in_attesa else {}
        for uid in sorted(dimensioni):
            dimensione = dimensioni[uid][b"RFC822.SIZE"]
            contenuto = _contenuto(posta, uid, dimensione)
            if not contenuto:  # somebody else took it away meanwhile
                continue
            try:
                ricevi(contenuto, dimensione=dimensione)
            except Exception:  # noqa: BLE001  whatever one message breaks, those behind it are read; it is logged whole
                diario.exception("Messaggio %s della casella non registrato: si riprova", uid)
                continue
            _archivia(posta, uid)
            letti += 1
    return letti
