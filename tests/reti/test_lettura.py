"""Reading what somebody else wrote: calendars and mails, tame and hostile (R21). Pure, no database."""

import base64
import contextlib
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from reti.ical import RICHIESTA, Evento, Persona, calendario
from reti.ical_lettura import LetturaImpossibile, decodifica, leggi_calendario
from reti.posta_lettura import leggi_messaggio, leggi_solo_intestazioni

REPLY = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:abc@raccordo
SEQUENCE:2
DTSTAMP:20230301T080000Z
DTSTART;TZID=Europe/Rome:20230307T100000
DTEND;TZID=Europe/Rome:20230307T120000
SUMMARY:Tavolo\\, seduta\\; la prima
COMMENT:Arrivo tardi\\nma vengo
ORGANIZER:mailto:risposte@provincia.example
ATTENDEE;CN="Rossi, Ada";PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bruno@ente.exa
 mple":MAILTO:Ada@Ente.example
END:VEVENT
END:VCALENDAR
"""
DIECI = datetime(2023, 3, 7, 9, tzinfo=UTC)


def con(vecchio, nuovo):
    assert vecchio in REPLY
    return REPLY.replace(vecchio, nuovo)


def test_una_risposta_si_legge_tutta():
    letto = leggi_calendario(REPLY.replace("\n", "\r\n"))
    assert (letto.metodo, letto.uid, letto.sequenza) == ("REPLY", "abc@raccordo", 2)
    assert (letto.inizio, letto.fine, letto.timbro) == (
        DIECI,
        DIECI + timedelta(hours=2),
        datetime(2023, 3, 1, 8, tzinfo=UTC),
    )
    assert (letto.titolo, letto.commento) == ("Tavolo, seduta; la prima", "Arrivo tardi\nma vengo")
    ada = letto.partecipanti[0]
    assert (ada.email, ada.nome, ada.risposta) == ("ada@ente.example", "Rossi, Ada", "DELEGATED")
    assert ada.delegato_a == ("bruno@ente.example",)
    assert letto.organizzatore.email == "risposte@provincia.example"


def test_legge_quello_che_noi_scriviamo():
    evento = Evento(
        uid="x@raccordo",
        sequenza=7,
        titolo="Seduta; è la prima",
        inizio=DIECI,
        fine=DIECI + timedelta(hours=1),
        timbro=DIECI,
        organizzatore=Persona("u@p.example", "Provincia"),
        luogo="Sala, piano 1",
        descrizione="1. Dati\n2. Varie",
    )
    letto = leggi_calendario(calendario(evento, metodo=RICHIESTA, invitato=Persona("ada@ente.example", "Ada")))
    assert (letto.metodo, letto.sequenza, letto.inizio, letto.luogo) == ("REQUEST", 7, DIECI, "Sala, piano 1")
    assert (letto.titolo, letto.descrizione) == ("Seduta; è la prima", "1. Dati\n2. Varie")
    assert letto.partecipanti[0].risposta == "NEEDS-ACTION"


def test_legge_quello_che_scrive_un_altra_libreria():
    """vobject is an independent implementation."""
    insieme = vobject.iCalendar()
    insieme.add("method").value = "REPLY"
    voce = insieme.add("vevent")
    voce.add("uid").value = "abc@raccordo"
    voce.add("dtstart").value = DIECI.astimezone(tz.UTC)
    voce.add("dtstamp").value = DIECI.astimezone(tz.UTC)
    voce.add("attendee").value = "mailto:ada@ente.example"
    voce.attendee.params["PARTSTAT"] = ["ACCEPTED"]
    letto = leggi_calendario(insieme.serialize())
    assert (letto.metodo, letto.uid, letto.inizio) == ("REPLY", "abc@raccordo", DIECI)
    assert (letto.partecipanti[0].email, letto.partecipanti[0].risposta) == ("ada@ente.example", "ACCEPTED")


OUTLOOK = (
    "BEGIN:VTIMEZONE\nTZID:{nome}\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:{a}\n"
    "RRULE:FREQ={ogni};BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:{b}\nRRULE:FREQ={ogni};BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


@pytest.mark.parametrize(
    ("fuso", "blocco", "ora_utc"),
    [
        ("Europe/Rome", "", 9),
        ("W. Europe Standard Time", "", 9),
        ("/freeassociation.sourceforge.net/Europe/Rome", "", 9),
        ("America/New_York", "", 15),
        ("Mio", OUTLOOK.format(nome="Mio", a="+0100", b="+0200", ogni="YEARLY"), 9),
        ("Fisso", OUTLOOK.format(nome="Fisso", a="+0530", b="+0530", ogni="YEARLY"), 4),
        # A zone that repeats every second is never computed.
        ("Bomba", OUTLOOK.format(nome="Bomba", a="+0100", b="+0200", ogni="SECONDLY"), 9),
    ],
)
def test_i_fusi_orari_dei_programmi_di_calendario(fuso, blocco, ora_utc):
    testo = con("TZID=Europe/Rome", f'TZID="{fuso}"').replace("BEGIN:VEVENT", blocco + "BEGIN:VEVENT")
    assert leggi_calendario(testo).inizio.astimezone(UTC).hour == ora_utc


@pytest.mark.parametrize(
    ("dtstart", "dtend", "inizio", "fine"),
    [
        ("DTSTART:20230307T100000", "DTEND:20230307T120000", DIECI, DIECI + timedelta(hours=2)),
        ("DTSTART:20230307T090000Z", "DURATION:PT90M", DIECI, DIECI + timedelta(minutes=90)),
        ("DTSTART:20230307T090000Z", "X-NULLA:1", DIECI, None),
        (
            "DTSTART;VALUE=DATE:20230307",
            "X-NULLA:1",
            datetime(2023, 3, 6, 23, tzinfo=UTC),
            datetime(2023, 3, 7, 23, tzinfo=UTC),
        ),
        ("X-NULLA:1", "X-NULLA:2", None, None),
    ],
)
def test_le_forme_di_inizio_e_fine(dtstart, dtend, inizio, fine):
    testo = con("DTSTART;TZID=Europe/Rome:20230307T100000", dtstart).replace(
        "DTEND;TZID=Europe/Rome:20230307T120000", dtend
    )
    letto = leggi_calendario(testo)
    assert (letto.inizio, letto.fine) == (inizio, fine)


RIPETIZIONE = "RRULE:FREQ=SECONDLY;COUNT=999999999"


def test_una_ripetizione_assurda_si_nota_e_non_si_svolge():
    letto = leggi_calendario(con("SEQUENCE:2", f"SEQUENCE:2\n{RIPETIZIONE}"))
    assert (letto.ricorrente, letto.inizio) == (True, DIECI)


OSTILI = {
    "vuoto": ("", "non è un calendario"),
    "altro testo": ("Ciao", "non è un calendario"),
    "senza incontri": ("BEGIN:VCALENDAR\nEND:VCALENDAR", "nessun incontro"),
    "troncato": (REPLY[:-30], "troncato"),
    "parte non chiusa": (con("END:VEVENT\n", ""), "non si chiude"),
    "senza UID": (con("UID:abc@raccordo\n", ""), "manca UID"),
    "UID smisurato": (con("abc@raccordo", "a" * 300), "manca UID"),
    "sequenza non numerica": (con("SEQUENCE:2", "SEQUENCE:-1"), "SEQUENCE"),
    "sequenza smisurata": (con("SEQUENCE:2", "SEQUENCE:" + "9" * 400), "SEQUENCE"),
    "data impossibile": (con("20230307T100000", "20231332T100000"), r"una data che non esiste.*DTSTART"),
    "anno 1": (con("20230307T100000", "00010101T000000"), "fuori misura"),
    "anno 9999": (con("20230301T080000Z", "99991231T235959Z"), "fuori misura"),
    "fuso sconosciuto": (con("TZID=Europe/Rome:20230307T10", "TZID=Marte/Nord:20230307T10"), "Marte/Nord"),
    "fuso che è un percorso": (con("TZID=Europe/Rome:20230307T10", "TZID=../../etc/passwd:20230307T10"), "fuso"),
    "durata smisurata": (con("DTEND;TZID=Europe/Rome:20230307T120000", "DURATION:P" + "9" * 30 + "W"), "durata"),
    "caratteri nulli": (con("SUMMARY:", "SUMMARY:\0"), "caratteri che non sono testo"),
    "riga illeggibile": (con("ORGANIZER:", 'ORGANIZER;=":'), "non si legge"),
    "riga gigante": (con("SUMMARY:", "SUMMARY:" + "x" * 60_000), "riga smisurata"),
    "testo gigante": (REPLY + "X" * 1_000_001, "troppo grande"),
    "troppe righe": (con("SEQUENCE:2", "SEQUENCE:2\n" + "X-A:1\n" * 20_001), "troppe righe"),
    "migliaia di eventi": (con("END:VCALENDAR", "BEGIN:VEVENT\nEND:VEVENT\n" * 3000 + "END:VCALENDAR"), "troppe parti"),
    "annidato": ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 50, "troppe parti"),
    "due incontri": (con("END:VCALENDAR", "BEGIN:VEVENT\nUID:altro\nEND:VEVENT\nEND:VCALENDAR"), "più incontri"),
    "mille invitati": (con("SEQUENCE:2", "SEQUENCE:2\n" + "ATTENDEE:mailto:a@b.it\n" * 501), "troppe persone"),
}


@pytest.mark.parametrize("caso", OSTILI)
def test_un_calendario_ostile_e_rifiutato_con_una_frase(caso):
    testo, frase = OSTILI[caso]
    with pytest.raises(LetturaImpossibile, match=frase):
        leggi_calendario(testo)


def test_il_fuso_di_un_messaggio_non_resta_per_il_successivo():
    """A library that remembers zones by name would let one sender shift everybody's times."""
    blocco = OUTLOOK.format(nome="Ufficio", a="+1000", b="+1000", ogni="YEARLY")
    mio = con("TZID=Europe/Rome", "TZID=Ufficio")
    assert leggi_calendario(mio.replace("BEGIN:VEVENT", blocco + "BEGIN:VEVENT")).inizio.astimezone(UTC).hour == 0
    with pytest.raises(LetturaImpossibile, match="Ufficio"):
        leggi_calendario(mio)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nessuna_alterazione_fa_cadere_chi_legge(data):
    """Cut, doubled or dirty anywhere: an answer or a refusal with a sentence, never another error."""
    da = data.draw(st.integers(0, len(REPLY)))
    a = data.draw(st.integers(da, min(len(REPLY), da + 40)))
    testo = REPLY[:da] + data.draw(st.text(max_size=30)) + REPLY[a:]
    with contextlib.suppress(LetturaImpossibile):
        assert leggi_calendario(testo).uid


