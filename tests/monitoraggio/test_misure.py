"""Each measure counts exactly its records, and says which ones it left out and why."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from monitoraggio.misure import MISURE
from reti.models import Presenza
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    ReteFactory,
    SoggettoFactory,
)

ANNO = (date(2023, 1, 1), date(2023, 12, 31))
pytestmark = pytest.mark.django_db


def contati(esito) -> set[str]:
    return {str(r) for g in esito.gruppi if g.contato for r in g.record}


def esclusi(esito) -> set[str]:
    return {str(r) for g in esito.gruppi if not g.contato for r in g.record}


@pytest.fixture
def rete_punti(provincia):
    return ReteFactory(convocante=provincia, tema="punti_informativi")


def test_contano_gli_incontri_svolti_o_verbalizzati_del_tema(provincia, rete_punti):
    """R51: what is left out is shown with its reason."""
    for stato in StatoIncontro:
        IncontroFactory(rete=rete_punti, titolo=stato.value, stato=stato)
    IncontroFactory(rete=ReteFactory(convocante=provincia, tema="altro"), svolto=True, titolo="altro tema")
    esito = MISURE["incontri_tenuti"]({"tema": "punti_informativi"}, *ANNO)
    assert esito.valore == Decimal(2)
    assert esito.record == 2
    assert contati(esito) == {"svolto", "verbalizzato"}
    assert esclusi(esito) == {"bozza", "convocato", "rinviato", "annullato"}


def test_un_incontro_conta_nel_giorno_italiano_e_non_oltre_la_data(rete_punti):
    """R52: 31 December 23:30 in Rome is 22:30 UTC; half past midnight of 1 January 2024 is still 2023 in UTC."""
    IncontroFactory(rete=rete_punti, svolto=True, titolo="ultimo", inizio=datetime(2023, 12, 31, 22, 30, tzinfo=UTC))
    IncontroFactory(rete=rete_punti, svolto=True, titolo="fuori", inizio=datetime(2023, 12, 31, 23, 30, tzinfo=UTC))
    IncontroFactory(rete=rete_punti, svolto=True, titolo="marzo", inizio=datetime(2023, 3, 7, 9, 0, tzinfo=UTC))
    a_fine_anno = MISURE["incontri_tenuti"]({"tema": "punti_informativi"}, *ANNO)
    assert contati(a_fine_anno) == {"ultimo", "marzo"}
    a_giugno = MISURE["incontri_tenuti"]({"tema": "punti_informativi"}, date(2023, 1, 1), date(2023, 6, 30))
    assert contati(a_giugno) == {"marzo"}
    assert esclusi(a_giugno) == {"ultimo"}


def test_tipo_e_tema_scelgono_insieme(provincia):
    """The technical committee is about disability too, and isn't a tavolo."""
    tavolo = ReteFactory(convocante=provincia, tipo="tavolo", tema="disabilita")
    comitato = ReteFactory(convocante=provincia, tipo="comitato_tecnico", tema="disabilita")
    IncontroFactory(rete=tavolo, svolto=True, titolo="tavolo")
    IncontroFactory(rete=comitato, svolto=True, titolo="comitato")
    b2 = MISURE["incontri_tenuti"]({"tipo": "tavolo", "tema": "disabilita"}, *ANNO)
    e2 = MISURE["incontri_tenuti"]({"tipo": "comitato_tecnico"}, *ANNO)
    assert (contati(b2), contati(e2)) == ({"tavolo"}, {"comitato"})


@pytest.fixture
def seggio_altrui(provincia):
    """The Province's seat in a rete that another body convenes."""
    comune = SoggettoFactory(pubblico=True)
    return AdesioneFactory(rete=ReteFactory(convocante=comune), soggetto=provincia)


def _incontro_altrui(seggio, n: int, esito: str | None, stato=StatoIncontro.SVOLTO):
    inizio = datetime(2023, 2, 1, 9, 0, tzinfo=UTC) + timedelta(days=n)
    incontro = IncontroFactory(rete=seggio.rete, stato=stato, titolo=f"altrui {n}", inizio=inizio)
    ConvocazioneFactory(incontro=incontro, adesione=seggio)
    if esito:
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito)


def test_nove_presenze_su_dieci_fanno_novanta(provincia, seggio_altrui):
    """R26: a justified absence stays in the denominator; cancelled ones and the Province's own change nothing."""
    for n in range(9):
        _incontro_altrui(seggio_altrui, n, Presenza.Esito.PRESENTE)
    _incontro_altrui(seggio_altrui, 9, Presenza.Esito.GIUSTIFICATO)
    _incontro_altrui(seggio_altrui, 10, None, StatoIncontro.ANNULLATO)
    IncontroFactory(rete=ReteFactory(convocante=provincia), svolto=True)
    esito = MISURE["tasso_partecipazione_altri"]({}, *ANNO)
    assert esito.valore == Decimal("90.0")
    assert [(g.contato, g.numero) for g in esito.gruppi] == [(True, 9), (True, 1), (False, 1)]
    assert esito.record == 10


def test_nessun_incontro_di_altri_non_e_zero_ne_cento(provincia):
    """R26: n.d."""
    esito = MISURE["tasso_partecipazione_altri"]({}, *ANNO)
    assert (esito.valore, esito.record) == (None, 0)


@pytest.mark.parametrize(
    ("atto_data", "al", "giorni", "record"),
    [
        (date(2023, 4, 18), date(2023, 12, 31), 0, 1),
        (date(2023, 4, 30), date(2023, 12, 31), 0, 1),
        (date(2023, 5, 1), date(2023, 12, 31), 1, 1),
        (date(2023, 5, 10), date(2023, 5, 5), 5, 0),  # not adopted yet on that day
        (None, date(2023, 4, 30), 0, 0),
        (None, date(2023, 5, 1), 1, 0),
        (None, date(2023, 3, 1), 0, 0),
        (date(2021, 4, 18), date(2023, 12, 31), 0, 1),  # constituted before, still in force
    ],
)
def test_l_atto_di_costituzione_conta_i_giorni_di_ritardo(provincia, atto_data, al, giorni, record):
    """R53: deed by date."""
    atto = "Decreto n. 41" if atto_data else ""
    ReteFactory(convocante=provincia, tipo="comitato_tecnico", atto=atto, atto_data=atto_data)
    esito = MISURE["atto_entro"]({"tipo": "comitato_tecnico", "entro": "04-30"}, date(2023, 1, 1), al)
    assert (esito.valore, esito.record) == (Decimal(giorni), record)
