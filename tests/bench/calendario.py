"""1,000 invitations: by the bare icalendar library, and joined by hand; all three texts are the same."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from reti.ical import PRODUTTORE, ROMA, Evento, Persona

ORGANIZZATORE = Persona("lavoro@provincia.example", "Provincia")
FUSO = """BEGIN:VTIMEZONE
TZID:Europe/Rome
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def eventi(quanti: int) -> list[Evento]:
    """Meetings one day apart; no line of theirs needs folding or escaping."""
    primo = datetime(2023, 1, 9, 9, 0, tzinfo=UTC)
    inizi = [primo + timedelta(days=n) for n in range(quanti + 1)]
    return [
        Evento(
            uid=f"incontro-{n}@raccordo",
            sequenza=n % 3,
            titolo=f"Incontro {n} del tavolo",
            inizio=inizio,
            fine=inizio + timedelta(hours=2),
            timbro=primo,
            organizzatore=ORGANIZZATORE,
            luogo="Sala consiliare",
        )
        for n, (inizio, _dopo) in enumerate(pairwise(inizi))
    ]


def invitato(n: int) -> Persona:
    return Persona(f"persona{n}@ente.example")


def con_la_libreria(evento: Evento, chi: Persona, fuso: Timezone) -> str:
    """What a programmer writes with icalendar and nothing else."""
    voce = Event()
    voce.add("uid", evento.uid)
    voce.add("sequence", evento.sequenza)
    voce.add("dtstamp", evento.timbro)
    voce.add("dtstart", evento.inizio.astimezone(ROMA))
    voce.add("dtend", evento.fine.astimezone(ROMA))
    voce.add("summary", evento.titolo)
    voce.add("status", "CONFIRMED")
    voce.add("location", evento.luogo)
    organizzatore = vCalAddress(f"mailto:{evento.organizzatore.email}")
    organizzatore.params["CN"] = vText(evento.organizzatore.nome)
    voce.add("organizer", organizzatore)
    partecipante = vCalAddress(f"mailto:{chi.email}")
    ruoli = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE", "CUTYPE": "INDIVIDUAL"}
    for nome, valore in ruoli.items():
        partecipante.params[nome] = vText(valore)
    voce.add("attendee", partecipante)
    promemoria = Alarm()
    promemoria.add("action", "DISPLAY")
    promemoria.add("description", evento.titolo)
    promemoria.add("trigger", timedelta(days=-1))
    voce.add_component(promemoria)
    insieme = Calendar()
    insieme.add("prodid", PRODUTTORE)
    insieme.add("version", "2.0")
    insieme.add("method", "REQUEST")
    insieme.add_component(fuso)
    insieme.add_component(voce)
    return insieme.to_ical().decode()


def _locale(istante: datetime) -> str:
    return istante.astimezone(ROMA).strftime("%Y%m%dT%H%M%S")


def a_mano(evento: Evento, chi: Persona) -> str:
    """The same text joined from strings; the parameters of the attendee fold where RFC 5545 3.1 wants."""
    partecipante = f"ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{chi.email}"
    righe = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{PRODUTTORE}\nMETHOD:REQUEST\n{FUSO}BEGIN:VEVENT\n"
        f"SUMMARY:{evento.titolo}\n"
        f"DTSTART;TZID=Europe/Rome:{_locale(evento.inizio)}\nDTEND;TZID=Europe/Rome:{_locale(evento.fine)}\n"
        f"DTSTAMP:{evento.timbro:%Y%m%dT%H%M%SZ}\nUID:{evento.uid}\nSEQUENCE:{evento.sequenza}\n"
        f"{partecipante[:74]}\n {partecipante[74:]}\n"
        f"LOCATION:{evento.luogo}\n"
        f"ORGANIZER;CN={evento.organizzatore.nome}:mailto:{evento.organizzatore.email}\nSTATUS:CONFIRMED\n"
        f"BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:{evento.titolo}\nTRIGGER:-P1D\nEND:VALARM\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    return righe.replace("\n", "\r\n")