# -- Mails --------------------------------------------------------------------------


def mail(corpo=REPLY, *, testa="", codifica="8bit", tipo="text/calendar; method=REPLY; charset=utf-8"):
    return (
        f"From: =?utf-8?q?Ada_=C3=88?= <Ada@Ente.example>\r\nTo: risposte+0a1b@provincia.example\r\n"
        f"Subject: =?utf-8?q?S=C3=AC?=\r\nMessage-ID: <1@ente.example>\r\n{testa}"
        f"MIME-Version: 1.0\r\nContent-Type: {tipo}\r\nContent-Transfer-Encoding: {codifica}\r\n\r\n{corpo}"
    ).encode()


def test_una_mail_si_legge():
    letta = leggi_messaggio(mail(testa="Delivered-To: casella+0a1b@provincia.example\r\n"))
    assert (letta.mittente, letta.oggetto, letta.message_id) == ("ada@ente.example", "Sì", "<1@ente.example>")
    assert letta.destinatari == ["risposte+0a1b@provincia.example", "casella+0a1b@provincia.example"]
    assert [leggi_calendario(c).uid for c in letta.calendari] == ["abc@raccordo"]
    assert letta.automatico is False


@pytest.mark.parametrize("codifica", ["utf-8", "iso-8859-1", "utf-16", "inventata", '"'])
def test_la_codifica_dichiarata_puo_essere_falsa(codifica):
    testo = con("Tavolo", "Città")
    corpo = base64.encodebytes(testo.encode("utf-8")).decode()
    letta = leggi_messaggio(mail(corpo, codifica="base64", tipo=f"text/calendar; charset={codifica}"))
    assert len(letta.calendari) == 1


