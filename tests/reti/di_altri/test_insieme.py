"""Two people register the same invitation at the same instant: one meeting (R26)."""

from datetime import timedelta

import pytest

from core.errori import Rifiuto
from reti.models import Incontro
from reti.services.incontri_di_altri import registra_invito
from tests.contemporanei import insieme
from tests.reti.di_altri.gesti import INIZIO
from tests.reti.test_inviti_ricevuti import ICS


@pytest.mark.django_db(transaction=True)
def test_lo_stesso_invito_caricato_due_volte_insieme_fa_un_incontro(coordinatore, rete):
    dati = {"titolo": "Tavolo", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=2), "luogo": "Milano"}

    def registra() -> Incontro:
        return registra_invito(utente=coordinatore, rete=rete, dati=dati, originale=ICS.encode())

    esiti = insieme(registra, registra)
    assert sorted(type(esito) for esito in esiti if not isinstance(esito, Incontro)) == [Rifiuto]
    assert Incontro.objects.count() == 1
