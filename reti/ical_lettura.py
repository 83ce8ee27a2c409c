"""Read one iCalendar event that somebody else wrote (RFC 5545, RFC 5546): pure, no database (R21).

The text is hostile until proved otherwise. Only the lines that matter are taken
apart, nothing is repeated (an RRULE is noted, never expanded) and no time zone is
built from what the text says, so that a calendar bomb costs what its length costs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _
from icalendar import vDuration
from icalendar.parser import Contentline
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from core.errori import Rifiuto
from reti.ical import ROMA

# Characters, lines, components, levels, characters in a line that we take apart, people in one event.
MASSIMO_TESTO, MASSIME_RIGHE, MASSIMI_COMPONENTI, MASSIMO_LIVELLO = 1_000_000, 20_000, 200, 6
MASSIMA_RIGA, MASSIMI_PARTECIPANTI = 50_000, 500
ANNI = range(1990, 2200)
CODIFICHE = re.compile(r"utf[-_]?(8|16)|(us[-_])?ascii|iso[-_]8859[-_]\d\d?|latin[-_]?1|(windows[-_]|cp)125\d")
_PIEGA = re.compile(r"\n[ \t]")
_DATA_ORA = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_SCARTO = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?", re.ASCII)
_INTERESSANTI = frozenset(
    {"METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "DESCRIPTION"}
    | {"COMMENT", "STATUS", "URL", "ORGANIZER", "ATTENDEE", "RRULE", "RDATE", "RECURRENCE-ID"}
)


class LetturaImpossibile(Rifiuto):
    """The message or the calendar can't be read; the sentence says why."""


@dataclass(frozen=True)
class Partecipante:
    """One ATTENDEE or ORGANIZER: addresses in lower case, `risposta` is PARTSTAT in capitals."""

    email: str
    nome: str = ""
    risposta: str = ""
    delegato_a: tuple[str, ...] = ()
    delegato_da: tuple[str, ...] = ()


@dataclass(frozen=True)
class CalendarioLetto:
    """The one event of a calendar. Times are aware, None where absent; `sequenza` 0 where absent."""

    metodo: str = ""
    uid: str = ""
    sequenza: int = 0
    timbro: datetime | None = None
    inizio: datetime | None = None
    fine: datetime | None = None
    tutto_il_giorno: bool = False
    senza_fuso: bool = False  # a floating start: the text names no zone
    ricorrente: bool = False
    titolo: str = ""
    luogo: str = ""
    descrizione: str = ""
    commento: str = ""
    stato: str = ""
    url: str = ""
    organizzatore: Partecipante | None = None
    partecipanti: list[Partecipante] = field(default_factory=list)


@dataclass(frozen=True)
class _Riga:
    nome: str
    parametri: dict[str, str | list[str]]
    valore: str  # as written, still escaped


def leggi_calendario(testo: str | bytes) -> CalendarioLetto:
    """The event of an iCalendar text. Raises LetturaImpossibile with a sentence.

    One event only: an exception to a series (RECURRENCE-ID) is passed over when the
    series itself is there. Floating times are read as Europe/Rome.
    """
    if isinstance(testo, bytes):
        testo = decodifica(testo, "utf-8")
    eventi, insieme, fusi = _taglia(_righe(testo))
    if not eventi:
        raise LetturaImpossibile(_("Il calendario non contiene nessun incontro."))
    # One event, whose own line comes before those of its exceptions.
    principale = next((e for e in eventi if not any(r.nome == "RECURRENCE-ID" for r in e)), eventi[0])
    letto = _evento(principale, fusi)
    if {_testo_di(e, "UID") for e in eventi} != {letto.uid}:
        raise LetturaImpossibile(_("Il calendario contiene più incontri: ne serve uno per volta."))
    return replace(letto, metodo=_testo_di(insieme, "METHOD").upper())


def decodifica(contenuto: bytes, codifica: str) -> str:
    """Text from bytes whose declared charset may be wrong, unknown or absent; never fails.

    Only charsets that mail really uses are tried: some of Python's codecs take minutes on a text made on purpose,
    or give characters that can't be written.
    """
    for tentata in (codifica if CODIFICHE.fullmatch(codifica.strip().lower()) else "utf-8", "utf-8"):
        try:
            return contenuto.decode(tentata).encode("utf-8", "replace").decode()
        except (LookupError, ValueError):
            continue
    return contenuto.decode("cp1252", errors="replace")