def multiparte(*parti):
    corpo = "".join(f"--x\r\nContent-Type: {tipo}\r\n\r\n{testo}\r\n" for tipo, testo in parti) + "--x--\r\n"
    return mail(corpo, tipo="multipart/mixed; boundary=x")


def test_lo_stesso_calendario_due_volte_conta_una():
    doppia = multiparte(
        ("text/plain", "Ada ha accettato"),
        ("text/calendar; method=REPLY", REPLY),
        ("application/octet-stream; name=invito.ics", REPLY),
    )
    letta = leggi_messaggio(doppia)
    assert (len(letta.calendari), letta.testo.strip()) == (1, "Ada ha accettato")


def test_il_calendario_di_un_messaggio_inoltrato_si_guarda_solo_se_richiesto():
    """A PEC carries the mail inside; the answer of another, attached to a mail, is no answer of the sender."""
    dentro = multiparte(("text/plain", "Busta"), ("message/rfc822", mail().decode()))
    assert leggi_messaggio(dentro).calendari == []
    assert len(leggi_messaggio(dentro, anche_inoltrati=True).calendari) == 1


@pytest.mark.parametrize("testa", ["Auto-Submitted: auto-replied\r\n", "Return-Path: <>\r\n"])
def test_una_risposta_automatica_si_riconosce(testa):
    assert leggi_messaggio(mail("Sono in ferie", testa=testa, tipo="text/plain")).automatico is True


