"""A moment when points are open, and a host with its manager."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.orologio import fermo
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory

# A Monday morning.
LUNEDI = datetime(2023, 5, 8, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture
def lunedi():
    """The product's clock stands at Monday 8 May 2023, 10 in the morning."""
    with fermo(LUNEDI):
        yield LUNEDI


@pytest.fixture
def ospite(db):
    """Who manages the points of a body, as a Rappresentanza."""
    return RappresentanzaFactory()


@pytest.fixture
def punto_ospitato(ospite):
    """An active point of that body."""
    return PuntoFactory(attivo=True, sede=SedeFactory(soggetto=ospite.soggetto), nome="Sportello Lavoro")
