"""Two people answer for the same seat at the same instant: one answer stands whole, both are in the trail (R21)."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from core.registro import righe_di, verifica
from reti.models import Convocazione
from reti.services.risposte import rispondi
from reti.stati import StatoIncontro
from tests.contemporanei import insieme
from tests.factories.reti import ConvocazioneFactory, IncontroFactory

LINK = Convocazione.Via.COLLEGAMENTO


@pytest.mark.django_db(transaction=True)
def test_due_risposte_nello_stesso_istante_non_si_mescolano():
    cache.clear()
    inizio, fine = (datetime(2090, 1, 10, ora, tzinfo=UTC) for ora in (9, 11))
    incontro = IncontroFactory(stato=StatoIncontro.CONVOCATO, inizio=inizio, fine=fine)
    convocazione = ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)
    esiti = insieme(
        lambda: rispondi(convocazione=convocazione, risposta="si", via=LINK),
        lambda: rispondi(convocazione=convocazione, risposta="delega", delegato="Ada Rossi", via=LINK),
    )
    assert [e for e in esiti if isinstance(e, Exception)] == []
    convocazione.refresh_from_db()
    assert (convocazione.risposta, convocazione.delegato) in {("si", ""), ("delega", "Ada Rossi")}
    ultima = righe_di(convocazione).last()
    assert (righe_di(convocazione).count(), ultima.dati["risposta"]) == (2, convocazione.risposta)
    assert verifica() == (2, "")