MAIL_OSTILI = {
    "troppo grande": (mail("x" * 2_000_001), "troppo grande"),
    "annidata": (
        mail("".join(f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(5000))),
        "troppe parti",
    ),
    "mille parti": (multiparte(*[("text/plain", "x")] * 1000), "troppe parti"),
    "dieci calendari": (multiparte(*[("text/calendar", f"{n}") for n in range(10)]), "troppi calendari"),
}


@pytest.mark.parametrize("caso", MAIL_OSTILI)
def test_una_mail_ostile_e_rifiutata_con_una_frase(caso):
    contenuto, frase = MAIL_OSTILI[caso]
    with pytest.raises(LetturaImpossibile, match=frase):
        leggi_messaggio(contenuto)


@pytest.mark.parametrize(
    "testa",
    [
        "To: " + "(" * 3000 + "\r\n",
        "To: " + "a" * 100_000 + "@x.example\r\n",
        "Subject: =?utf-8?b?@@@?=\r\n",
        "Subject: =?nessuna?q?x?=\r\n",
        "To: \xff\xfe<>,,,;;@@\r\n",
        "Cc: " + "a@b.example, " * 5000 + "\r\n",
    ],
)
def test_intestazioni_rotte_non_fermano_la_lettura(testa):
    contenuto = testa.encode("latin-1") + mail()
    assert leggi_messaggio(contenuto).mittente == "ada@ente.example"
    assert leggi_solo_intestazioni(contenuto).calendari == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_byte_qualsiasi_non_fanno_cadere_chi_legge(sporco, da):
    intera = mail()
    with contextlib.suppress(LetturaImpossibile):
        assert isinstance(leggi_messaggio(intera[:da] + sporco + intera[da:]).oggetto, str)


@pytest.mark.parametrize(
    ("codifica", "contenuto", "atteso"),
    [
        ("utf-8", "è".encode(), "è"),
        ("ISO-8859-1", b"\xe8", "è"),
        ("windows-1252", b"\x80", "€"),
        ("punycode", b"abc-" + b"a" * 200_000, "abc-" + "a" * 200_000),
        ("unicode_escape", rb"\ud800", r"\ud800"),
        ("idna", b"xn--a", "xn--a"),
        ("non esiste", "è".encode(), "è"),
    ],
)
def test_si_provano_solo_le_codifiche_della_posta(codifica, contenuto, atteso):
    """Some of Python's codecs take minutes, or give characters that no database can write."""
    assert decodifica(contenuto, codifica) == atteso
