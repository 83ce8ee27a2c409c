"""Local days as instants, around midnight and the two changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.giorni import mezzanotte
from reti.models import Incontro
from tests.factories.reti import IncontroFactory, ReteFactory


@pytest.mark.parametrize(
    ("giorno", "istante"),
    [
        (date(2023, 1, 1), datetime(2022, 12, 31, 23, tzinfo=UTC)),
        (date(2023, 3, 26), datetime(2023, 3, 25, 23, tzinfo=UTC)),  # the clock goes forward at 2
        (date(2023, 3, 27), datetime(2023, 3, 26, 22, tzinfo=UTC)),
        (date(2023, 10, 29), datetime(2023, 10, 28, 22, tzinfo=UTC)),  # and back at 3
        (date(2023, 10, 30), datetime(2023, 10, 29, 23, tzinfo=UTC)),
    ],
)
def test_il_giorno_comincia_alla_mezzanotte_di_roma(giorno, istante):
    assert mezzanotte(giorno) == istante


@pytest.mark.django_db
@pytest.mark.parametrize("giorno", [date(2023, 3, 26), date(2023, 10, 29), date(2023, 7, 1)])
def test_un_giorno_contiene_i_suoi_istanti_e_non_gli_altri(giorno):
    """R26: also a day of 23 hours and one of 25."""
    inizio, fine = mezzanotte(giorno), mezzanotte(giorno + timedelta(days=1))
    rete = ReteFactory()
    for n, istante in enumerate([inizio - timedelta(seconds=1), inizio, fine - timedelta(seconds=1), fine]):
        IncontroFactory(rete=rete, inizio=istante, titolo=str(n), svolto=True)
    assert sorted(i.titolo for i in Incontro.objects.nei_giorni(giorno, giorno)) == ["1", "2"]
    assert sorted(i.titolo for i in Incontro.objects.tenuti(dal=giorno)) == ["1", "2", "3"]
    assert sorted(i.titolo for i in Incontro.objects.tenuti(al=giorno)) == ["0", "1", "2"]
