"""Boards at scale: `python3 manage.py prova tests/bench/misure_tavoli.py` (docs/misure.md).

500 boards, 20,000 meetings, 400,000 attendances. Each page is asked at 5 boards and at
500: the number of queries must be the same. Times stand beside a bare view's.
"""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Installazione
from core.orologio import fermo
from reti.feed import feed
from reti.ical import fuso_di_roma
from reti.models import Presenza
from reti.queries.provincia import partecipazione_della_provincia
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from reti.services.abbonamenti import crea_abbonamento
from tests.bench import feed as a_confronto
from tests.bench.dati_tavoli import ADESSO, Territorio
from tests.bench.pavimento import vista_nuda

NUDA = "vista Django di due byte"


COME = {
    "": (a_confronto.voci, a_confronto.a_mano),
    ", nulla da piegare": (a_confronto.voci_semplici, a_confronto.a_mano_semplici),
}


@pytest.mark.parametrize("come", COME)
@pytest.mark.parametrize("quanti", [1_000, 10_000])
def test_testo_di_un_feed(confronta, quanti, come):
    """R20: at most 1.5 times the same text joined by hand; the same bytes from all three."""
    fai_voci, unisci = COME[come]
    voci, fuso = fai_voci(quanti), fuso_di_roma().to_ical().decode()

    def nostro() -> bytes:
        return feed("Tavolo", voci)

    def a_mano() -> bytes:
        return unisci("Tavolo", voci, fuso)

    def libreria() -> bytes:
        return a_confronto.con_la_libreria("Tavolo", voci)

    assert nostro() == a_mano() == libreria()
    nome, mano = f"feed di {quanti} incontri{come}", "stesso testo unito a mano"
    confronta(nome, nostro, mano, a_mano, giri=9)
    confronta(f"{nome}, icalendar da sola", libreria, mano, a_mano, giri=1)


def _pagine(territorio: Territorio) -> dict[str, tuple[object, str]]:
    """What is measured: name → (who asks, address)."""
    capo, socio, tavolo = territorio.coordinatore, territorio.socio, territorio.tavoli[0]
    incontro = tavolo.incontri.order_by("inizio")[0]
    personale, di_ente = crea_abbonamento(utente=socio), crea_abbonamento(utente=socio, soggetto=territorio.enti[0])
    di_tavolo = crea_abbonamento(utente=capo, rete=tavolo)
    di_provincia = crea_abbonamento(utente=capo, soggetto=territorio.provincia)
    return {
        "gestione: scrivania": (capo, reverse("wagtailadmin_home")),
        "gestione: chi non viene": (capo, reverse("gestione_partecipazione:assenze")),
        "gestione: incontri": (capo, reverse("gestione_incontri:index")),
        "gestione: incontri cercati": (capo, reverse("gestione_incontri:index") + "?q=seduta"),
        "gestione: incontri per invitati": (capo, reverse("gestione_incontri:index") + "?ordering=inviti"),
        "gestione: tavoli": (capo, reverse("gestione_tavoli:index")),
        "gestione: un tavolo": (capo, reverse("gestione_tavoli:scheda", args=[tavolo.pk])),
        "gestione: un incontro": (capo, reverse("gestione_incontri:scheda", args=[incontro.pk])),
        "gestione: calendario del mese": (capo, reverse("gestione_calendario:mese")),
        "gestione: i miei calendari": (capo, reverse("gestione_calendari:index")),
        "tavoli pubblici": (None, reverse("tavoli:elenco")),
        "un tavolo pubblico": (None, tavolo.get_absolute_url()),
        "area: che cosa ti aspetta": (socio, reverse("utenti:area")),
        "area: convocazioni": (socio, reverse("tavoli:convocazioni")),
        "area: i miei calendari": (socio, reverse("tavoli:calendari")),
        "feed della persona": (None, reverse("tavoli:calendario_segreto", args=[personale.gettone])),
        "feed dell'ente": (None, reverse("tavoli:calendario_segreto", args=[di_ente.gettone])),
        "feed del tavolo": (None, reverse("tavoli:calendario_segreto", args=[di_tavolo.gettone])),
        "feed della Provincia": (None, reverse("tavoli:calendario_segreto", args=[di_provincia.gettone])),
        "feed pubblico del tavolo": (None, reverse("tavoli:calendario_pubblico", args=[tavolo.slug])),
    }


def _chiedi(client, chi, url, **testate):
    """With the application's caches cold and the person signed in."""
    if chi:
        client.force_login(chi)
    else:
        client.logout()
    risposta = client.get(url, headers=testate)
    assert risposta.status_code in (200, 304), (url, risposta.status_code)
    return risposta


def _domande(client, chi, url) -> int:
    _chiedi(client, chi, url)
    cache.clear()
    with CaptureQueriesContext(connection) as lette:
        assert client.get(url).status_code == 200
    return len(lette)


@pytest.fixture
def territorio(db):
    with fermo(ADESSO):
        Installazione.corrente()
        yield Territorio()


def test_cinquecento_tavoli(territorio, client, confronta):
    """Scale: queries equal at both sizes; every list, page and feed beside a bare view."""
    territorio.aggiungi(5)
    pagine = _pagine(territorio)
    poche = {nome: _domande(client, *voce) for nome, voce in pagine.items()}
    territorio.aggiungi(495)
    assert Presenza.objects.count() == 400_000
    tante = {nome: _domande(client, *voce) for nome, voce in pagine.items()}
    nuda = vista_nuda()
    for nome, (chi, url) in pagine.items():
        _chiedi(client, chi, url)
        confronta(f"{nome} [{poche[nome]} → {tante[nome]} query]", lambda url=url: client.get(url), NUDA, nuda, giri=3)
        if nome.startswith("feed"):
            etag = client.get(url)["ETag"]
            testate = {"If-None-Match": etag}
            confronta(f"{nome}, 304", lambda u=url, t=testate: client.get(u, headers=t), NUDA, nuda, giri=9)
    _tassi(territorio, confronta, nuda)
    assert tante == poche


def _tassi(territorio, confronta, nuda) -> None:
    anno = date(2022, 1, 1), date(2022, 12, 31)
    casi = {
        "enti di un tavolo": (Per.ENTE, Selezione(rete=territorio.tavoli[0].pk)),
        "tutti i tavoli": (Per.TAVOLO, Selezione()),
        "tutti i tavoli, un anno": (Per.TAVOLO, Selezione(dal=anno[0], al=anno[1])),
        "tutti i trimestri": (Per.TRIMESTRE, Selezione()),
    }
    for nome, (per, selezione) in casi.items():
        confronta(f"tassi: {nome}", lambda p=per, s=selezione: partecipazione(p, s), NUDA, nuda, giri=1)
    confronta("tassi: D1 di un anno", lambda: partecipazione_della_provincia(*anno), NUDA, nuda, giri=3)
