"""R31: how long a confirmation holds, as a pure rule and as the query says it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.orologio import fermo
from punti_informativi.freschezza import AGGIORNATO, DA_CONFERMARE, SCADUTO, freschezza, ultima_scaduta
from punti_informativi.models import PuntoInformativo
from tests.factories.punti_informativi import PuntoFactory

ROMA = ZoneInfo("Europe/Rome")
REGOLA = {"mesi": 6, "tolleranza": 60}


@pytest.mark.parametrize(
    ("al", "atteso"),
    [
        (date(2026, 1, 15), AGGIORNATO),
        (date(2026, 7, 14), AGGIORNATO),
        (date(2026, 7, 15), DA_CONFERMARE),
        (date(2026, 9, 12), DA_CONFERMARE),
        (date(2026, 9, 13), SCADUTO),
    ],
)
def test_dopo_sei_mesi_si_segna_e_dopo_sessanta_giorni_esce(al, atteso):
    assert freschezza(date(2026, 1, 15), al, **REGOLA).esito == atteso


def test_sei_mesi_dal_trentuno_agosto_finiscono_con_febbraio():
    assert freschezza(date(2025, 8, 31), date(2026, 1, 1), **REGOLA).scade_il == date(2026, 2, 28)
    assert freschezza(date(2023, 8, 31), date(2024, 1, 1), **REGOLA).scade_il == date(2024, 2, 29)


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    st.integers(1, 24),
    st.integers(-30, 120),
    st.integers(-5, 5),
)
def test_la_soglia_della_query_dice_la_stessa_cosa_della_regola(al, mesi, tolleranza, scarto):
    soglia = ultima_scaduta(al, mesi=mesi, tolleranza=tolleranza)
    giorno = soglia + timedelta(days=scarto)
    assert freschezza(giorno, al, mesi=mesi, tolleranza=tolleranza).scaduta == (giorno <= soglia)


@pytest.mark.django_db
def test_un_punto_non_confermato_esce_dall_elenco_senza_che_giri_nulla_e_torna_con_la_conferma():
    with fermo(datetime(2026, 1, 15, 9, tzinfo=ROMA)):
        punto = PuntoFactory(attivo=True)
    with fermo(datetime(2026, 9, 12, 23, 59, tzinfo=ROMA)):
        assert list(PuntoInformativo.objects.pubblici()) == [punto]
        assert list(PuntoInformativo.objects.da_confermare()) == [punto]
        assert not PuntoInformativo.objects.da_confermare(60).exists()
    with fermo(datetime(2026, 9, 13, 0, 0, tzinfo=ROMA)):
        assert not PuntoInformativo.objects.pubblici().exists()
        assert list(PuntoInformativo.objects.da_confermare(60)) == [punto]
        assert not PuntoInformativo.objects.get().pubblico
        PuntoInformativo.objects.update(verificato_il=date(2026, 9, 13))
        assert list(PuntoInformativo.objects.pubblici()) == [punto]


@pytest.mark.django_db
def test_un_punto_mai_confermato_conta_dall_apertura():
    punto = PuntoFactory(attivo=True, verificato_il=None, attivo_dal=date(2026, 1, 15))
    with fermo(datetime(2026, 7, 14, 12, tzinfo=ROMA)):
        assert not PuntoInformativo.objects.da_confermare().exists()
    with fermo(datetime(2026, 7, 15, 12, tzinfo=ROMA)):
        assert list(PuntoInformativo.objects.da_confermare()) == [punto]
        assert PuntoInformativo.objects.get().freschezza.marcata
