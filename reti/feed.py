"""Calendars to subscribe to (RFC 5545, RFC 7986): pure, no database.

The text is, byte for byte, what the icalendar library writes for the same
meetings. The library writes the head, once; the events, which may be thousands,
are joined from strings, because the library takes some 25 times as long.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from icalendar import Calendar, vDuration, vText
from icalendar.parser import Contentline

from reti.ical import PRODUTTORE, PUBBLICAZIONE, ROMA, Persona, fuso_di_roma, indirizzo

OTTETTI = 74  # in a line, before the next one starts with a space: RFC 5545 3.1 allows 75, the library keeps to 74
FINE = b"END:VCALENDAR\r\n"


class Voce(NamedTuple):
    """A meeting in a feed. `inizio`, `fine`, `aggiornato` are aware; `url` is an address without spaces."""

    uid: str
    sequenza: int
    titolo: str
    inizio: datetime
    fine: datetime
    aggiornato: datetime
    organizzatore: Persona
    luogo: str = ""
    descrizione: str = ""
    url: str = ""
    annullato: bool = False


class Giornata(NamedTuple):
    """A whole day in a feed, which doesn't make anyone busy. `aggiornato` is aware."""

    uid: str
    titolo: str
    giorno: date
    aggiornato: datetime
    descrizione: str = ""
    url: str = ""


def testo(valore: str) -> str:
    """A TEXT value escaped (RFC 5545 3.3.11): no line break of it survives, so nobody adds a property of their own."""
    piano = valore.replace(r"\N", "\n").replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return piano.replace("\r\n", r"\n").replace("\n", r"\n").replace("\r", r"\n")


def piega(riga: bytes) -> bytes:
    """A content line in UTF-8, cut between characters; a backslash or a caret stays with what it escapes."""
    pezzi, da = [], 0
    while len(riga) - da > OTTETTI:
        a = da + OTTETTI
        while riga[a] & 0xC0 == 0x80:
            a -= 1
        if riga[a - 1] in b"\\^" and a - 1 > da:
            a -= 1
        pezzi.append(riga[da:a])
        da = a
    return b"\r\n ".join([*pezzi, riga[da:]])


def _compatta(istante: datetime) -> str:
    """20230307T100000, of an instant already in the zone to write."""
    return istante.isoformat()[:19].replace("-", "").replace(":", "")


@lru_cache(maxsize=512)
def _organizzatore(persona: Persona) -> str:
    valore = indirizzo(persona)
    return str(Contentline.from_parts("ORGANIZER", valore.params, valore))


def _evento(voce: Voce) -> str:
    """Properties in the library's order; lines as long as they come."""
    quando = _compatta(voce.aggiornato.astimezone(UTC))
    return (
        "BEGIN:VEVENT\r\n"
        f"SUMMARY:{testo(voce.titolo)}\r\n"
        f"DTSTART;TZID=Europe/Rome:{_compatta(voce.inizio.astimezone(ROMA))}\r\n"
        f"DTEND;TZID=Europe/Rome:{_compatta(voce.fine.astimezone(ROMA))}\r\n"
        f"DTSTAMP:{quando}Z\r\n"
        f"UID:{voce.uid}\r\n"
        f"SEQUENCE:{voce.sequenza}\r\n"
        + (f"DESCRIPTION:{testo(voce.descrizione)}\r\n" if voce.descrizione else "")
        + f"LAST-MODIFIED:{quando}Z\r\n"
        + (f"LOCATION:{testo(voce.luogo)}\r\n" if voce.luogo else "")
        + f"{_organizzatore(voce.organizzatore)}\r\n"
        f"STATUS:{'CANCELLED' if voce.annullato else 'CONFIRMED'}\r\n"
        + (f"URL:{voce.url}\r\n" if voce.url else "")
        + "END:VEVENT\r\n"
    )


def _giornata(voce: Giornata) -> str:
    """DTEND is the day after: it isn't included (RFC 5545 3.6.1)."""
    return (
        "BEGIN:VEVENT\r\n"
        f"SUMMARY:{testo(voce.titolo)}\r\n"
        f"DTSTART;VALUE=DATE:{voce.giorno:%Y%m%d}\r\n"
        f"DTEND;VALUE=DATE:{voce.giorno + timedelta(days=1):%Y%m%d}\r\n"
        f"DTSTAMP:{_compatta(voce.aggiornato.astimezone(UTC))}Z\r\n"
        f"UID:{voce.uid}\r\n"
        + (f"DESCRIPTION:{testo(voce.descrizione)}\r\n" if voce.descrizione else "")
        + "TRANSP:TRANSPARENT\r\n"
        + (f"URL:{voce.url}\r\n" if voce.url else "")
        + "END:VEVENT\r\n"
    )


def intestazione(nome: str, ogni: timedelta) -> Calendar:
    """The calendar without events: its name and how often to come back (RFC 7986, and what came before it)."""
    insieme = Calendar()
    insieme.add("prodid", PRODUTTORE)
    insieme.add("version", "2.0")
    insieme.add("method", PUBBLICAZIONE)
    for chiave in ("name", "x-wr-calname"):
        insieme.add(chiave, vText(nome))  # bare, the library would take it for a value already escaped
    insieme.add("refresh-interval", vDuration(ogni), parameters={"VALUE": "DURATION"})
    insieme.add("x-published-ttl", vDuration(ogni))
    insieme.add_component(fuso_di_roma())
    return insieme


def feed(nome: str, voci: Iterable[Voce], *, ogni: timedelta = timedelta(hours=1)) -> bytes:
    """The whole calendar in UTF-8 with CRLF; `ogni`: how often a program should read it again."""
    return _insieme(nome, map(_evento, voci), ogni)


def feed_di_giornate(nome: str, voci: Iterable[Giornata], *, ogni: timedelta = timedelta(hours=12)) -> bytes:
    """The same of whole days, which change less often."""
    return _insieme(nome, map(_giornata, voci), ogni)


def _insieme(nome: str, eventi: Iterable[str], ogni: timedelta) -> bytes:
    righe = "".join(eventi).encode().split(b"\r\n")
    piegate = b"\r\n".join([piega(riga) if len(riga) > OTTETTI else riga for riga in righe])
    return intestazione(nome, ogni).to_ical().removesuffix(FINE) + piegate + FINE
