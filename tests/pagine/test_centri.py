"""The directory of the job centres: one's own by comune, and the way from a point to its centre (R60)."""

import pytest
from wagtail.search.index import insert_or_update_object

from pagine.models import CentriPage, CpiPage
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import ComuneFactory, SedeFactory, SoggettoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elenco(home):
    return home.add_child(instance=CentriPage(title="Centri per l'impiego", slug="centri-impiego", sommario="Uffici."))


def _centro(elenco, comune, serviti=()):
    soggetto = SoggettoFactory(tipo="cpi", denominazione=f"CPI di {comune.nome}", telefono="0372 1")
    SedeFactory(soggetto=soggetto, comune=comune)
    elenco.refresh_from_db()
    return elenco.add_child(
        instance=CpiPage(
            title=f"CPI di {comune.nome}", slug=comune.nome.lower(), sommario="s", soggetto=soggetto, comuni=serviti
        )
    )


@pytest.fixture
def comuni(db):
    return {
        nome: ComuneFactory(nome=nome, lat=lat, lon=lon)
        for nome, lat, lon in (("Cremona", 45.13, 10.02), ("Crema", 45.36, 9.69), ("Soncino", 45.4, 9.87))
    }


def test_prima_il_centro_del_proprio_comune_poi_il_piu_vicino(elenco, client, comuni):
    _centro(elenco, comuni["Cremona"], [comuni["Soncino"]])
    _centro(elenco, comuni["Crema"])
    risposta = client.get("/centri-impiego/?vicino=sonncino")
    assert [c.title for c in risposta.context["centri"]] == ["CPI di Cremona", "CPI di Crema"]
    assert risposta.content.decode().count("Per chi abita a Soncino") == 1
    assert client.get("/centri-impiego/?vicino=Crema").context["centri"][0].title == "CPI di Crema"


def test_un_comune_che_non_si_capisce_non_perde_quello_che_si_e_scritto(elenco, client, comuni):
    testo = client.get("/centri-impiego/?vicino=zzzz").content.decode()
    assert ("Non abbiamo trovato il comune «zzzz»" in testo, 'value="zzzz"' in testo) == (True, True)


def test_la_pagina_di_un_centro_dice_dove_quando_e_per_chi(elenco, client, comuni):
    pagina = _centro(elenco, comuni["Cremona"], [comuni["Soncino"]])
    testo = client.get(pagina.url).content.decode()
    assert "Non sappiamo gli orari: telefona o scrivi prima di andare." in testo
    assert ("via Dante 1, Cremona" in testo, 'href="tel:03721"' in testo, "<dd>Soncino</dd>" in testo) == (True,) * 3
    PuntoFactory(attivo=True, slug="sportello", nome="Sportello", sede=pagina.sede, soggetto=pagina.soggetto)
    testo = client.get(pagina.url).content.decode()
    assert ('<a href="/punti-informativi/sportello/">Sportello</a>' in testo, "Non sappiamo gli orari:" in testo) == (
        True,
        False,
    )


def test_da_un_punto_si_arriva_al_suo_centro(elenco, client, comuni):
    pagina = _centro(elenco, comuni["Crema"])
    punto = PuntoFactory(attivo=True, cpi_riferimento=pagina.soggetto)
    atteso = f'<a href="{pagina.url}">CPI di Crema</a>'
    assert atteso in client.get(punto.get_absolute_url()).content.decode()
    pagina.unpublish()
    assert "<dd>CPI di Crema</dd>" in client.get(punto.get_absolute_url()).content.decode()


def test_la_guida_e_la_home_portano_ai_centri_e_la_ricerca_li_trova(elenco, client, comuni):
    insert_or_update_object(_centro(elenco, comuni["Crema"], [comuni["Soncino"]]))
    esito = client.get("/quali-misure/?chi=non_so").content.decode()
    assert ('action="/centri-impiego/"' in esito, 'href="/centri-impiego/"' in client.get("/").content.decode()) == (
        True,
        True,
    )
    gruppi = client.get("/ricerca/", {"q": "soncino"}).context["gruppi"]
    assert [v.titolo for g in gruppi if g.chiave == "centri" for v in g.voci] == ["CPI di Crema"]


def test_le_query_dell_elenco_dei_centri_non_crescono(elenco, client, comuni, django_assert_max_num_queries):
    quante = []
    for n in range(3):
        _centro(elenco, ComuneFactory(nome=f"Comune{n}"), [comuni["Soncino"]])
        for _volta in range(2):
            with django_assert_max_num_queries(60) as contatore:
                client.get("/centri-impiego/?vicino=Soncino")
        quante.append(len(contatore.captured_queries))
    assert quante[0] == quante[2]
