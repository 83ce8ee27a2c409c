"""Participation rates: bodies, boards, and the Province at others' meetings (R26)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from reti.models import Presenza
from reti.partecipazione import Partecipazione, tasso_partecipazione
from reti.queries.incontri import incontri_tenuti
from reti.queries.provincia import inviti_di_altri, partecipazione_della_provincia, partecipazioni_di_altri
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    ReteFactory,
    SoggettoFactory,
)

pytestmark = pytest.mark.django_db
ANNO = (date(2023, 1, 1), date(2023, 12, 31))
PRIMO = datetime(2023, 1, 10, 9, 0, tzinfo=UTC)


def incontro_con(seggio, esito, n=0, stato="svolto"):
    """A meeting of the seat's board, with its invitation and presence."""
    incontro = IncontroFactory(rete=seggio.rete, stato=stato, inizio=PRIMO + timedelta(days=n))
    ConvocazioneFactory(incontro=incontro, adesione=seggio)
    PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito)
    return incontro


@pytest.fixture
def da_altri(provincia):
    """The Province's seat at a board that another body convenes."""
    return AdesioneFactory(soggetto=provincia, rete=ReteFactory(convocante=SoggettoFactory()))


@pytest.mark.parametrize(
    ("presenze", "inviti", "tasso"),
    [(9, 10, "90.0"), (0, 3, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (0, 0, None)],
)
def test_la_formula(presenze, inviti, tasso):
    assert tasso_partecipazione(presenze, inviti) == (tasso and Decimal(tasso))


def test_dieci_tenuti_e_nove_frequentati_fanno_novanta(da_altri, provincia):
    """R26: a cancelled one or one of the Province's own changes nothing."""
    for n in range(9):
        incontro_con(da_altri, "presente", n)
    incontro_con(da_altri, "giustificato", 9)
    incontro_con(da_altri, "presente", 10, stato="annullato")
    incontro_con(da_altri, "presente", 11, stato="convocato")
    incontro_con(AdesioneFactory(soggetto=provincia, rete=ReteFactory(convocante=provincia)), "assente", 12)
    assert partecipazione_della_provincia(*ANNO).tasso == Decimal("90.0")


def test_nessun_incontro_di_altri_e_non_determinabile(provincia):
    """R26: none → n.d., neither 0 nor 100."""
    assert partecipazione_della_provincia(*ANNO).tasso is None


def test_un_incontro_senza_invito_alla_provincia_non_conta(da_altri):
    IncontroFactory(rete=da_altri.rete, svolto=True)
    ConvocazioneFactory(
        incontro=IncontroFactory(rete=da_altri.rete, svolto=True), adesione=AdesioneFactory(rete=da_altri.rete)
    )
    assert inviti_di_altri(*ANNO).count() == 0


def test_due_seggi_della_provincia_fanno_un_incontro_solo(provincia):
    incontro = IncontroFactory(svolto=True, rete__convocante=SoggettoFactory())
    for qualifica in ("funzionario", "sociale"):
        seggio = AdesioneFactory(rete=incontro.rete, soggetto=provincia, qualifica=qualifica)
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=Presenza.Esito.PRESENTE)
    assert (inviti_di_altri(*ANNO).count(), partecipazioni_di_altri(*ANNO).count()) == (1, 1)


@pytest.mark.parametrize(
    ("inizio", "conta"),
    [
        (datetime(2022, 12, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2022, 12, 31, 23, 0, tzinfo=UTC), True),
        (datetime(2023, 12, 31, 22, 59, tzinfo=UTC), True),
        (datetime(2023, 12, 31, 23, 0, tzinfo=UTC), False),
    ],
)
def test_l_anno_e_quello_di_roma(provincia, inizio, conta):
    """Midnight of Europe/Rome, not of UTC, parts two years."""
    incontro = IncontroFactory(rete__convocante=provincia, svolto=True, inizio=inizio)
    assert list(incontri_tenuti(dal=ANNO[0], al=ANNO[1])) == ([incontro] if conta else [])


def test_gli_incontri_tenuti_si_scelgono_per_tipo_e_tema(provincia):
    tavolo = ReteFactory(convocante=provincia, tipo="tavolo", tema="disabilita")
    comitato = ReteFactory(convocante=provincia, tipo="comitato_tecnico", tema="disabilita")
    altrui = ReteFactory(convocante=SoggettoFactory(), tipo="tavolo", tema="disabilita")
    del_tavolo = IncontroFactory(rete=tavolo, svolto=True)
    del_comitato = IncontroFactory(rete=comitato, stato="verbalizzato")
    for rete, stato in ((tavolo, "convocato"), (tavolo, "annullato"), (altrui, "svolto")):
        IncontroFactory(rete=rete, stato=stato)
    periodo = {"dal": ANNO[0], "al": ANNO[1]}
    assert list(incontri_tenuti(**periodo, tipo="tavolo", tema="disabilita")) == [del_tavolo]
    assert list(incontri_tenuti(**periodo, tipo="comitato_tecnico")) == [del_comitato]
    assert set(incontri_tenuti(**periodo, tema="disabilita")) == {del_tavolo, del_comitato}


def test_un_seggio_della_provincia_che_nessuno_ha_invitato_non_conta(da_altri, provincia):
    """Presence counts where there was an invitation."""
    incontro = incontro_con(da_altri, "assente")
    altro = AdesioneFactory(rete=da_altri.rete, soggetto=provincia, qualifica="sociale")
    PresenzaFactory(incontro=incontro, adesione=altro)
    assert partecipazioni_di_altri(*ANNO).count() == 0
    assert partecipazione_della_provincia(*ANNO).tasso == Decimal("0.0")


def test_la_partecipazione_di_ogni_ente_e_del_tavolo(provincia, django_assert_num_queries):
    rete = ReteFactory(convocante=provincia)
    alfa, beta = (AdesioneFactory(rete=rete, soggetto__denominazione=nome) for nome in ("Alfa", "Beta"))
    for n, (di_alfa, di_beta) in enumerate((("presente", "presente"), ("presente", "giustificato"))):
        incontro = incontro_con(alfa, di_alfa, n)
        ConvocazioneFactory(incontro=incontro, adesione=beta)
        PresenzaFactory(incontro=incontro, adesione=beta, esito=di_beta)
    incontro_con(alfa, "assente", 5, stato="annullato")
    scelta = Selezione(rete=rete.pk, dal=ANNO[0], al=ANNO[1])
    with django_assert_num_queries(2):
        per_ente, per_tavolo = partecipazione(Per.ENTE, scelta), partecipazione(Per.TAVOLO, scelta)
    assert per_ente == [
        Partecipazione(alfa.soggetto_id, "Alfa", 2, 2, 2),
        Partecipazione(beta.soggetto_id, "Beta", 2, 2, 1, 1),
    ]
    assert [r.tasso for r in per_ente] == [Decimal("100.0"), Decimal("50.0")]
    assert per_tavolo == [Partecipazione(rete.pk, rete.nome, 2, 4, 3, 1)]
    assert per_tavolo[0].tasso == Decimal("75.0")
