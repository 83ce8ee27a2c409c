"""The partner's home: what waits, what falls due, the latest applications and agreements (R08)."""

from datetime import UTC, date, datetime

import pytest

from accordi.queries.area import voci_area
from tests.factories.accordi import AccordoFactory, IstanzaFactory
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ente(provincia, rappresentante):
    return rappresentante.soggetto


def test_l_area_mostra_le_ultime_istanze_con_il_loro_termine(ente, rappresentante):
    for stato in ({}, {"istruttoria": True}, {"ammessa": True}, {"presentata": True}):
        IstanzaFactory(capofila=ente, **stato)
    IstanzaFactory(presentata=True)
    istanze = voci_area(rappresentante.utente)[0]
    assert (istanze.titolo, istanze.quante, len(istanze.righe)) == ("Le mie istanze", 4, 3)
    assert istanze.righe[0].stato == "Presentata, termine 31/03/2023"


def test_le_domande_non_crescono_con_le_righe(ente, rappresentante, django_assert_num_queries):
    for _giro in range(2):
        IstanzaFactory(capofila=ente, presentata=True)
        with django_assert_num_queries(6):
            voci_area(rappresentante.utente)


def test_chi_non_rappresenta_nessuno_vede_un_area_vuota(entra, provincia):
    utente = RappresentanzaFactory(al=date(2021, 1, 1)).utente
    IstanzaFactory(capofila=SoggettoFactory(), presentata=True)
    pagina = entra(utente).get("/area/").text
    assert "Niente da fare adesso." in pagina
    assert "Che cosa scade" not in pagina


def test_l_area_dice_che_cosa_scade_entro_un_anno(entra, ente, rappresentante, provincia, orologio):
    """R13: the day of expiry of one's own agreements, nobody else's."""
    AccordoFactory(attivo=True, titolo="Accordo mio", parti=[provincia, ente])
    AccordoFactory(attivo=True, titolo="Accordo di altri", parti=[provincia, SoggettoFactory()])
    with orologio(datetime(2023, 6, 1, 9, tzinfo=UTC)):
        pagina = entra(rappresentante.utente).get("/area/").text
    assert "<strong>31 dicembre 2023</strong>: " in pagina
    assert "Accordo mio" in pagina
    assert "Accordo di altri" not in pagina


@pytest.fixture
def altro_ente(rappresentante):
    """A second body of the same person."""
    return RappresentanzaFactory(utente=rappresentante.utente, puo_presentare=True, puo_firmare=True).soggetto


def test_chi_rappresenta_due_soggetti_ne_sceglie_uno(entra, ente, altro_ente, rappresentante, provincia, orologio):
    """R08: the choice is in the address: it keeps to one body what to do, the lists, the terms, the links to lists."""
    for di, nome in ((ente, "Primo"), (altro_ente, "Secondo")):
        AccordoFactory(attivo=True, titolo=f"Accordo {nome}", parti=[provincia, di])
        IstanzaFactory(capofila=di, integrazione=True, avviso__titolo=f"Avviso {nome}")
    client = entra(rappresentante.utente)
    with orologio(datetime(2023, 6, 1, 9, tzinfo=UTC)):
        for pagina in ("/area/", "/accordi/", "/istanze/", "/accordi/scadenze/"):
            testo, tutto = client.get(pagina, {"ente": altro_ente.slug}).text, client.get(pagina).text
            assert "Primo" not in testo, pagina
            assert "Secondo" in testo, pagina
            assert "Primo" in tutto, pagina
            assert f'href="?ente={altro_ente.slug}" aria-current="true"' in testo, pagina
        area = client.get("/area/", {"ente": altro_ente.slug}).text
    assert "Che cosa devi fare (1)" in area
    assert f'href="/accordi/?ente={altro_ente.slug}"' in area
    assert f'href="/istanze/?ente={altro_ente.slug}"' in area


def test_un_soggetto_altrui_nell_indirizzo_non_sceglie_nulla(entra, ente, rappresentante, provincia):
    """R08: an address with another's body shows one's own things, and nothing of that body."""
    altri = SoggettoFactory()
    AccordoFactory(attivo=True, titolo="Accordo mio", parti=[provincia, ente])
    AccordoFactory(attivo=True, titolo="Accordo di altri", parti=[provincia, altri])
    testo = entra(rappresentante.utente).get("/accordi/", {"ente": altri.slug}).text
    assert "Accordo mio" in testo
    assert "Accordo di altri" not in testo


def test_ogni_cosa_da_fare_ha_il_suo_pulsante(entra, ente, rappresentante):
    """R60: one button each, that says what it does and on what."""
    istanza = IstanzaFactory(capofila=ente, integrazione=True)
    testo = entra(rappresentante.utente).get("/area/").text
    pulsante = f'href="{istanza.get_absolute_url()}">Rispondi<span class="visually-hidden">: Rispondi alla richiesta'
    assert pulsante in testo
    assert "scelta-ente" not in testo


def test_molte_cose_da_fare_si_aprono_con_un_collegamento(entra, ente, rappresentante):
    for _n in range(10):
        IstanzaFactory(capofila=ente, integrazione=True)
    client = entra(rappresentante.utente)
    poche, tutte = client.get("/area/").text, client.get("/area/", {"tutto": "1"}).text
    assert "Mostra altre 2 cose da fare" in poche
    assert (poche.count(">Rispondi<"), tutte.count(">Rispondi<")) == (8, 10)


def test_gli_accordi_si_cercano_per_titolo_e_per_parte(entra, ente, rappresentante, provincia):
    scelto = SoggettoFactory(denominazione="Cooperativa Girasole")
    AccordoFactory(attivo=True, titolo="Patto delle competenze", parti=[provincia, ente])
    AccordoFactory(attivo=True, titolo="Convenzione", parti=[provincia, ente, scelto])
    client = entra(rappresentante.utente)
    for cercato, trovato, altro in (
        ("girasole", "Convenzione", "Patto delle"),
        ("competenze patto", "Patto delle", "Convenzione"),
    ):
        testo = client.get("/accordi/", {"q": cercato}).text
        assert trovato in testo
        assert altro not in testo
    assert "Nessun accordo contiene «&lt;b&gt;»" in client.get("/accordi/", {"q": "<b>"}).text


def test_l_elenco_degli_accordi_costa_uguale_con_uno_e_con_tre(
    entra, ente, rappresentante, provincia, django_assert_num_queries
):
    client = entra(rappresentante.utente)
    client.get("/accordi/")
    for _giro in range(3):
        AccordoFactory(attivo=True, parti=[provincia, ente])
        with django_assert_num_queries(12):
            client.get("/accordi/")
