"""A feed in the hands of real programs: Radicale keeps it and finds events by time, vobject reads them back (R20)."""

import threading
import urllib.request
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import vobject
from radicale import config
from radicale.app import Application

from reti.feed import Voce, feed
from reti.ical import Persona
from tests.bench.feed import voci

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
RICERCA = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{dalle:%Y%m%dT%H%M%SZ}" end="{alle:%Y%m%dT%H%M%SZ}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


class _Muto(WSGIRequestHandler):
    def log_message(self, *parti: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def caldav(tmp_path):
    """Address of a collection on a CalDAV server that listens on this machine."""
    impostazioni = config.load()
    impostazioni.update(
        {
            "storage": {"filesystem_folder": str(tmp_path)},
            "auth": {"type": "none"},
            "rights": {"type": "authenticated"},
        },
        "prova",
        privileged=True,
    )
    with make_server("127.0.0.1", 0, Application(impostazioni), handler_class=_Muto) as server:
        filo = threading.Thread(target=server.serve_forever)
        filo.start()
        yield f"http://127.0.0.1:{server.server_port}/ada/tavoli/"
        server.shutdown()
        filo.join()


def chiede(url: str, metodo: str, corpo: bytes, tipo: str, **intestazioni: str) -> tuple[int, bytes]:
    """One request as `ada`, whom this server believes."""
    testate = {"Content-Type": tipo, "Authorization": "Basic YWRhOmFkYQ=="} | intestazioni
    richiesta = urllib.request.Request(url, corpo, testate, method=metodo)  # noqa: S310  our own server
    with urllib.request.urlopen(richiesta) as risposta:  # noqa: S310  our own server
        return risposta.status, risposta.read()


def trovati(url: str, dalle: datetime, alle: datetime) -> dict[str, vobject.base.Component]:
    """Events of the collection between two instants, by UID."""
    corpo = RICERCA.format(dalle=dalle, alle=alle).encode()
    _stato, xml = chiede(url, "REPORT", corpo, "application/xml", Depth="1")
    testi = [e.text for e in ET.fromstring(xml).iter(f"{CALDAV}calendar-data")]  # noqa: S314  our own server
    return {e.uid.value: e for t in testi for e in vobject.readOne(t).vevent_list}


def test_un_server_caldav_tiene_il_feed_e_ne_ritrova_gli_eventi(caldav):
    """The clock changes on 26 March 2023: the server works out the hour of 10:00 in Rome from our VTIMEZONE."""
    prima, dopo = (
        Voce(
            uid=f"{giorno}@raccordo",
            sequenza=1,
            titolo="Perché, quando; dove è l'attività?",
            inizio=datetime(2023, 3, giorno, ora, 0, tzinfo=UTC),
            fine=datetime(2023, 3, giorno, ora + 1, 0, tzinfo=UTC),
            aggiornato=datetime(2023, 3, 1, tzinfo=UTC),
            organizzatore=Persona("lavoro@provincia.example", "Provincia, settore lavoro"),
            descrizione="1. Priorità\n2. Varie; eventuali\n" + "più e più volte, " * 20,
            annullato=giorno == 27,
        )
        for giorno, ora in ((25, 9), (27, 8))
    )
    stato, _corpo = chiede(caldav, "PUT", feed("Tavolo per il lavoro", [prima, dopo, *voci(3)]), "text/calendar")
    assert stato == 201
    ora = timedelta(hours=1)
    for voce in (prima, dopo):
        letti = trovati(caldav, voce.inizio, voce.fine)
        assert list(letti) == [voce.uid]
        evento = letti[voce.uid]
        assert (evento.summary.value, evento.description.value) == (voce.titolo, voce.descrizione)
        assert (evento.dtstart.value, evento.dtend.value) == (voce.inizio, voce.fine)
        assert evento.status.value == ("CANCELLED" if voce.annullato else "CONFIRMED")
        assert trovati(caldav, voce.inizio - ora, voce.inizio) == trovati(caldav, voce.fine, voce.fine + ora) == {}
    gennaio = trovati(caldav, datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 2, 1, tzinfo=UTC))
    assert sorted(gennaio) == [v.uid for v in voci(3)]
    assert [gennaio[v.uid].location.value for v in voci(3)] == [v.luogo for v in voci(3)]
