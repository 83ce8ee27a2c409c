"""A feed of many meetings: by the icalendar library alone, and joined by hand; both texts are the product's own."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from reti.feed import Voce
from reti.ical import PRODUTTORE, ROMA, Persona, fuso_di_roma

UFFICIO = Persona("lavoro@provincia.example", "Provincia")
TESTA = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Raccordo//Tavoli//IT
METHOD:PUBLISH
NAME:{nome}
X-WR-CALNAME:{nome}
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
"""


def voci(quante: int) -> list[Voce]:
    """Meetings one day apart, as offices write them: accents, commas, an agenda that must be folded."""
    primo = datetime(2023, 1, 9, 9, 0, tzinfo=UTC)
    return [
        Voce(
            uid=f"incontro-{n}@raccordo",
            sequenza=n % 3,
            titolo=f"Incontro {n} del tavolo, seduta ordinaria",
            inizio=primo + timedelta(days=n),
            fine=primo + timedelta(days=n, hours=2),
            aggiornato=primo,
            organizzatore=UFFICIO,
            luogo="Sala consiliare, corso Vittorio Emanuele II 17, Cremona",
            descrizione="Tavolo per il lavoro\n\nOrdine del giorno:\n1. Comunicazioni\n"
            f"2. Attività del {2000 + n}, priorità e responsabilità di ciascuno\n3. Varie",
            url=f"https://raccordo.example/tavoli/incontri/{n:012d}/",
        )
        for n in range(quante)
    ]


def con_la_libreria(nome: str, elenco: list[Voce]) -> bytes:
    """What a programmer writes with icalendar and nothing else."""
    insieme = Calendar()
    insieme.add("prodid", PRODUTTORE)
    insieme.add("version", "2.0")
    insieme.add("method", "PUBLISH")
    insieme.add("name", vText(nome))
    insieme.add("x-wr-calname", vText(nome))
    insieme.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    insieme.add("x-published-ttl", vDuration(timedelta(hours=1)))
    insieme.add_component(fuso_di_roma())
    for voce in elenco:
        insieme.add_component(_evento(voce))
    return insieme.to_ical()


def _evento(voce: Voce) -> Event:
    evento = Event()
    evento.add("uid", voce.uid)
    evento.add("sequence", voce.sequenza)
    evento.add("summary", voce.titolo)
    evento.add("dtstart", voce.inizio.astimezone(ROMA))
    evento.add("dtend", voce.fine.astimezone(ROMA))
    evento.add("dtstamp", voce.aggiornato)
    evento.add("last-modified", voce.aggiornato)
    evento.add("status", "CANCELLED" if voce.annullato else "CONFIRMED")
    organizzatore = vCalAddress(f"mailto:{voce.organizzatore.email}")
    if voce.organizzatore.nome:
        organizzatore.params["CN"] = vText(voce.organizzatore.nome)
    evento.add("organizer", organizzatore)
    for nome, valore in (("location", voce.luogo), ("description", voce.descrizione), ("url", voce.url)):
        if valore:
            evento.add(nome, valore)
    return evento


def _scappa(valore: str) -> str:
    return valore.replace(",", r"\,").replace("\n", r"\n")


def _piega(riga: str) -> str:
    """Cut every 74 octets, never inside a character nor after a backslash."""
    dati, pezzi = riga.encode(), []
    while len(dati) > 74:
        a = 74
        while 0x80 <= dati[a] < 0xC0:
            a -= 1
        if dati[a - 1] == 0x5C:
            a -= 1
        pezzi.append(dati[:a])
        dati = dati[a:]
    return b"\r\n ".join([*pezzi, dati]).decode()


def a_mano(nome: str, elenco: list[Voce], fuso: str) -> bytes:
    """The loop that a competent person writes for these meetings: it escapes and folds only what these need."""
    pezzi = [TESTA.format(nome=nome).replace("\n", "\r\n"), fuso]
    for v in elenco:
        pezzi.append(
            "BEGIN:VEVENT\r\n"
            f"SUMMARY:{_scappa(v.titolo)}\r\n"
            f"DTSTART;TZID=Europe/Rome:{v.inizio.astimezone(ROMA):%Y%m%dT%H%M%S}\r\n"
            f"DTEND;TZID=Europe/Rome:{v.fine.astimezone(ROMA):%Y%m%dT%H%M%S}\r\n"
            f"DTSTAMP:{v.aggiornato:%Y%m%dT%H%M%SZ}\r\n"
            f"UID:{v.uid}\r\n"
            f"SEQUENCE:{v.sequenza}\r\n"
            f"{_piega('DESCRIPTION:' + _scappa(v.descrizione))}\r\n"
            f"LAST-MODIFIED:{v.aggiornato:%Y%m%dT%H%M%SZ}\r\n"
            f"LOCATION:{_scappa(v.luogo)}\r\n"
            f"ORGANIZER;CN={v.organizzatore.nome}:mailto:{v.organizzatore.email}\r\n"
            "STATUS:CONFIRMED\r\n"
            f"URL:{v.url}\r\n"
            "END:VEVENT\r\n"
        )
    pezzi.append("END:VCALENDAR\r\n")
    return "".join(pezzi).encode()


def voci_semplici(quante: int) -> list[Voce]:
    """The same meetings with nothing to escape and nothing to fold."""
    return [v._replace(titolo=f"Incontro {n}", luogo="Sala", descrizione="") for n, v in enumerate(voci(quante))]


def a_mano_semplici(nome: str, elenco: list[Voce], fuso: str) -> bytes:
    """The barest loop: right for `voci_semplici` only."""
    pezzi = [TESTA.format(nome=nome).replace("\n", "\r\n"), fuso]
    for v in elenco:
        pezzi.append(
            "BEGIN:VEVENT\r\n"
            f"SUMMARY:{v.titolo}\r\n"
            f"DTSTART;TZID=Europe/Rome:{v.inizio.astimezone(ROMA):%Y%m%dT%H%M%S}\r\n"
            f"DTEND;TZID=Europe/Rome:{v.fine.astimezone(ROMA):%Y%m%dT%H%M%S}\r\n"
            f"DTSTAMP:{v.aggiornato:%Y%m%dT%H%M%SZ}\r\n"
            f"UID:{v.uid}\r\n"
            f"SEQUENCE:{v.sequenza}\r\n"
            f"LAST-MODIFIED:{v.aggiornato:%Y%m%dT%H%M%SZ}\r\n"
            f"LOCATION:{v.luogo}\r\n"
            f"ORGANIZER;CN={v.organizzatore.nome}:mailto:{v.organizzatore.email}\r\n"
            "STATUS:CONFIRMED\r\n"
            f"URL:{v.url}\r\n"
            "END:VEVENT\r\n"
        )
    pezzi.append("END:VCALENDAR\r\n")
    return "".join(pezzi).encode()
