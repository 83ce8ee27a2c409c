"""The filter in SQL and the sentence on the card never disagree, whatever the calendar."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punti_informativi.apertura import apertura
from punti_informativi.models import Eccezione, EccezioneOspite, Orario, OrarioOspite, PuntoInformativo
from punti_informativi.orari import MEZZANOTTE, Deroga, Fascia
from punti_informativi.queries.aperture import aperti
from tests.factories.punti_informativi import FestaPatronaleFactory, PuntoFactory
from tests.factories.reti import ComuneFactory, SedeFactory, SoggettoFactory

pytestmark = pytest.mark.django_db

ROMA = ZoneInfo("Europe/Rome")
# The two changes of the clock, Easter Monday, the patron saint, Christmas and year end, a leap day, a plain day.
GIORNI = [
    date(2023, 3, 26),
    date(2023, 10, 29),
    date(2023, 4, 10),
    date(2023, 11, 13),
    date(2023, 12, 25),
    date(2023, 12, 31),
    date(2024, 2, 29),
    date(2023, 5, 9),
]
ORE = [time(0), time(1), time(2), time(2, 30), time(3), time(9), time(9, 30), time(12), time(14), time(22), MEZZANOTTE]
tratti = st.lists(st.sampled_from(ORE), min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def calendari(draw, giorno):
    """Spells and exceptions of one owner around `giorno`, with the overlaps that a careless hand may leave."""
    fascia = st.builds(lambda n, ore, su: Fascia(n, *ore, su), st.integers(0, 6), tratti, st.booleans())
    intorno = st.integers(-2, 3).map(lambda n: giorno + timedelta(days=n))
    date_scelte = st.lists(intorno, min_size=2, max_size=2).map(sorted)
    chiusura = date_scelte.map(lambda d: Deroga(*d))
    aperta = st.builds(lambda d, ore: Deroga(*d, False, *ore), date_scelte, tratti)
    fasce = st.lists(fascia, max_size=9, unique_by=lambda f: (f.giorno, f.dalle))
    return draw(fasce), draw(st.lists(chiusura | aperta, max_size=4))


@st.composite
def mondi(draw):
    """The calendars of two hosts and four points, and some instants of the days around one."""
    giorno = draw(st.sampled_from(GIORNI))
    mezzanotte = datetime.combine(giorno, time(0), ZoneInfo("UTC"))
    minuti = st.integers(-240, 2 * 24 * 60).map(lambda n: mezzanotte + timedelta(minutes=n, seconds=n % 3 * 20))
    istanti = draw(st.lists(minuti, min_size=5, max_size=12))
    return [draw(calendari(giorno)) for _n in range(6)], [i.astimezone(ROMA) for i in istanti]


@pytest.fixture
def proprietari():
    """Two hosts; two points of the first, one that follows it, and two of the second, one that follows it."""
    santo = FestaPatronaleFactory()
    sedi = [SedeFactory(comune=santo.comune), SedeFactory(comune=ComuneFactory())]
    punti = [
        PuntoFactory(attivo=True, sede=sede, orari_dell_ospite=segue, solo_appuntamento=segue)
        for sede in sedi
        for segue in (False, True)
    ]
    assert SoggettoFactory._meta.model.objects.count() == 2
    return [sede.soggetto for sede in sedi], punti


def _scrivi(proprietari, calendari):
    for modello in (Orario, Eccezione, OrarioOspite, EccezioneOspite):
        modello.objects.all().delete()
    ospiti, punti = proprietari
    for n, (fasce, deroghe) in enumerate(calendari):
        di = {"soggetto": ospiti[n]} if n < 2 else {"punto": punti[n - 2]}
        orari, eccezioni = (OrarioOspite, EccezioneOspite) if n < 2 else (Orario, Eccezione)
        orari.objects.bulk_create([orari(**di, **asdict(f)) for f in fasce])
        eccezioni.objects.bulk_create([eccezioni(**di, **asdict(d)) for d in deroghe])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mondi())
def test_il_filtro_in_sql_dice_come_la_regola_pura(proprietari, mondo):
    """R30, R34: same answer for points with hours of their own and for those that follow their host's."""
    calendari, istanti = mondo
    _scrivi(proprietari, calendari)
    punti = list(PuntoInformativo.objects.con_orari())
    for ora in istanti:
        attesi = {p.pk for p in punti if apertura(p.calendario, ora).aperto}
        assert set(aperti(PuntoInformativo.objects.all(), ora).values_list("pk", flat=True)) == attesi


@pytest.mark.parametrize(
    ("istante", "aperto"),
    [("2023-10-29T00:15Z", True), ("2023-10-29T00:45Z", False), ("2023-10-29T01:15Z", False)],
)
def test_nell_ora_che_torna_una_seconda_volta_il_filtro_non_riapre(proprietari, istante, aperto):
    """R30: open from 1 to 2:30 on the Sunday when 2:15 comes twice."""
    _ospiti, punti = proprietari
    Orario.objects.create(punto=punti[0], giorno=6, dalle=time(1), alle=time(2, 30))
    ora = datetime.fromisoformat(istante).astimezone(ROMA)
    assert aperti(PuntoInformativo.objects.all(), ora).exists() is aperto
