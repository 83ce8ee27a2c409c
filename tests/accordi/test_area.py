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
        with django_assert_num_queries(5):
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
