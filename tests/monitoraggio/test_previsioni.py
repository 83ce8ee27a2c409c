"""No indicator ends red unannounced: warnings with the days left and the page that mends (R54)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.orologio import fermo
from monitoraggio.queries import previsioni, scheda, voci_scrivania
from reti.stati import StatoIncontro
from tests.factories.monitoraggio import FaseFactory, IndicatoreFactory, ObiettivoFactory, ValoreInseritoFactory
from tests.factories.reti import IncontroFactory, ReteFactory
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo

pytestmark = pytest.mark.django_db
OTTOBRE = date(2023, 10, 22)


@pytest.fixture
def obiettivo():
    return ObiettivoFactory()


@pytest.fixture
def f2(obiettivo):
    indicatore = IndicatoreFactory(obiettivo=obiettivo, punti=True)
    fase = FaseFactory(obiettivo=obiettivo, codice="F2", inizio_previsto=date(2023, 10, 1))
    fase.indicatori.set([indicatore])
    return indicatore


@pytest.fixture
def rete_punti(provincia):
    return ReteFactory(convocante=provincia, tema="punti_informativi")


def avvisi(obiettivo, al=OTTOBRE) -> list[str]:
    return [p.testo for p in previsioni(scheda(obiettivo, al))]


def test_f2_era_annunciato_settanta_giorni_prima(obiettivo, f2, rete_punti):
    """R54: the year 2023 as it was on 22 October."""
    assert avvisi(obiettivo) == ["F2: 0 di 1, mancano 70 giorni, nessun incontro convocato"]


def test_un_incontro_convocato_spegne_l_avviso(obiettivo, f2, rete_punti):
    incontro = {"rete": rete_punti, "inizio": datetime(2023, 11, 15, 9, 0, tzinfo=UTC)}
    IncontroFactory(**incontro, stato=StatoIncontro.BOZZA)
    assert avvisi(obiettivo) == ["F2: 0 di 1, mancano 70 giorni, nessun incontro convocato"]
    IncontroFactory(**incontro, stato=StatoIncontro.CONVOCATO)
    assert avvisi(obiettivo) == []


def test_pochi_incontri_convocati_non_bastano(obiettivo, f2, rete_punti):
    f2.previsto = Decimal(3)
    f2.save()
    IncontroFactory(rete=rete_punti, inizio=datetime(2023, 11, 15, 9, 0, tzinfo=UTC), stato=StatoIncontro.CONVOCATO)
    assert avvisi(obiettivo) == ["F2: 0 di 3, mancano 70 giorni, solo 1 incontro convocato"]


@pytest.mark.parametrize(
    ("al", "tempo"),
    [
        (date(2023, 10, 2), "mancano 90 giorni"),
        (date(2023, 12, 30), "manca 1 giorno"),
    ],
)
def test_l_avviso_dice_quanto_manca(obiettivo, f2, rete_punti, al, tempo):
    assert avvisi(obiettivo, al) == [f"F2: 0 di 1, {tempo}, nessun incontro convocato"]


@pytest.mark.parametrize("al", [date(2023, 9, 30), date(2023, 12, 31)])
def test_prima_che_inizi_e_a_conti_chiusi_non_c_e_avviso(obiettivo, f2, rete_punti, al):
    assert avvisi(obiettivo, al) == []


def test_ogni_giorno_del_periodo_rosso_era_annunciato(obiettivo, f2, rete_punti):
    """What is red on the last day was warned about on every earlier day from 90 days before."""
    giorni = [date(2023, 10, 2), date(2023, 11, 1), date(2023, 12, 1), date(2023, 12, 30)]
    assert [len(avvisi(obiettivo, g)) for g in giorni] == [1, 1, 1, 1]
    assert scheda(obiettivo, date(2023, 12, 31)).riga("F2").luce.colore == "red"


def test_un_valore_a_mano_che_manca_porta_al_suo_modulo(obiettivo):
    IndicatoreFactory(obiettivo=obiettivo, codice="A2")
    (avviso,) = previsioni(scheda(obiettivo, OTTOBRE))
    assert (avviso.testo, avviso.url, avviso.azione) == (
        "A2: n.d. di 3, mancano 70 giorni, nessun valore inserito",
        "/gestione/peg/2023_1/indicatori/A2/valore/",
        "Inserisci il valore",
    )
    ValoreInseritoFactory(indicatore=avviso.riga.indicatore, al=date(2023, 10, 1), valore=Decimal(1))
    assert avvisi(obiettivo) == ["A2: 1 di 3, mancano 70 giorni, valore da aggiornare"]


def test_l_atto_che_manca_si_annuncia_prima_del_termine(obiettivo, provincia):
    indicatore = IndicatoreFactory(obiettivo=obiettivo, atto=True)
    fase = FaseFactory(obiettivo=obiettivo, codice="E1", fine_prevista=date(2023, 4, 30))
    fase.indicatori.set([indicatore])
    rete = ReteFactory(convocante=provincia, tipo="comitato_tecnico")
    assert avvisi(obiettivo, date(2023, 4, 20)) == ["E1: 0 di 0, mancano 10 giorni, manca l'atto di costituzione"]
    assert avvisi(obiettivo, date(2023, 5, 2)) == [
        "E1: 2 di 0, termine passato da 2 giorni, manca l'atto di costituzione"
    ]
    rete.atto, rete.atto_data = "Decreto n. 41", date(2023, 4, 18)
    rete.save()
    assert avvisi(obiettivo, date(2023, 4, 20)) == []


def test_un_tasso_basso_si_annuncia(obiettivo, provincia):
    IndicatoreFactory(obiettivo=obiettivo, tasso=True)
    assert avvisi(obiettivo) == ["D1: n.d. di 90, mancano 70 giorni, nessun incontro di altri registrato"]


@pytest.mark.parametrize(
    ("oggi", "urgenza"),
    [(datetime(2023, 10, 22, 9, tzinfo=UTC), 2), (datetime(2023, 12, 10, 9, tzinfo=UTC), 1)],
)
def test_l_avviso_arriva_sulla_scrivania_del_coordinatore(obiettivo, f2, rete_punti, coordinatore, oggi, urgenza):
    with fermo(oggi):
        (voce,) = voci_scrivania(coordinatore)
    assert (voce.urgenza, voce.entro, voce.gruppo) == (urgenza, date(2023, 12, 31), "Scheda obiettivi")
    assert voce.titolo.startswith("F2: 0 di 1, manca")
    assert voce.url == "/gestione/punti/convoca/"


def test_sulla_scrivania_solo_l_anno_in_corso(obiettivo, f2, rete_punti, coordinatore):
    with fermo(datetime(2024, 2, 1, 9, tzinfo=UTC)):
        assert voci_scrivania(coordinatore) == []


@pytest.mark.parametrize("ruolo", [Ruolo.PARTNER, Ruolo.REDATTORE, Ruolo.REVISORE, Ruolo.OPERATORE_CPI])
def test_chi_non_puo_rimediare_non_riceve_l_avviso(obiettivo, f2, rete_punti, ruolo):
    with fermo(datetime(2023, 10, 22, 9, tzinfo=UTC)):
        assert voci_scrivania(UtenteFactory(ruolo=ruolo)) == []
