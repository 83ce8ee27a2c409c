"""Two coordinators close the same poll, two people answer for the same seat, at the same instant (R23)."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import verifica
from reti.models import Convocazione, Incontro, Interpellato, Sondaggio
from reti.services.sondaggi import apri_sondaggio, chiudi_sondaggio, rispondi_sondaggio, sollecita_sondaggio
from tests.contemporanei import insieme
from tests.factories.reti import AdesioneFactory, ReteFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db(transaction=True)
INIZIO = datetime(2090, 1, 10, 9, tzinfo=UTC)


@pytest.fixture
def sondaggio():
    rete = ReteFactory()
    AdesioneFactory(rete=rete)
    fasce = [(INIZIO + timedelta(days=n), INIZIO + timedelta(days=n, hours=2)) for n in range(2)]
    utente = UtenteFactory(ruolo="coordinatore")
    entro = INIZIO - timedelta(days=3)
    return apri_sondaggio(utente=utente, rete=rete, titolo="Seduta", luogo="Sala", fasce=fasce, entro=entro)


def test_due_chiusure_insieme_fanno_un_incontro_solo(sondaggio):
    coordinatori = [UtenteFactory(ruolo="coordinatore") for _n in range(2)]
    fasce = list(sondaggio.fasce.all())
    esiti = insieme(
        *(
            lambda u=utente, f=fascia: chiudi_sondaggio(utente=u, sondaggio=sondaggio, fascia=f)
            for utente, fascia in zip(coordinatori, fasce, strict=True)
        )
    )
    assert sorted(type(e).__name__ for e in esiti) == ["Incontro", "Rifiuto"]
    [rifiuto] = [e for e in esiti if isinstance(e, Rifiuto)]
    assert rifiuto.messages == ["Il sondaggio è già chiuso."]
    assert Sondaggio.objects.get().incontro == Incontro.objects.get()
    assert Messaggio.objects.filter(chiave__startswith="convocazione-").count() == 1
    assert verifica()[1] == ""


def test_due_risposte_insieme_non_si_mescolano(sondaggio):
    interpellato = Interpellato.objects.get()
    prima, seconda = sondaggio.fasce.values_list("pk", flat=True)
    valori = [{prima: "si", seconda: "no"}, {prima: "no", seconda: "si"}]
    via = Convocazione.Via.COLLEGAMENTO
    esiti = insieme(*(lambda v=v: rispondi_sondaggio(interpellato=interpellato, valori=v, via=via) for v in valori))
    assert [e for e in esiti if isinstance(e, Exception)] == []
    assert dict(interpellato.disponibilita.values_list("fascia", "valore")) in valori


def test_due_solleciti_insieme_mandano_una_mail(sondaggio):
    coordinatori = [UtenteFactory(ruolo="coordinatore") for _n in range(2)]
    esiti = insieme(*(lambda u=u: sollecita_sondaggio(utente=u, sondaggio=sondaggio) for u in coordinatori))
    assert sorted(str(getattr(e, "messages", e)) for e in esiti) == [
        "1",
        "['Un sollecito è già partito oggi: riprova domani.']",
    ]
    assert Messaggio.objects.filter(chiave__startswith="sollecito-").count() == 1
