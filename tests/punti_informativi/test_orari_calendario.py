"""The calendar of openings to subscribe to, read back by a parser that isn't the one that wrote it (R30)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.urls import reverse

from core.feste import Ricorrenza
from core.orologio import fermo
from punti_informativi.ics import Luogo, calendario_ics
from punti_informativi.orari import Calendario, Deroga, Fascia
from tests.factories.punti_informativi import (
    EccezioneFactory,
    EccezioneOspiteFactory,
    OrarioFactory,
    OrarioOspiteFactory,
    PuntoFactory,
)

ROMA = ZoneInfo("Europe/Rome")
LUOGO = Luogo(7, "Sportello; Lavoro, centro", "via Prova 1, Cremona", "https://raccordo.example/punti-informativi/s/")
LUNEDI = Fascia(0, time(9), time(12, 30))
FERIE = Deroga(date(2023, 8, 7), date(2023, 8, 25), motivo="Ferie")


def eventi(calendario, oggi, luogo=LUOGO):
    """(start, end, words) of each event, as vobject reads them; instants in UTC."""
    insieme = vobject.readOne(calendario_ics(luogo, calendario, oggi, ROMA).decode())
    return [(_utc(e.dtstart.value), _utc(e.dtend.value), e.summary.value) for e in insieme.contents.get("vevent", [])]


def _utc(valore):
    return valore.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if isinstance(valore, datetime) else str(valore)


def test_un_evento_per_apertura_nei_prossimi_sessanta_giorni():
    """R30: openings with their own zone; 60 days from Monday 8 May hold nine Mondays."""
    scritti = eventi(Calendario((LUNEDI,)), date(2023, 5, 8))
    nome = "Sportello; Lavoro, centro: aperto"
    assert scritti[:2] == [
        ("2023-05-08T07:00Z", "2023-05-08T10:30Z", nome),
        ("2023-05-15T07:00Z", "2023-05-15T10:30Z", nome),
    ]
    assert len(scritti) == 9


@pytest.mark.parametrize(
    ("calendario", "oggi", "attesi"),
    [
        (
            Calendario((Fascia(6, time(9), time(10)),)),
            date(2023, 10, 22),
            ["2023-10-22T07:00Z", "2023-10-29T08:00Z"],
        ),
        (Calendario((Fascia(6, time(1), time(2, 30)),)), date(2023, 10, 29), ["2023-10-28T23:00Z"]),
        (Calendario((Fascia(6, time(2), time(2, 30)),)), date(2023, 3, 26), ["2023-04-02T00:00Z"]),
        (Calendario((Fascia(5, time(22), time(23, 59)),)), date(2023, 12, 30), ["2023-12-30T21:00Z"]),
    ],
)
def test_l_ora_e_quella_di_roma_anche_quando_cambia(calendario, oggi, attesi):
    """R30: clock changes and midnight; an hour that the clocks skip is no event."""
    assert [inizio for inizio, _fine, _titolo in eventi(calendario, oggi)][: len(attesi)] == attesi


def test_chiusure_feste_e_aperture_straordinarie_anche_lontane():
    """R30: one event of whole days for each closure, the holiday that falls on an open day, the far exception."""
    lontana = Deroga(date(2023, 12, 4), date(2023, 12, 4), False, time(15), time(18), "Giornata del lavoro")
    calendario = Calendario((LUNEDI,), (FERIE, lontana), patrono=Ricorrenza(29, 5, "Santo di prova"))
    scritti = eventi(calendario, date(2023, 5, 8))
    giornate = [(inizio, fine, titolo.partition(": ")[2]) for inizio, fine, titolo in scritti if "T" not in inizio]
    assert giornate == [
        ("2023-05-29", "2023-05-30", "chiuso (Santo di prova)"),
        ("2023-08-07", "2023-08-26", "chiuso (Ferie)"),
    ]
    assert ("2023-12-04T14:00Z", "2023-12-04T17:00Z", "Sportello; Lavoro, centro: aperto") in scritti


def test_una_chiusura_in_corso_tiene_il_suo_primo_giorno_e_il_suo_uid():
    def uid(oggi):
        insieme = vobject.readOne(calendario_ics(LUOGO, Calendario((LUNEDI,), (FERIE,)), oggi, ROMA).decode())
        return {e.uid.value: str(e.dtstart.value) for e in insieme.vevent_list}

    prima, dopo = uid(date(2023, 8, 8)), uid(date(2023, 8, 21))
    assert [g for g in dopo.values() if len(g) == 10] == ["2023-08-07"]
    assert dopo.items() - prima.items() == {(u, g) for u, g in dopo.items() if g > "2023-10-06"}


def test_quello_che_e_su_appuntamento_e_detto_e_nulla_esce_dal_testo():
    calendario = Calendario((Fascia(0, time(9), time(12), su_appuntamento=True),))
    cattivo = Luogo(7, "Bar\r\nATTENDEE:mailto:x@y.example", "via\nProva", "https://raccordo.example/")
    testo = calendario_ics(cattivo, calendario, date(2023, 5, 8), ROMA)
    assert b"\r\nATTENDEE" not in testo
    assert b"aperto su appuntamento" in testo.replace(b"\r\n ", b"")


def test_un_motivo_scritto_apposta_non_spezza_il_calendario():
    """A closure is public at once: its reason opens no event, and holds no character that RFC 5545 forbids."""
    motivo = "a\r\nBEGIN:VEVENT\x0b\x1f;x"
    giorno = date(2023, 5, 8)
    chiuso = Calendario(deroghe=(Deroga(giorno, giorno, motivo=motivo),))
    testo = calendario_ics(LUOGO, chiuso, giorno, ROMA).replace(b"\r\n ", b"")
    assert b"\\nBEGIN:VEVENT\\;x)" in testo
    assert testo.count(b"\r\nBEGIN:VEVENT\r\n") == 1


@pytest.mark.django_db
class TestIndirizzo:
    def _indirizzo(self, punto):
        return reverse("punti:aperture", args=[punto.slug])

    def test_chi_ha_gia_il_calendario_riceve_304_finche_gli_orari_non_cambiano(self, client, lunedi):
        """R30: ETag, how often to come back, and the host's hours when the point follows them (R34)."""
        punto = PuntoFactory(attivo=True, orari_dell_ospite=True)
        OrarioOspiteFactory(soggetto=punto.soggetto)
        prima = client.get(self._indirizzo(punto))
        assert (prima.status_code, prima["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in prima.content
        assert prima["Cache-Control"] == "public, max-age=900"
        assert len(vobject.readOne(prima.content.decode()).vevent_list) == 9
        seconda = client.get(self._indirizzo(punto), headers={"If-None-Match": prima["ETag"]})
        assert (seconda.status_code, seconda.content) == (304, b"")
        EccezioneOspiteFactory(soggetto=punto.soggetto, dal=date(2023, 5, 15), al=date(2023, 5, 15))
        dopo = client.get(self._indirizzo(punto), headers={"If-None-Match": prima["ETag"]})
        assert (dopo.status_code, b"Chiusura straordinaria" in dopo.content) == (200, True)

    def test_le_query_non_crescono_con_gli_orari(self, client, lunedi, django_assert_num_queries):
        punto = PuntoFactory(attivo=True)
        for n in range(3):
            OrarioFactory(punto=punto, giorno=n)
            EccezioneFactory(punto=punto, dal=date(2023, 6, n + 1), al=date(2023, 6, n + 1))
            client.get(self._indirizzo(punto))
            with django_assert_num_queries(5):
                client.get(self._indirizzo(punto))

    @pytest.mark.parametrize(
        ("tratti", "stato"),
        [({"verificato": True}, 404), ({}, 404), ({"cessato": True}, 410), ({"attivo": True, "live": False}, 404)],
    )
    def test_solo_dei_punti_pubblici(self, client, lunedi, tratti, stato):
        punto = OrarioFactory(punto=PuntoFactory(**tratti)).punto
        assert client.get(self._indirizzo(punto)).status_code == stato

    def test_di_un_punto_che_nessuno_conferma_non_c_e(self, client):
        punto = OrarioFactory().punto
        with fermo(datetime(2030, 1, 1, 9, tzinfo=ROMA)):
            assert client.get(self._indirizzo(punto)).status_code == 404

    def test_un_punto_sospeso_non_ha_aperture(self, client, lunedi):
        punto = OrarioFactory(punto=PuntoFactory(sospeso=True)).punto
        risposta = client.get(self._indirizzo(punto))
        assert (risposta.status_code, b"VEVENT" in risposta.content) == (200, False)

    def test_la_pagina_del_punto_offre_il_calendario(self, client, lunedi):
        punto = OrarioFactory(punto=PuntoFactory(attivo=True, slug="sportello")).punto
        testo = client.get(punto.get_absolute_url()).content.decode()
        assert 'href="webcal://' in testo
        assert 'href="/punti-informativi/sportello/aperture.ics" download' in testo