def _righe(testo: str) -> list[str]:
    """Unfolded lines, within the limits."""
    if len(testo) > MASSIMO_TESTO:
        raise LetturaImpossibile(_("Il calendario è troppo grande per un solo incontro."))
    if "\0" in testo:
        raise LetturaImpossibile(_("Il calendario contiene caratteri che non sono testo."))
    testo = testo.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    righe = [r for r in _PIEGA.sub("", testo).split("\n") if r.strip()]
    if len(righe) > MASSIME_RIGHE:
        raise LetturaImpossibile(_("Il calendario ha troppe righe per un solo incontro."))
    if not righe or righe[0].strip().upper() != "BEGIN:VCALENDAR":
        raise LetturaImpossibile(_("Il testo non è un calendario (iCalendar)."))
    return righe


def _taglia(righe: list[str]) -> tuple[list[list[_Riga]], list[_Riga], dict[str, set[str]]]:
    """(lines of each event, lines of the calendar itself, offsets that each of its time zones names)."""
    eventi: list[list[_Riga]] = []
    insieme: list[_Riga] = []
    fusi: dict[str, set[str]] = {}
    fuso = ""
    for aperti, nome, riga in _con_le_parti(righe):
        if nome == "BEGIN" and aperti == ["VCALENDAR", "VEVENT"]:
            eventi.append([])
        elif aperti[:2] == ["VCALENDAR", "VTIMEZONE"]:
            valore = riga.partition(":")[2].strip()
            fuso = valore if nome == "TZID" else fuso
            fusi.setdefault(fuso, set()).update([valore] if nome == "TZOFFSETTO" else [])
        elif nome in _INTERESSANTI and aperti in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            (eventi[-1] if len(aperti) > 1 else insieme).append(_riga(riga))
    return eventi, insieme, fusi


def _con_le_parti(righe: list[str]) -> Iterator[tuple[list[str], str, str]]:
    """(names of the open components, name of the line, line), refusing what isn't well nested."""
    aperti: list[str] = []
    componenti = 0
    for riga in righe:
        nome = re.split("[:;]", riga, maxsplit=1)[0].strip().upper()
        parte = riga.partition(":")[2].strip().upper()
        if nome == "BEGIN":
            aperti.append(parte)
            componenti += 1
            if componenti > MASSIMI_COMPONENTI or len(aperti) > MASSIMO_LIVELLO:
                raise LetturaImpossibile(_("Il calendario ha troppe parti per un solo incontro."))
        elif nome == "END" and (not aperti or aperti.pop() != parte):
            raise LetturaImpossibile(_("Il calendario è scritto male: una parte non si chiude."))
        yield aperti, nome, riga
    if aperti:
        raise LetturaImpossibile(_("Il calendario è troncato: manca la fine."))


def _riga(riga: str) -> _Riga:
    if len(riga) > MASSIMA_RIGA:
        raise LetturaImpossibile(_("Il calendario ha una riga smisurata."))
    try:
        nome, parametri, valore = Contentline(riga).raw_parts()
    except (ValueError, AssertionError, IndexError):
        raise LetturaImpossibile(_("Il calendario è scritto male: una riga non si legge."))
    return _Riga(nome.upper(), {k.upper(): v for k, v in parametri.items()}, valore)


def _cerca(righe: list[_Riga], nome: str) -> Iterator[_Riga]:
    return (r for r in righe if r.nome == nome)


def _testo_di(righe: list[_Riga], nome: str) -> str:
    riga = next(_cerca(righe, nome), None)
    if riga is None:
        return ""
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], riga.valore).strip()


def _evento(righe: list[_Riga], fusi: dict[str, set[str]]) -> CalendarioLetto:
    if sum(1 for _r in _cerca(righe, "ATTENDEE")) > MASSIMI_PARTECIPANTI:
        raise LetturaImpossibile(_("Il calendario nomina troppe persone per un solo incontro."))
    uid = _testo_di(righe, "UID")
    if not uid or len(uid) > 255:
        raise LetturaImpossibile(_("Il calendario non dice di quale incontro parla (manca UID)."))
    sequenza = _testo_di(righe, "SEQUENCE") or "0"
    if not re.fullmatch(r"\d{1,9}", sequenza, re.ASCII):
        raise LetturaImpossibile(_("Il calendario ha un numero di versione (SEQUENCE) che non è un numero."))
    inizio = next((_istante(r, fusi) for r in _cerca(righe, "DTSTART")), None)
    return CalendarioLetto(
        uid=uid,
        sequenza=int(sequenza),
        timbro=next((_istante(r, fusi) for r in _cerca(righe, "DTSTAMP")), None),
        inizio=inizio,
        fine=_fine(righe, inizio, fusi),
        tutto_il_giorno=any("T" not in r.valore for r in _cerca(righe, "DTSTART")),
        senza_fuso=any(_fluttuante(r) for r in _cerca(righe, "DTSTART")),
        ricorrente=any(r.nome in ("RRULE", "RDATE", "RECURRENCE-ID") for r in righe),
        titolo=_testo_di(righe, "SUMMARY"),
        luogo=_testo_di(righe, "LOCATION"),
        descrizione=_testo_di(righe, "DESCRIPTION"),
        commento=_testo_di(righe, "COMMENT"),
        stato=_testo_di(righe, "STATUS").upper(),
        url=_testo_di(righe, "URL"),
        organizzatore=next((_persona(r) for r in _cerca(righe, "ORGANIZER")), None),
        partecipanti=[_persona(r) for r in _cerca(righe, "ATTENDEE")],
    )


