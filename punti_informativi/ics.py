"""Openings of a point as a calendar to subscribe to (RFC 5545, RFC 7986). Pure, no database.

An event for each spell of the next days, one for the whole of each closure. The UID
comes from the point, the date and the hour of opening: a program that reads the
calendar again keeps the events that didn't change.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from django.utils.cache import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Event

from core.testo import senza_invisibili
from punti_informativi.istanti import istante
from punti_informativi.orari import Calendario, GiornoDiApertura, Intervallo
from reti.feed import intestazione

GIORNI = 60
# Exceptions beyond those days are told too, up to this many; a closure that goes on began within as many.
GIORNI_ECCEZIONI = 366
OGNI = timedelta(hours=12)


@dataclass(frozen=True)
class Luogo:
    """The point as an event says it; `chiave` is its stable number, which the UIDs hide."""

    chiave: int
    nome: str
    indirizzo: str
    url: str


def versione(luogo: Luogo, calendario: Calendario | None, oggi: date) -> str:
    """Strong ETag: the same point, hours, day and language give the same text."""
    return quote_etag(hashlib.sha256(repr((luogo, calendario, oggi, get_language())).encode()).hexdigest()[:32])


def calendario_ics(luogo: Luogo, calendario: Calendario | None, oggi: date, fuso: tzinfo) -> bytes:
    """The whole calendar from `oggi`, UTF-8 with CRLF; without `calendario` it has no events."""
    insieme = intestazione(_("Aperture: %s") % luogo.nome, OGNI)
    if calendario is not None:
        timbro = datetime.combine(oggi, time(0), fuso)
        for evento in (*_aperture(luogo, calendario, oggi, fuso), *_chiusure(luogo, calendario, oggi)):
            evento.add("dtstamp", timbro)
            evento.add("location", luogo.indirizzo)
            evento.add("url", luogo.url)
            evento.add("transp", "TRANSPARENT")
            insieme.add_component(evento)
    return senza_invisibili(insieme.to_ical().decode()).encode()


def _aperture(luogo: Luogo, calendario: Calendario, oggi: date, fuso: tzinfo) -> Iterator[Event]:
    for giorno in _giorni(calendario, oggi):
        for intervallo in giorno.intervalli:
            inizio, fine = (istante(giorno.data, ora, fuso) for ora in (intervallo.dalle, intervallo.alle))
            if inizio < fine:  # not so in the hour that the clocks skip
                evento = _evento(luogo, giorno.data, f"{intervallo.dalle}", _titolo(luogo, intervallo))
                evento.add("dtstart", inizio.astimezone(fuso))
                evento.add("dtend", fine.astimezone(fuso))
                if giorno.motivo:
                    evento.add("description", giorno.motivo)
                yield evento


def _chiusure(luogo: Luogo, calendario: Calendario, oggi: date) -> Iterator[Event]:
    """Whole days; the one that goes on today with its first day, so that its UID stays."""
    giorni = _giorni(calendario, oggi, indietro=GIORNI_ECCEZIONI)
    chiusi = [g for g in giorni if g.motivo and g.noto and not g.intervalli]
    for (_primo, motivo), gruppo in groupby(enumerate(chiusi), key=_di_seguito):
        date_chiuse = [giorno.data for _n, giorno in gruppo]
        if date_chiuse[-1] >= oggi and any(_cambia(calendario, g) for g in date_chiuse):
            titolo = _("%(nome)s: chiuso (%(motivo)s)") % {"nome": luogo.nome, "motivo": motivo}
            evento = _evento(luogo, date_chiuse[0], "chiuso", titolo)
            evento.add("dtstart", date_chiuse[0])
            evento.add("dtend", date_chiuse[-1] + timedelta(days=1))
            yield evento


def _di_seguito(numerato: tuple[int, GiornoDiApertura]) -> tuple[date, str]:
    numero, giorno = numerato
    return giorno.data - timedelta(days=numero), giorno.motivo


def _giorni(calendario: Calendario, oggi: date, indietro: int = 0) -> list[GiornoDiApertura]:
    """The next days, and after them those that an exception decides."""
    vicini = calendario.giorni(oggi - timedelta(days=indietro), indietro + GIORNI)
    lontani = calendario.giorni(oggi + timedelta(days=GIORNI), GIORNI_ECCEZIONI - GIORNI)
    return [*vicini, *(g for g in lontani if _deciso_da_una_data(calendario, g.data))]


def _deciso_da_una_data(calendario: Calendario, giorno: date) -> bool:
    return any(d.copre(giorno) for d in (*calendario.deroghe, *calendario.deroghe_ospite))


def _cambia(calendario: Calendario, giorno: date) -> bool:
    """A holiday on a day that is closed anyway isn't worth an event; a closure that someone wrote is."""
    return _deciso_da_una_data(calendario, giorno) or bool(calendario.della_settimana(giorno.weekday()))


def _titolo(luogo: Luogo, intervallo: Intervallo) -> str:
    if intervallo.su_appuntamento:
        return _("%s: aperto su appuntamento") % luogo.nome
    return _("%s: aperto") % luogo.nome


def _evento(luogo: Luogo, giorno: date, che_cosa: str, titolo: str) -> Event:
    evento = Event()
    evento.add("uid", f"{uuid5(NAMESPACE_URL, f'punto/{luogo.chiave}/{giorno}/{che_cosa}')}@raccordo")
    evento.add("summary", titolo)
    return evento
