"""Visits to the pages of points: counted by day, never by whom, never at the expense of the page (R35)."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError

from core.generazioni import PUBBLICA, SuFile
from core.orologio import fermo
from punti_informativi.models import Consultazioni
from punti_informativi.ripetute import MASSIME, Ripetute
from punti_informativi.services import consultazioni
from punti_informativi.services.consultazioni import conta_visita, scrivi_visite
from tests.core.serviti import ClienteServito
from tests.factories.punti_informativi import PuntoFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _nessuno_e_ancora_venuto(monkeypatch):
    monkeypatch.setattr(consultazioni, "_ripetute", Ripetute())


def _righe():
    return list(Consultazioni.objects.order_by("giorno").values_list("punto__slug", "giorno", "quante"))


def test_ogni_apertura_conta_nel_suo_giorno(client, lunedi):
    PuntoFactory(attivo=True, slug="sportello")
    for _n in range(2):
        assert client.get("/punti-informativi/sportello/", headers={"user-agent": FIREFOX}).status_code == 200
    client.get("/en/punti-informativi/sportello/", headers={"user-agent": FIREFOX})
    with fermo(lunedi + timedelta(days=1)):
        client.get("/punti-informativi/sportello/", headers={"user-agent": FIREFOX})
    oggi = lunedi.date()
    assert _righe() == [("sportello", oggi, 3), ("sportello", oggi + timedelta(days=1), 1)]


@pytest.mark.parametrize(
    ("metodo", "intestazioni"),
    [
        ("get", {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}),
        ("get", {"user-agent": "curl/8.5.0"}),
        ("get", {"user-agent": "WhatsApp/2.23"}),
        ("get", {"user-agent": ""}),
        ("get", {"user-agent": FIREFOX, "sec-purpose": "prefetch"}),
        ("head", {"user-agent": FIREFOX}),
    ],
)
def test_i_programmi_e_le_pagine_che_nessuno_ha_chiesto_non_contano(client, metodo, intestazioni):
    PuntoFactory(attivo=True, slug="sportello")
    getattr(client, metodo)("/punti-informativi/sportello/", headers=intestazioni)
    assert _righe() == []


@pytest.mark.parametrize(("stato", "codice"), [("cessato", 410), ("verificato", 404)])
def test_conta_solo_una_pagina_che_si_legge(client, stato, codice):
    punto = PuntoFactory(**{stato: True})
    assert client.get(punto.get_absolute_url(), headers={"user-agent": FIREFOX}).status_code == codice
    assert _righe() == []


def test_le_visite_si_raccolgono_e_si_scrivono_insieme(settings, monkeypatch, lunedi, django_assert_num_queries):
    """The page waits for nothing: no query until the timer writes all of them."""
    settings.CONSULTAZIONI_SECONDI = 30
    svegliati = []
    monkeypatch.setattr(consultazioni.threading.Timer, "start", lambda timer: svegliati.append(timer.interval))
    uno, due = PuntoFactory(attivo=True, slug="uno"), PuntoFactory(attivo=True, slug="due")
    with django_assert_num_queries(0):
        for slug in (uno.slug, uno.slug, due.slug, "nessuno"):
            conta_visita(slug, FIREFOX)
    assert svegliati == [30]
    assert scrivi_visite() == 3
    assert sorted(_righe()) == [("due", lunedi.date(), 1), ("uno", lunedi.date(), 2)]
    assert scrivi_visite() == 0


def test_una_visita_che_non_si_scrive_non_rompe_la_pagina(client, monkeypatch, caplog):
    punto = PuntoFactory(attivo=True)

    def rifiuta(*_argomenti, **_modi):
        raise DatabaseError("bloccata")

    monkeypatch.setattr(Consultazioni.objects, "get_or_create", rifiuta)
    assert client.get(punto.get_absolute_url(), headers={"user-agent": FIREFOX}).status_code == 200
    assert "Visite non contate: 1" in caplog.text


def test_conta_anche_una_pagina_tenuta_pronta_e_il_suo_modulo_funziona(settings, tmp_path, monkeypatch, lunedi):
    """The cached page is the same for everyone: who reads it is counted, and may answer without a cookie."""
    settings.PAGINE_PRONTE, settings.GENERAZIONI_CARTELLA = True, tmp_path
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))
    punto = PuntoFactory(attivo=True, slug="sportello")
    client = ClienteServito(enforce_csrf_checks=True)
    pagine = [client.get(punto.get_absolute_url(), headers={"user-agent": FIREFOX}) for _n in range(3)]
    assert len({pagina["ETag"] for pagina in pagine}) == 1
    assert _righe() == [("sportello", lunedi.date(), 3)]
    for _n in range(2):  # the sheet to print is no second visit, ready or not
        client.get(f"{punto.get_absolute_url()}?stampa", headers={"user-agent": FIREFOX})
    assert _righe() == [("sportello", lunedi.date(), 3)]
    gettone = re.search(rb'name="gettone" value="([^"]+)"', pagine[2].content)[1].decode()
    with fermo(lunedi + timedelta(seconds=30)):
        risposta = client.post("/punti-informativi/sportello/riscontro/", {"gettone": gettone, "voto": 5})
    assert risposta.status_code == 302
    assert punto.riscontri.get().voto == 5
    assert client.cookies == {}


def test_chi_ripete_la_stessa_richiesta_non_gonfia_la_cifra(client, settings, lunedi):
    """R35: of one line a few visits in a day count; of the other lines, pages and days all of them."""
    settings.CONSULTAZIONI_PER_INDIRIZZO = 2
    uno, due = PuntoFactory(attivo=True, slug="uno"), PuntoFactory(attivo=True, slug="due")

    def apri(punto, da, volte):
        for _n in range(volte):
            pagina = client.get(punto.get_absolute_url(), headers={"user-agent": FIREFOX}, REMOTE_ADDR=da)
            assert pagina.status_code == 200

    apri(uno, "203.0.113.5", 5)
    apri(uno, "203.0.113.6", 1)
    apri(due, "203.0.113.5", 1)
    apri(due, "2001:db8::1", 2)
    apri(due, "2001:db8::2", 2)
    domani = lunedi + timedelta(days=1)
    with fermo(domani):
        apri(uno, "203.0.113.5", 1)
    assert sorted(_righe()) == [("due", lunedi.date(), 3), ("uno", lunedi.date(), 3), ("uno", domani.date(), 1)]


def test_di_chi_ha_ripetuto_non_resta_nulla_e_la_memoria_ha_un_limite(lunedi):
    ripetute = Ripetute()
    giorno = lunedi.date()
    assert [ripetute.troppe("203.0.113.5", "uno", giorno, 1) for _n in range(2)] == [False, True]
    di_ieri = set(ripetute._viste)
    assert "203.0.113.5" not in repr(vars(ripetute))
    assert not ripetute.troppe("203.0.113.5", "uno", giorno + timedelta(days=1), 1)
    assert di_ieri.isdisjoint(ripetute._viste)
    for n in range(MASSIME + 5):
        ripetute.troppe(str(n), "uno", giorno + timedelta(days=1), 1)
    assert len(ripetute._viste) <= MASSIME
