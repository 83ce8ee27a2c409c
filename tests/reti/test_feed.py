"""The text of a feed: byte for byte the icalendar library's, read back by a parser that isn't its own (R20)."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from reti.feed import Voce, feed, piega
from reti.ical import Persona
from tests.bench.feed import con_la_libreria, voci

UFFICIO = Persona("lavoro@provincia.example", "Provincia di Cremona")
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
# What offices type, and what breaks a careless writer: separators, breaks of every kind, signs of 2, 3 and 4 octets.
SEGNI = st.text(
    st.sampled_from("aàè€😀👩‍⚕️ ,;:\\\"^nN\n\r\t\x0b\x85\u2028'") | st.characters(exclude_categories=["Cs"]),
    max_size=260,
)
ISTANTI = st.datetimes(datetime(1999, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  its zone is given apart
RIGHE_IN_PIU = "Sala\r\nATTENDEE:mailto:intruso@altrove.example\r\nEND:VEVENT\r\nBEGIN:VEVENT"


def voce(**cambi) -> Voce:
    base = {
        "uid": "abc@raccordo",
        "sequenza": 2,
        "titolo": "Tavolo, seduta; è la prima",
        "inizio": INIZIO,
        "fine": INIZIO + timedelta(hours=2),
        "aggiornato": INIZIO - timedelta(days=9),
        "organizzatore": UFFICIO,
    }
    return Voce(**(base | cambi))


@settings(max_examples=300, deadline=None)
@given(SEGNI, SEGNI, SEGNI, ISTANTI, ISTANTI, st.integers(0, 10**6), st.booleans())
@example(RIGHE_IN_PIU, RIGHE_IN_PIU, RIGHE_IN_PIU, INIZIO, INIZIO, 0, False)
@example("😀" * 90, "è" * 200, "\\" * 200, INIZIO, INIZIO, 0, True)
@example("^" * 75, "a" * 65 + "\\,b", "x" * 61 + "\r\n" * 30, INIZIO, INIZIO, 1, False)
def test_gli_stessi_byte_della_libreria(titolo, luogo, descrizione, inizio, aggiornato, sequenza, annullato):
    """R20: whatever is typed, the text equals the one that icalendar writes, and no line break comes from the data."""
    una = voce(
        titolo=titolo,
        luogo=luogo,
        descrizione=descrizione,
        inizio=inizio,
        fine=inizio + timedelta(hours=1),
        aggiornato=aggiornato,
        sequenza=sequenza,
        annullato=annullato,
        url="https://raccordo.example/" + "a" * (sequenza % 90),
    )
    scritto = feed("Tavolo, uno", [una, voce()])
    assert scritto == con_la_libreria("Tavolo, uno", [una, voce()])
    assert (scritto.count(b"\r\nBEGIN:VEVENT\r\n"), scritto.count(b"\r\nATTENDEE")) == (2, 0)
    assert max(map(len, scritto.split(b"\r\n"))) <= 75


@given(SEGNI)
@settings(max_examples=200, deadline=None)
def test_nome_del_calendario_e_organizzatore_scritti_come_la_libreria(nome):
    piano = nome.replace("\n", " ").replace("\r", " ").replace('"', "'")
    una = voce(organizzatore=Persona("lavoro@provincia.example", "".join(c for c in piano if c.isprintable())))
    assert feed(nome, [una]) == con_la_libreria(nome, [una])


def test_un_calendario_vuoto_resta_un_calendario():
    assert feed("Vuoto", []) == con_la_libreria("Vuoto", [])
    assert Calendar.from_ical(feed("Vuoto", []))["x-wr-calname"] == "Vuoto"


@pytest.mark.parametrize("lunga", [74, 75, 76, 148, 149])
def test_le_righe_si_piegano_a_75_ottetti(lunga):
    piegata = piega(b"x" * lunga)
    assert [len(r) for r in piegata.split(b"\r\n")] == {
        74: [74], 75: [74, 2], 76: [74, 3], 148: [74, 75], 149: [74, 75, 2],
    }[lunga]  # fmt: skip


@pytest.mark.parametrize(
    ("utc", "locale"),
    [
        (datetime(2023, 3, 26, 0, 59, tzinfo=UTC), "20230326T015900"),
        (datetime(2023, 3, 26, 1, 0, tzinfo=UTC), "20230326T030000"),
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "20231029T023000"),
        (datetime(2023, 10, 29, 2, 0, tzinfo=UTC), "20231029T030000"),
        (datetime(2024, 2, 29, 9, 0, tzinfo=UTC), "20240229T100000"),
    ],
)
def test_ai_cambi_d_ora_l_ora_e_quella_di_roma(utc, locale):
    una = voce(inizio=utc, fine=utc + timedelta(hours=3))
    scritto = feed("Tavolo", [una])
    assert f"DTSTART;TZID=Europe/Rome:{locale}\r\n".encode() in scritto
    assert scritto == con_la_libreria("Tavolo", [una])


def test_un_lettore_indipendente_ritrova_gli_stessi_campi():
    """vobject, which shares no code with icalendar."""
    scritte = [*voci(3), voce(luogo=RIGHE_IN_PIU, descrizione="1. Apertura\n2. Varie; eventuali", annullato=True)]
    letto = vobject.readOne(feed("Tavolo per il lavoro, Crema", scritte).decode())
    assert (letto.method.value, letto.name, letto.x_wr_calname.value) == (
        "PUBLISH",
        "VCALENDAR",
        "Tavolo per il lavoro, Crema",
    )
    assert [
        (e.uid.value, int(e.sequence.value), e.summary.value, e.dtstart.value, e.dtend.value, e.status.value)
        for e in letto.vevent_list
    ] == [(v.uid, v.sequenza, v.titolo, v.inizio, v.fine, "CANCELLED" if v.annullato else "CONFIRMED") for v in scritte]
    assert [e.description.value for e in letto.vevent_list] == [v.descrizione for v in scritte]
    assert [e.location.value for e in letto.vevent_list] == [v.luogo.replace("\r\n", "\n") for v in scritte]
    assert letto.vtimezone.tzid.value == "Europe/Rome"
