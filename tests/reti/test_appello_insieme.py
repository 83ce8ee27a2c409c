"""Two people take the roll at the same instant, each with their own connection (R22)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from core.registro import verifica
from reti.models import Presenza, Tocco
from reti.services.appello import Gesto, registra_tocchi
from reti.stati import StatoIncontro
from tests.contemporanei import insieme
from tests.factories.reti import ConvocazioneFactory, IncontroFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db(transaction=True)
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def incontro():
    cache.clear()
    incontro = IncontroFactory(stato=StatoIncontro.CONVOCATO, inizio=INIZIO)
    ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)
    return incontro


def tocca(incontro, utente, chiave, valore, minuto):
    seggio = incontro.convocazioni.get().adesione_id
    gesto = Gesto(chiave, seggio, "esito", valore, INIZIO + timedelta(minutes=minuto))
    return lambda: registra_tocchi(utente=utente, incontro=incontro, gesti=[gesto])[0].esito


def test_lo_stesso_tocco_consegnato_da_due_connessioni_si_scrive_una_volta(incontro):
    """A tablet that heard no answer sends again while the first delivery is still being written."""
    utente = UtenteFactory(ruolo="coordinatore")
    esiti = insieme(*[tocca(incontro, utente, "la-stessa", "presente", 5) for _n in range(4)])
    assert sorted(esiti) == ["applicato", "ripetuto", "ripetuto", "ripetuto"]
    assert (Tocco.objects.count(), Presenza.objects.count(), verifica()) == (1, 1, (1, ""))


def test_due_persone_sullo_stesso_seggio_vale_il_tocco_piu_recente(incontro):
    """Whoever is written first, the roll ends with the later hand."""
    prima, seconda = (UtenteFactory(ruolo="coordinatore") for _n in range(2))
    esiti = insieme(
        tocca(incontro, prima, "a", "presente", 10),
        tocca(incontro, seconda, "b", "assente", 12),
    )
    assert esiti[1] == "applicato"
    assert esiti[0] in {"applicato", "superato"}
    assert [(p.esito, p.arrivo) for p in Presenza.objects.all()] == [("assente", None)]
    assert Tocco.objects.count() == 2


def test_molti_tocchi_di_due_mani_non_ne_perdono_nessuno(incontro):
    for _n in range(5):
        ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)
    mani = [UtenteFactory(ruolo="coordinatore") for _n in range(2)]
    seggi = list(incontro.convocazioni.values_list("adesione_id", flat=True))
    metri = [
        [Gesto(f"{m}-{s}", s, "esito", ("presente", "remoto")[m], INIZIO + timedelta(minutes=m)) for s in seggi[m::2]]
        for m in range(2)
    ]
    esiti = insieme(*[lambda m=m: registra_tocchi(utente=mani[m], incontro=incontro, gesti=metri[m]) for m in range(2)])
    assert [[r.esito for r in e] for e in esiti] == [["applicato"] * 3, ["applicato"] * 3]
    assert sorted(incontro.presenze.values_list("da_remoto", flat=True)) == [False] * 3 + [True] * 3
    assert {timezone.localtime(t).minute for t in Tocco.objects.values_list("fatto_il", flat=True)} == {0, 1}
