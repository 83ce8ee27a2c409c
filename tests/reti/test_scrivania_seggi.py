"""What the desk says of seats: mandates that end, boards that miss a member (R27)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from reti.queries.seggi import voci_scrivania
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ORA = datetime(2023, 4, 20, 9, 0, tzinfo=UTC)
OGGI = ORA.date()


@pytest.fixture(autouse=True)
def _aprile(orologio):
    with orologio(ORA):
        yield


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo prova")


def seggio_che_finisce(rete, giorni):
    return AdesioneFactory(rete=rete, soggetto__denominazione="Alfa", al=OGGI + timedelta(days=giorni))


def incontro_fra(rete, giorni, stato):
    IncontroFactory(rete=rete, stato=stato, inizio=ORA + timedelta(days=giorni))


@pytest.mark.parametrize(("giorni", "attese"), [(0, 1), (7, 1), (8, 0), (-1, 0)])
def test_un_mandato_che_finisce_si_annuncia_sette_giorni_prima(coordinatore, rete, giorni, attese):
    seggio = seggio_che_finisce(rete, giorni)
    voci = voci_scrivania(coordinatore)
    assert [(v.titolo, v.urgenza, v.entro) for v in voci] == [("Mandato che finisce: Alfa", 1, seggio.al)] * attese
    assert [v.url for v in voci] == [reverse("gestione_tavoli:seggio", args=[seggio.pk])] * attese


def test_un_mandato_finito_si_dice_se_il_tavolo_si_riunisce_ancora(coordinatore, rete):
    seggio_che_finisce(rete, -10)
    incontro_fra(rete, 5, StatoIncontro.CONVOCATO)
    assert [(v.titolo, v.urgenza, v.dettaglio) for v in voci_scrivania(coordinatore)] == [
        ("Mandato finito: Alfa", 0, "Tavolo prova, 10 aprile 2023")
    ]


def test_dopo_un_incontro_senza_di_lui_il_mandato_finito_tace(coordinatore, rete):
    """The board has met since, and nobody renewed: who left has left."""
    seggio_che_finisce(rete, -10)
    incontro_fra(rete, -5, StatoIncontro.SVOLTO)
    incontro_fra(rete, 5, StatoIncontro.CONVOCATO)
    assert voci_scrivania(coordinatore) == []


def test_chi_ha_gia_il_seggio_nuovo_non_si_annuncia(coordinatore, rete):
    seggio = seggio_che_finisce(rete, 3)
    AdesioneFactory(rete=rete, soggetto=seggio.soggetto, dal=OGGI + timedelta(days=4))
    assert voci_scrivania(coordinatore) == []


@pytest.mark.parametrize("campi", [{"al": date(2023, 4, 1)}, {"convocante": None}])
def test_tavoli_finiti_o_di_altri_non_si_annunciano(coordinatore, rete, campi):
    rete.convocante = rete.convocante if "al" in campi else SoggettoFactory()
    rete.al, rete.composizione = campi.get("al"), [{"nome": "chiunque", "minimo": 9}]
    rete.save()
    seggio_che_finisce(rete, 3)
    assert voci_scrivania(coordinatore) == []


@pytest.mark.parametrize(("atto", "urgenza"), [("", 2), ("Det. 1/2023", 0)])
def test_un_comitato_senza_i_tre_si_annuncia(coordinatore, provincia, atto, urgenza):
    """R27: a committee already constituted comes among what is late."""
    comitato = ReteFactory(tipo="comitato_tecnico", convocante=provincia, nome="Comitato", atto=atto)
    AdesioneFactory(rete=comitato, qualifica="sociale")
    [voce] = voci_scrivania(coordinatore)
    assert (voce.titolo, voce.urgenza) == ("Completa la composizione di Comitato", urgenza)
    assert voce.dettaglio == "manca: funzionario del servizio, esperto del settore medico-legale"
    assert voce.url == reverse("gestione_tavoli:scheda", args=[comitato.pk])


def test_una_regola_soddisfatta_non_si_annuncia(coordinatore, rete):
    rete.composizione = [{"nome": "operatori", "tipi": ["operatore"]}]
    rete.save()
    assert [v.dettaglio for v in voci_scrivania(coordinatore)] == ["manca: operatori"]
    AdesioneFactory(rete=rete)
    assert voci_scrivania(coordinatore) == []


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_solo_a_chi_coordina(rete, ruolo):
    seggio_che_finisce(rete, 3)
    assert voci_scrivania(UtenteFactory(ruolo=ruolo)) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_non_crescono(coordinatore, provincia, django_assert_num_queries, quanti):
    for n in range(quanti):
        rete = ReteFactory(convocante=provincia, composizione=[{"nome": "comuni", "tipi": ["comune"]}])
        AdesioneFactory.create_batch(n + 1, rete=rete, al=OGGI)
    with django_assert_num_queries(3):
        voci_scrivania(coordinatore)
