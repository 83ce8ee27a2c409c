"""Read one mail that somebody else wrote, to find its calendars: pure, no database (R21).

Hostile until proved otherwise: size, number and nesting of parts are limited before
Python's parser, which descends by recursion, sees them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses

from django.utils.translation import gettext as _

from reti.ical_lettura import LetturaImpossibile, decodifica

# Bytes of a message, parts with their nesting, calendars, characters of a header and of the text kept.
MASSIMO_MESSAGGIO, MASSIME_PARTI, MASSIMI_CALENDARI = 2_000_000, 60, 5
MASSIMA_INTESTAZIONE, MASSIMO_TESTO = 4_000, 20_000
_PARTE_COMPOSTA = re.compile(rb"(?im)^content-type[ \t]*:\s*(?:multipart|message)/")
_INIZIO_PARTE = re.compile(rb"(?im)^content-type[ \t]*:")
# Where the address of the recipient stands, also after a relay or an alias has rewritten To.
_DESTINATARI = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "resent-to")


@dataclass(frozen=True)
class MessaggioLetto:
    """Addresses in lower case; `automatico` for what a machine sent by itself; `testo` is the first plain part."""

    mittente: str
    destinatari: list[str]
    oggetto: str
    message_id: str
    calendari: list[str] = field(default_factory=list)
    testo: str = ""
    automatico: bool = False


def leggi_messaggio(
    contenuto: bytes, *, massimo: int = MASSIMO_MESSAGGIO, anche_inoltrati: bool = False
) -> MessaggioLetto:
    """A mail taken apart. `massimo` in bytes; `anche_inoltrati` looks inside attached messages (a PEC envelope).

    Raises LetturaImpossibile. A calendar that can't be read is still text here: `leggi_calendario` refuses it.
    """
    if len(contenuto) > massimo:
        raise LetturaImpossibile(_("Il messaggio è troppo grande (%d kB).") % (len(contenuto) // 1000))
    if len(_PARTE_COMPOSTA.findall(contenuto)) > MASSIME_PARTI // 2 or (
        len(_INIZIO_PARTE.findall(contenuto)) > MASSIME_PARTI
    ):
        raise LetturaImpossibile(_("Il messaggio ha troppe parti, una dentro l'altra."))
    try:
        return _smonta(contenuto, anche_inoltrati)
    except (UnicodeError, LookupError):  # names of files and of boundaries in charsets that don't exist (RFC 2231)
        raise LetturaImpossibile(_("Il messaggio è scritto in un modo che non si riesce a leggere."))


def _smonta(contenuto: bytes, anche_inoltrati: bool) -> MessaggioLetto:
    mail = BytesParser(policy=compat32).parsebytes(contenuto)
    parti = list(_parti(mail, anche_inoltrati))
    calendari = [_testo(p) for p in parti if _e_calendario(p)]
    if len(calendari) > MASSIMI_CALENDARI:
        raise LetturaImpossibile(_("Il messaggio porta troppi calendari: ne serve uno."))
    piane = (p for p in parti if p.get_content_type() == "text/plain" and not p.get_filename())
    return MessaggioLetto(
        **leggi_intestazioni(mail),
        # The same calendar is often there twice, as a part and as an attachment.
        calendari=list(dict.fromkeys(calendari)),
        testo=next((_testo(p)[:MASSIMO_TESTO] for p in piane), "").replace("\0", ""),
    )


def leggi_solo_intestazioni(contenuto: bytes) -> MessaggioLetto:
    """What the headers alone say, of a message whose body isn't read; never fails."""
    return MessaggioLetto(**leggi_intestazioni(BytesParser(policy=compat32).parsebytes(contenuto, headersonly=True)))


def leggi_intestazioni(mail: Message) -> dict:
    """Sender, recipients, subject, identifier and whether a machine sent it."""
    mittenti = _indirizzi(mail, ("from", "sender", "return-path"))
    segnato = _intestazione(mail, "auto-submitted").lower() not in ("", "no")
    resoconto = mail.get_content_type() == "multipart/report" or _intestazione(mail, "return-path") == "<>"
    return {
        "mittente": mittenti[0] if mittenti else "",
        "destinatari": _indirizzi(mail, _DESTINATARI),
        "oggetto": " ".join(_intestazione(mail, "subject").split()),
        "message_id": _intestazione(mail, "message-id").strip()[:255],
        "automatico": segnato or resoconto,
    }


def _parti(mail: Message, anche_inoltrati: bool) -> Iterator[Message]:
    """The leaves; those of attached messages only when asked."""
    if mail.get_content_maintype() == "message" and not anche_inoltrati:
        return
    if mail.is_multipart():
        for parte in mail.get_payload():
            yield from _parti(parte, anche_inoltrati)
    else:
        yield mail


def _e_calendario(parte: Message) -> bool:
    nome = _decodifica_intestazione(parte.get_filename() or "").lower()
    return parte.get_content_type() in ("text/calendar", "application/ics") or nome.endswith(".ics")


def _testo(parte: Message) -> str:
    contenuto = parte.get_payload(decode=True) or b""
    codifica = parte.get_param("charset", "utf-8")
    return decodifica(contenuto, codifica if isinstance(codifica, str) else "utf-8")


def _intestazione(mail: Message, nome: str) -> str:
    """The first header of that name as readable text, "" when absent; never fails."""
    return _decodifica_intestazione(str(mail.get(nome, ""))[:MASSIMA_INTESTAZIONE])


def _decodifica_intestazione(valore: str) -> str:
    try:
        testo = str(make_header(decode_header(valore)))
    except (MessageError, LookupError, ValueError):
        testo = valore
    return testo.encode("utf-8", "replace").decode().replace("\0", "")


def _indirizzi(mail: Message, nomi: tuple[str, ...]) -> list[str]:
    """Distinct addresses of those headers, in order."""
    valori = [_decodifica_intestazione(str(v)[:MASSIMA_INTESTAZIONE]) for n in nomi for v in mail.get_all(n, [])]
    trovati = [i for valore in valori[:MASSIME_PARTI] for i in _indirizzi_in(valore)]
    return list(dict.fromkeys(i.strip().lower()[:320] for i in trovati if "@" in i))


def _indirizzi_in(valore: str) -> list[str]:
    try:
        return [indirizzo for _nome, indirizzo in getaddresses([valore])]
    except (RecursionError, IndexError, ValueError, TypeError):  # comments a thousand deep, and the like
        return []