def _persona(riga: _Riga) -> Partecipante:
    return Partecipante(
        email=_indirizzo(riga.valore),
        nome=_lista(riga, "CN")[0].strip() if _lista(riga, "CN") else "",
        risposta="".join(_lista(riga, "PARTSTAT")).upper(),
        delegato_a=tuple(_indirizzo(v) for v in _lista(riga, "DELEGATED-TO")),
        delegato_da=tuple(_indirizzo(v) for v in _lista(riga, "DELEGATED-FROM")),
    )


def _lista(riga: _Riga, nome: str) -> list[str]:
    valore = riga.parametri.get(nome, [])
    return valore if isinstance(valore, list) else [valore]


def _indirizzo(valore: str) -> str:
    return re.sub(r"(?i)^mailto:", "", valore.strip().strip('"')).strip().lower()


def _fine(righe: list[_Riga], inizio: datetime | None, fusi: dict[str, set[str]]) -> datetime | None:
    """DTEND, or the start plus DURATION, or the day's end; None when the text doesn't say."""
    if detta := next((_istante(r, fusi) for r in _cerca(righe, "DTEND")), None):
        return detta
    if inizio is None:
        return None
    if durata := _testo_di(righe, "DURATION"):
        try:
            return inizio + vDuration.from_ical(durata)
        except (ValueError, OverflowError, TypeError):
            raise LetturaImpossibile(_("Il calendario ha una durata che non si legge."))
    tutto_il_giorno = any("T" not in r.valore for r in _cerca(righe, "DTSTART"))
    return inizio + timedelta(days=1) if tutto_il_giorno else None


def _fluttuante(riga: _Riga) -> bool:
    return "T" in riga.valore and "Z" not in riga.valore and not _lista(riga, "TZID")


def _istante(riga: _Riga, fusi: dict[str, set[str]]) -> datetime:
    """An aware instant; a date is its first instant in Rome."""
    pezzi = _DATA_ORA.fullmatch(riga.valore.strip())
    try:
        if not pezzi or int(pezzi[1]) not in ANNI:
            raise ValueError(riga.valore)
        giorno = date(int(pezzi[1]), int(pezzi[2]), int(pezzi[3]))
        # A leap second (60) is the one before it.
        ora = time(int(pezzi[4]), int(pezzi[5]), min(int(pezzi[6]), 59)) if pezzi[4] else time()
    except ValueError:
        raise LetturaImpossibile(_("Il calendario ha una data che non esiste o fuori misura (%s).") % riga.nome)
    nomi = _lista(riga, "TZID")
    fuso = UTC if pezzi[7] else _fuso(nomi[0], fusi) if nomi else ROMA
    return datetime.combine(giorno, ora, fuso)


def _fuso(nome: str, fusi: dict[str, set[str]]) -> tzinfo:
    """The zone of that name as the world knows it; one that only this calendar knows counts if its offsets tell it."""
    nome = nome.strip('"')
    pulito = "/".join(nome.strip("/").split("/")[-2:])
    for tentato in (nome, WINDOWS_TO_OLSON.get(nome, ""), pulito):
        try:
            return ZoneInfo(tentato)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    scarti = fusi.get(nome, set())
    if scarti and scarti <= {"+0100", "+0200", "+010000", "+020000"} and len(scarti) > 1:
        return ROMA
    if len(scarti) == 1 and (m := _SCARTO.fullmatch(next(iter(scarti)))) and int(m[2]) < 24:
        minuti = int(m[2]) * 60 + int(m[3])
        return timezone(timedelta(minutes=minuti if m[1] == "+" else -minuti))
    raise LetturaImpossibile(_("Il calendario usa un fuso orario sconosciuto: «%s».") % nome[:60])
