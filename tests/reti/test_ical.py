"""Calendar objects: what a calendar program needs to add, replace and drop an event (R20)."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from reti.ical import ANNULLAMENTO, PUBBLICAZIONE, RICHIESTA, Evento, Persona, calendario

UFFICIO = Persona("lavoro@provincia.example", "Provincia di Cremona")


def evento(**cambi):
    base = {
        "uid": "abc@raccordo",
        "sequenza": 2,
        "titolo": "Tavolo, seduta; è la prima",
        "inizio": datetime(2023, 7, 4, 8, 0, tzinfo=UTC),
        "fine": datetime(2023, 7, 4, 10, 0, tzinfo=UTC),
        "timbro": datetime(2023, 6, 1, 7, 0, tzinfo=UTC),
        "organizzatore": UFFICIO,
        "luogo": "Sala, primo piano",
        "descrizione": "1. Apertura\n2. Varie",
    }
    return Evento(**(base | cambi))


def voce(testo):
    return Calendar.from_ical(testo).events[0]


def test_la_richiesta_porta_tutto_quello_che_serve():
    testo = calendario(evento(), metodo=RICHIESTA, invitato=Persona("ada@ente.example", "Ada Rossi"))
    insieme = Calendar.from_ical(testo)
    letto = insieme.events[0]
    assert insieme["method"] == "REQUEST"
    assert (letto["uid"], letto["sequence"], letto["status"]) == ("abc@raccordo", 2, "CONFIRMED")
    assert letto["summary"] == "Tavolo, seduta; è la prima"
    assert letto["description"] == "1. Apertura\n2. Varie"
    assert letto["dtstamp"].dt == datetime(2023, 6, 1, 7, 0, tzinfo=UTC)
    assert letto["organizer"] == "mailto:lavoro@provincia.example"
    assert letto["attendee"].params["RSVP"] == "TRUE"


def test_un_solo_invitato_per_invito():
    """R20: addresses don't leak."""
    testo = calendario(evento(), metodo=RICHIESTA, invitato=Persona("ada@ente.example"))
    assert [riga for riga in testo.replace("\r\n ", "").split("\r\n") if riga.startswith("ATTENDEE")] == [
        "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ada@ente.example"
    ]


@pytest.mark.parametrize(
    ("utc", "locale", "scarto"),
    [
        (datetime(2023, 3, 26, 0, 59, tzinfo=UTC), "20230326T015900", 1),
        (datetime(2023, 3, 26, 1, 0, tzinfo=UTC), "20230326T030000", 2),
        (datetime(2023, 10, 29, 2, 0, tzinfo=UTC), "20231029T030000", 1),
        (datetime(2024, 2, 29, 9, 0, tzinfo=UTC), "20240229T100000", 1),
    ],
)
def test_gli_orari_sono_di_roma_anche_ai_cambi_dell_ora(utc, locale, scarto):
    testo = calendario(evento(inizio=utc, fine=utc + timedelta(hours=1)), metodo=PUBBLICAZIONE)
    assert f"DTSTART;TZID=Europe/Rome:{locale}\r\n" in testo
    assert voce(testo)["dtstart"].dt.utcoffset() == timedelta(hours=scarto)


def test_il_fuso_e_scritto_per_intero():
    testo = calendario(evento(), metodo=RICHIESTA, invitato=Persona("ada@ente.example"))
    fuso = Calendar.from_ical(testo).walk("VTIMEZONE")[0]
    assert fuso["tzid"] == "Europe/Rome"
    assert [(p.name, str(p["tzname"]), p["tzoffsetto"].td) for p in fuso.subcomponents] == [
        ("DAYLIGHT", "CEST", timedelta(hours=2)),
        ("STANDARD", "CET", timedelta(hours=1)),
    ]


def test_l_annullamento_toglie_l_evento_con_lo_stesso_uid():
    testo = calendario(evento(sequenza=3), metodo=ANNULLAMENTO, invitato=Persona("ada@ente.example"))
    letto = voce(testo)
    assert Calendar.from_ical(testo)["method"] == "CANCEL"
    assert (letto["uid"], letto["sequence"], letto["status"]) == ("abc@raccordo", 3, "CANCELLED")
    assert letto.walk("VALARM") == []


def test_la_copia_pubblica_non_ha_invitati():
    testo = calendario(evento(), metodo=PUBBLICAZIONE)
    assert "ATTENDEE" not in testo
    assert Calendar.from_ical(testo)["method"] == "PUBLISH"


def test_un_nome_malevolo_non_aggiunge_righe():
    """A line break in a name or title must not become a property of its own."""
    testo = calendario(
        evento(titolo="Tavolo\r\nATTENDEE:mailto:altri@x.example"),
        metodo=RICHIESTA,
        invitato=Persona("ada@ente.example", 'Ada"\r\nX-PROVA:1'),
    )
    righe = testo.replace("\r\n ", "").split("\r\n")
    assert sum(riga.startswith("ATTENDEE") for riga in righe) == 1
    assert not any(riga.startswith("X-PROVA") for riga in righe)
