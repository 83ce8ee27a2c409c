"""Invitations as iCalendar (RFC 5545, RFC 5546): pure, no database (R20).

One calendar object per recipient, with that recipient as its only ATTENDEE, so
that addresses don't leak. The UID is stable for the meeting's whole life and
SEQUENCE rises with every change, so that an update replaces the event instead
of adding a second one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

ROMA = ZoneInfo("Europe/Rome")
PRODUTTORE = "-//Raccordo//Tavoli//IT"
RICHIESTA, ANNULLAMENTO, PUBBLICAZIONE = "REQUEST", "CANCEL", "PUBLISH"
PROPOSTA_NON_ACCOLTA = "DECLINECOUNTER"


@dataclass(frozen=True)
class Persona:
    """Who organises or is invited: an address, a name that may be empty, and of an invited one the answer so far."""

    email: str
    nome: str = ""
    risposta: str = "NEEDS-ACTION"  # PARTSTAT
    risponde: bool = True  # RSVP
    delegato: str = ""  # DELEGATED-TO


@dataclass(frozen=True)
class Evento:
    """A meeting for a calendar. `inizio`, `fine`, `timbro` (when this version was made) are aware."""

    uid: str
    sequenza: int
    titolo: str
    inizio: datetime
    fine: datetime
    timbro: datetime
    organizzatore: Persona
    luogo: str = ""
    descrizione: str = ""
    url: str = ""


@cache
def fuso_di_roma() -> Timezone:
    """VTIMEZONE Europe/Rome with the rule in force since 1996 (last Sunday of March and of October)."""
    fuso = Timezone()
    fuso.add("tzid", "Europe/Rome")
    for tipo, nome, da, a, inizio, mese in (
        (TimezoneDaylight, "CEST", 1, 2, datetime(1996, 3, 31, 2), 3),  # noqa: DTZ001  RFC 5545 3.6.5: local, floating
        (TimezoneStandard, "CET", 2, 1, datetime(1996, 10, 27, 3), 10),  # noqa: DTZ001  RFC 5545 wants local time here
    ):
        parte = tipo()
        parte.add("dtstart", inizio)
        parte.add("rrule", vRecur(freq="yearly", bymonth=mese, byday="-1SU"))
        parte.add("tzname", nome)
        parte.add("tzoffsetfrom", timedelta(hours=da))
        parte.add("tzoffsetto", timedelta(hours=a))
        fuso.add_component(parte)
    return fuso


def indirizzo(persona: Persona, **parametri: str) -> vCalAddress:
    """A calendar address with its name and parameters."""
    valore = vCalAddress(f"mailto:{persona.email}")
    for nome, parametro in parametri.items():
        valore.params[nome] = vText(parametro)
    if persona.nome:
        valore.params["CN"] = vText(persona.nome)
    return valore


def _invitato(persona: Persona) -> vCalAddress:
    """The only ATTENDEE; an update carries the answer already given, or the calendar would ask again."""
    parametri = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": persona.risposta, "CUTYPE": "INDIVIDUAL"}
    parametri["RSVP"] = "TRUE" if persona.risponde else "FALSE"
    valore = indirizzo(persona, **parametri)
    if persona.delegato:
        valore.params["DELEGATED-TO"] = [f"mailto:{persona.delegato}"]
    return valore


def _promemoria(titolo: str) -> Alarm:
    avviso = Alarm()
    avviso.add("action", "DISPLAY")
    avviso.add("description", titolo)
    avviso.add("trigger", timedelta(days=-1))
    return avviso


def calendario(evento: Evento, *, metodo: str, invitato: Persona | None = None) -> str:
    """The text of one iCalendar object (CRLF lines).

    `metodo`: REQUEST or CANCEL for an invitation to `invitato`, DECLINECOUNTER for the
    answer to a date that they proposed; PUBLISH, without `invitato`, for a copy that asks no answer.
    """
    voce = Event()
    voce.add("uid", evento.uid)
    voce.add("sequence", evento.sequenza)
    voce.add("dtstamp", evento.timbro)
    voce.add("dtstart", evento.inizio.astimezone(ROMA))
    voce.add("dtend", evento.fine.astimezone(ROMA))
    voce.add("summary", evento.titolo)
    voce.add("status", "CANCELLED" if metodo == ANNULLAMENTO else "CONFIRMED")
    for nome in ("luogo", "descrizione", "url"):
        if valore := getattr(evento, nome):
            voce.add({"luogo": "location", "descrizione": "description"}.get(nome, nome), valore)
    voce.add("organizer", indirizzo(evento.organizzatore))
    if invitato:
        voce.add("attendee", _invitato(invitato))
    if metodo in (RICHIESTA, PUBBLICAZIONE):
        voce.add_component(_promemoria(evento.titolo))
    insieme = Calendar()
    insieme.add("prodid", PRODUTTORE)
    insieme.add("version", "2.0")
    insieme.add("method", metodo)
    insieme.add_component(fuso_di_roma())
    insieme.add_component(voce)
    return insieme.to_ical().decode()
