"""The search of the whole site: grouped by kind with counts, forgiving of accents and errors (R32)."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.index import insert_or_update_object

from pagine.models import ContenutoPage, NotiziaPage
from tests.factories.accordi import AvvisoFactory
from tests.factories.punti_informativi import PuntoFactory, ServizioFactory
from tests.factories.reti import ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db


def _pagina(madre, **campi):
    pagina = madre.add_child(instance=ContenutoPage(**{"sommario": "In breve", "live": True} | campi))
    insert_or_update_object(pagina)
    return pagina


@pytest.fixture
def sito(home):
    """Something of each kind that speaks of Soncino or of courses; one that is hidden."""
    soncino = ComuneFactory(codice_istat="019097", nome="Soncino", lat=45.4, lon=9.87)
    ComuneFactory(codice_istat="019102", nome="Ticengo", lat=45.37, lon=9.83)
    corsi = ServizioFactory(slug="corsi", nome="Corsi di formazione", descrizione="Quali corsi ci sono.")
    sede = SedeFactory(comune=soncino)
    PuntoFactory(attivo=True, slug="casa", nome="Casa dei corsi", sede=sede, servizi=[corsi])
    PuntoFactory(attivo=True, slug="nascosto", nome="Corsi segreti", sede=sede, servizi=[corsi], non_elencare=True)
    avviso = AvvisoFactory(titolo="Avviso sui corsi", slug="avviso-corsi", live=True)
    insert_or_update_object(avviso)
    corpo = json.dumps([{"type": "testo", "value": "<p>Perché iscriversi alla <b>dote</b> lavoro.</p>"}])
    pagina = _pagina(home, title="Misure", slug="misure", corpo=corpo)
    notizia = pagina.add_child(
        instance=NotiziaPage(
            title="Nuovi corsi", slug="n", data=date(2023, 5, 1), sommario="Da maggio", testo="<p>A Soncino.</p>"
        )
    )
    insert_or_update_object(notizia)
    return home


def _gruppi(client, domanda):
    gruppi = client.get("/ricerca/", {"q": domanda}).context["gruppi"]
    return {g.chiave: (g.quanti, [(v.titolo, v.url) for v in g.voci]) for g in gruppi}


def test_i_risultati_sono_per_genere_con_il_numero_di_ciascuno(client, sito):
    """R32: points by their own search, services and comuni lead to the list, then calls, pages and news."""
    assert _gruppi(client, "corso") == {
        "punti": (1, [("Casa dei corsi", "/punti-informativi/casa/")]),
        "servizi": (1, [("Corsi di formazione", "/punti-informativi/?servizio=corsi")]),
        "avvisi": (1, [("Avviso sui corsi", "/avvisi/avviso-corsi/")]),
        "notizie": (1, [("Nuovi corsi", "/misure/n/")]),
    }
    testo = " ".join(client.get("/ricerca/", {"q": "corso"}).content.decode().split())
    assert "4 risultati per «corso»." in testo
    assert '<a href="#servizi">Servizi (1)</a>' in testo
    assert """href="/punti-informativi/?q=corso">Vedi nell'elenco, con la mappa e i filtri</a>""" in testo


def test_un_comune_porta_ai_punti_piu_vicini_anche_se_non_ne_ha(client, sito):
    gruppi = client.get("/ricerca/", {"q": "soncino"}).context["gruppi"]
    assert [(g.chiave, g.quanti) for g in gruppi] == [("punti", 1), ("comuni", 1), ("notizie", 1)]
    comune = gruppi[1].voci[0]
    assert (comune.titolo, comune.url, comune.testo) == (
        "I punti più vicini a Soncino",
        "/punti-informativi/?vicino=Soncino",
        "1 punto",
    )
    assert (
        client.get("/ricerca/", {"q": "ticengo"}).context["gruppi"][0].voci[0].testo == "Nessun punto in questo comune."
    )


@pytest.mark.parametrize("domanda", ["perche", "PERCHÉ", "iscriversi dote", "doti", "misura"])
def test_le_pagine_si_trovano_senza_accenti_al_plurale_e_nel_testo(client, sito, domanda):
    """R32: alike on every database."""
    assert _gruppi(client, domanda)["pagine"] == (1, [("Misure", "/misure/")])


@pytest.mark.parametrize(
    ("scritta", "corretta", "generi"),
    [("sonncino", "soncino", ["punti", "comuni", "notizie"]), ("msiure", "misure", ["pagine"]), ("zzz", "", [])],
)
def test_un_errore_di_battitura_e_corretto_e_detto(client, sito, scritta, corretta, generi):
    risposta = client.get("/ricerca/", {"q": scritta})
    assert (risposta.context["corretta"], [g.chiave for g in risposta.context["gruppi"]]) == (corretta, generi)
    frase = f"Nessun risultato per «{scritta}»: ecco quelli per <strong>{corretta}</strong>."
    assert (frase in risposta.content.decode()) is bool(corretta)


def test_le_query_non_crescono_con_i_risultati(client, sito):
    def quante():
        with CaptureQueriesContext(connection) as fatte:
            client.get("/ricerca/", {"q": "corsi"})
        return len(fatte)

    client.get("/ricerca/", {"q": "corsi"})
    con_uno = quante()
    for n in range(3):
        comune = ComuneFactory(nome=f"Corsi {n}")
        PuntoFactory(attivo=True, nome=f"Corsi {n}", sede=SedeFactory(comune=comune))
        _pagina(sito, title=f"Corsi {n}", slug=f"corsi-{n}")
        insert_or_update_object(AvvisoFactory(titolo=f"Corsi {n}", live=True, chiude=datetime(2090, 1, 1, tzinfo=UTC)))
    # The first pages found: their site's root, and their own table once for each of the three ways to search.
    assert quante() == con_uno + 4
    assert [g.quanti for g in client.get("/ricerca/", {"q": "corsi"}).context["gruppi"]] == [4, 1, 3, 4, 3, 1]


def test_gli_avvisi_si_trovano_senza_accenti_e_al_plurale(client, home):
    """R60: calls are indexed folded and by stem, like pages."""
    avviso = AvvisoFactory(
        titolo="Qualità della formazione", slug="q", testo="<p>Novità: <b>lavoratori</b></p>", live=True
    )
    insert_or_update_object(avviso)
    for domanda in ("qualita", "qualità", "formazioni", "NOVITA", "novità", "lavoratore"):
        assert _gruppi(client, domanda).get("avvisi") == (1, [(avviso.titolo, "/avvisi/q/")]), domanda
