"""What counts for participation: meetings of others, held, with the Province invited (R26)."""

from datetime import date

import pytest

from reti.models import Presenza
from reti.queries.incontri import inviti_di_altri, partecipazioni_di_altri
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, PresenzaFactory, SoggettoFactory

pytestmark = pytest.mark.django_db
ANNO = (date(2023, 1, 1), date(2023, 12, 31))


def test_due_seggi_della_provincia_fanno_un_incontro_solo(provincia):
    incontro = IncontroFactory(svolto=True, rete__convocante=SoggettoFactory())
    for qualifica in ("funzionario", "sociale"):
        seggio = AdesioneFactory(rete=incontro.rete, soggetto=provincia, qualifica=qualifica)
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=Presenza.Esito.PRESENTE)
    assert (inviti_di_altri(*ANNO).count(), partecipazioni_di_altri(*ANNO).count()) == (1, 1)
    assert StatoIncontro.SVOLTO == incontro.stato
