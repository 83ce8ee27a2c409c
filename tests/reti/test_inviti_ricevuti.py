"""An invitation that others sent, as a file: what it says, what it leaves open, what is refused (R26). Pure."""

from datetime import UTC, date, datetime, time

import pytest

from reti.ical_lettura import LetturaImpossibile
from reti.inviti_ricevuti import MASSIMO, avvertenze, campi_di, leggi_invito, proposta

ICS = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:a1@regione.example
SEQUENCE:0
DTSTAMP:20230201T080000Z
DTSTART;TZID=Europe/Rome:20230307T100000
DTEND;TZID=Europe/Rome:20230307T123000
SUMMARY:Tavolo regionale
LOCATION:Palazzo Lombardia\\, Milano
DESCRIPTION:1. Apertura\\n2. Politiche attive\\n________________\\nPartecipa da qui
ORGANIZER;CN=Regione:mailto:lavoro@regione.example
END:VEVENT
END:VCALENDAR
"""
MAIL = f"""From: Segreteria <segreteria@regione.example>
To: provincia@provincia.example
Subject: =?utf-8?q?Convocazione_del_tavolo_di_met=C3=A0_mese?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Buongiorno,
ci vediamo.
--b
Content-Type: text/calendar; method=REQUEST

{ICS}
--b--
"""
SENZA_CALENDARIO = "From: a@regione.example\nSubject: Vediamoci\n\nMartedì alle dieci, in sede."


def con(vecchio, nuovo=""):
    assert vecchio in ICS
    return ICS.replace(vecchio, nuovo).encode()


def test_un_ics_dice_tutto():
    invito = leggi_invito(ICS.encode())
    assert proposta(invito) == {
        "titolo": "Tavolo regionale",
        "giorno": date(2023, 3, 7),
        "dalle": time(10),
        "alle": time(12, 30),
        "modalita": "presenza",
        "luogo": "Palazzo Lombardia, Milano",
        "ordine_del_giorno": "1. Apertura\n2. Politiche attive",
    }
    assert (avvertenze(invito), invito.uid, invito.organizzatore) == (
        [],
        "a1@regione.example",
        "lavoro@regione.example",
    )


def test_la_mail_porta_lo_stesso_invito():
    invito = leggi_invito(MAIL.encode())
    assert (invito.estensione, proposta(invito)) == ("eml", proposta(leggi_invito(ICS.encode())))


def test_una_pec_porta_l_invito_nella_sua_busta():
    busta = f"From: posta-certificata@pec.example\nSubject: POSTA CERTIFICATA\nContent-Type: message/rfc822\n\n{MAIL}"
    assert leggi_invito(busta.encode()).uid == "a1@regione.example"


def test_una_mail_senza_calendario_da_titolo_e_testo():
    invito = leggi_invito(SENZA_CALENDARIO.encode())
    assert proposta(invito) == {"titolo": "Vediamoci", "ordine_del_giorno": "Martedì alle dieci, in sede."}
    assert avvertenze(invito) == [
        "La mail non porta un invito di calendario: completa a mano data e orario. La mail resta allegata."
    ]


ROMA = ";TZID=Europe/Rome:20230307T100000"
FINE = "DTEND;TZID=Europe/Rome:20230307T123000\n"


@pytest.mark.parametrize(
    ("inizio", "fine", "valori", "frase"),
    [
        (":20230307T090000Z", "DTEND:20230307T113000Z\n", (7, time(10), time(12, 30), None), None),
        (
            ";TZID=America/New_York:20230307T040000",
            "DURATION:PT2H30M\n",
            (7, time(10), time(12, 30), None),
            "L'orario era scritto in un altro fuso (04:00): qui è convertito in quello italiano.",
        ),
        (
            ";TZID=W. Europe Standard Time:20230307T100000",
            "DTEND;TZID=W. Europe Standard Time:20230307T123000\n",
            (7, time(10), time(12, 30), None),
            None,
        ),
        (
            ":20230307T100000",
            "DTEND:20230307T123000\n",
            (7, time(10), time(12, 30), None),
            "L'invito non dice il fuso orario: l'orario è inteso come italiano, controllalo.",
        ),
        (
            ";VALUE=DATE:20230307",
            "DTEND;VALUE=DATE:20230309\n",
            (7, None, None, date(2023, 3, 8)),
            "L'invito vale per tutto il giorno: scrivi l'orario.",
        ),
        (";VALUE=DATE:20230307", "", (7, None, None, None), "L'invito vale per tutto il giorno: scrivi l'orario."),
        (ROMA, "", (7, time(10), None, None), "L'invito non dice quando finisce: scrivi l'ora di fine."),
        (
            ROMA,
            "DTEND;TZID=Europe/Rome:20230308T130000\n",
            (7, time(10), time(13), date(2023, 3, 8)),
            None,
        ),
        (
            ROMA,
            FINE + "RRULE:FREQ=SECONDLY\n",
            (7, time(10), time(12, 30), None),
            "L'invito si ripete: qui si registra un solo incontro, gli altri si aggiungono a mano.",
        ),
    ],
)
def test_i_tempi(inizio, fine, valori, frase):
    invito = leggi_invito(ICS.replace(ROMA, inizio).replace(FINE, fine).encode())
    trovati = proposta(invito)
    giorno, dalle, alle, ultimo = valori
    assert trovati["giorno"] == date(2023, 3, giorno)
    assert [trovati.get(c) for c in ("dalle", "alle", "giorno_fine")] == [dalle, alle, ultimo]
    assert avvertenze(invito) == ([frase] if frase else [])


def test_senza_data_si_chiede_la_data():
    invito = leggi_invito(con(f"DTSTART{ROMA}\n").replace(FINE.encode(), b""))
    assert avvertenze(invito) == ["L'invito non dice quando: scrivi data e orario."]
    assert "giorno" not in proposta(invito)


@pytest.mark.parametrize(
    ("luogo", "descrizione", "attesi"),
    [
        ("https://teams.example.com/l/meetup/1", "", ("remoto", None, "https://teams.example.com/l/meetup/1")),
        ("Sala A", "Entra: https://us02web.zoom.example/j/12.", ("ibrida", "Sala A", None)),
        ("Sala A", "Da https://meet.jit.si/x qui", ("ibrida", "Sala A", "https://meet.jit.si/x")),
        ("", "Vedi https://ente.example/atti", ("presenza", None, None)),
    ],
)
def test_il_collegamento_si_trova_dove_lo_mettono_i_programmi(luogo, descrizione, attesi):
    testo = ICS.replace("Palazzo Lombardia\\, Milano", luogo).replace("1. Apertura", descrizione or "x")
    trovati = proposta(leggi_invito(testo.encode()))
    if attesi[2] is None and "zoom" in descrizione:
        attesi = (*attesi[:2], "https://us02web.zoom.example/j/12")
    assert tuple(trovati.get(c) for c in ("modalita", "luogo", "collegamento")) == attesi


def test_un_invito_piu_nuovo_si_riconosce_da_sequenza_e_data():
    versioni = [
        leggi_invito(con("SEQUENCE:0", f"SEQUENCE:{n}").replace(b"20230201T08", ora)).versione
        for n, ora in ((0, b"20230201T08"), (0, b"20230201T09"), (1, b"20230131T08"), (10, b"20230101T08"))
    ]
    assert versioni == sorted(versioni)
    assert not leggi_invito(ICS.encode()).annulla
    assert leggi_invito(con("METHOD:REQUEST", "METHOD:CANCEL")).annulla
    assert leggi_invito(con("SEQUENCE:0", "SEQUENCE:1\nSTATUS:CANCELLED")).annulla


def test_un_aggiornamento_cambia_solo_quello_che_dice():
    invito = leggi_invito(con("SUMMARY:Tavolo regionale\n").replace(b"LOCATION:Palazzo Lombardia\\, Milano\n", b""))
    assert campi_di(invito) == {
        "ordine_del_giorno": "1. Apertura\n2. Politiche attive",
        "inizio": datetime(2023, 3, 7, 9, tzinfo=UTC),
        "fine": datetime(2023, 3, 7, 11, 30, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"", "Il file è vuoto."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "Il file non è un invito: serve un .ics, o la mail salvata come .eml."),
        (b"Ciao, ci vediamo domani", "Il file non è un invito: serve un .ics, o la mail salvata come .eml."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "Il formato .msg di Outlook non si legge: salva la mail come .eml, o il solo .ics.",
        ),
        (b"x" * (MASSIMO + 1), "Il file supera 10 MB: carica il solo invito (.ics)."),
        (con("METHOD:REQUEST", "METHOD:REPLY"), "Questo calendario è una risposta, non un invito."),
        (con("UID:a1@regione.example\n"), "Il calendario non dice di quale incontro parla (manca UID)."),
        (con("END:VEVENT\nEND:VCALENDAR\n"), "Il calendario è troncato: manca la fine."),
        (
            con("20230307T100000", "20231307T100000"),
            "Il calendario ha una data che non esiste o fuori misura (DTSTART).",
        ),
        (con("SUMMARY:", "SUMMARY:" + "x" * 1_000_001), "Il calendario è troppo grande per un solo incontro."),
        (
            b"From: a@b.example\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 40,
            "Il messaggio ha troppe parti, una dentro l'altra.",
        ),
    ],
    ids=lambda v: "" if isinstance(v, bytes) else v[:30],
)
def test_un_file_ostile_o_sbagliato_ha_la_sua_frase(contenuto, frase):
    with pytest.raises(LetturaImpossibile) as rifiuto:
        leggi_invito(contenuto)
    assert rifiuto.value.messages == [frase]
