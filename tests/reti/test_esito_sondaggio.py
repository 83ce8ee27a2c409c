"""What a poll says, slot by slot: quorum, required members, the slot to take (R23)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reti.models import Disponibilita
from reti.queries.esito_sondaggio import perche, risultato
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    FasciaFactory,
    IncontroFactory,
    InterpellatoFactory,
    ReteFactory,
    SondaggioFactory,
)

pytestmark = pytest.mark.django_db
LUNEDI = datetime(2090, 1, 9, 9, tzinfo=UTC)
GIORNO = timedelta(days=1)


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo lavoro", quorum=2)


@pytest.fixture
def sondaggio(rete):
    sondaggio = SondaggioFactory(rete=rete)
    for n in range(3):
        FasciaFactory(sondaggio=sondaggio, inizio=LUNEDI + n * GIORNO)
    return sondaggio


def dice(sondaggio, valori, **seggio):
    """A seat that says s, f, n of each slot; a dot is nothing."""
    seggio.setdefault("rete", sondaggio.rete)
    interpellato = InterpellatoFactory(sondaggio=sondaggio, adesione=AdesioneFactory(**seggio))
    for fascia, lettera in zip(sondaggio.fasce.all(), valori, strict=True):
        if lettera != ".":
            valore = {"s": "si", "f": "forse", "n": "no"}[lettera]
            Disponibilita.objects.create(interpellato=interpellato, fascia=fascia, valore=valore)
    if valori.strip("."):
        interpellato.risposto_il = LUNEDI - 9 * GIORNO
        interpellato.save()
    return interpellato


def conti(quorum):
    return [(q.rete.nome, q.conto.presenti, q.conto.mancano, q.mancanti) for q in quorum]


def test_per_ogni_fascia_il_quorum_coi_si_e_coi_forse(sondaggio):
    dice(sondaggio, "sfn")
    dice(sondaggio, "sfn")
    dice(sondaggio, "...")
    esito = risultato(sondaggio)
    assert [(e.si, e.forse, e.no) for e in esito.esiti] == [(2, 0, 0), (0, 2, 0), (0, 0, 2)]
    assert [conti(e.coi_si) for e in esito.esiti] == [
        [("Tavolo lavoro", 2, 0, [])],
        [("Tavolo lavoro", 0, 2, [])],
        [("Tavolo lavoro", 0, 2, [])],
    ]
    assert [(e.valida, e.valida_coi_forse) for e in esito.esiti] == [(True, True), (False, True), (False, False)]
    assert (esito.risposte, len(esito.mancanti)) == (2, 1)


def test_mancano_i_generi_di_membro_richiesti(sondaggio, rete):
    """R27: the law's three at a technical committee; a yes of another kind doesn't replace one."""
    rete.tipo, rete.atto = "comitato_tecnico", "Determinazione 1/2023"
    rete.save()
    dice(sondaggio, "sss", qualifica="funzionario")
    dice(sondaggio, "sfs", qualifica="sociale")
    dice(sondaggio, "snf", qualifica="medico_legale")
    esiti = risultato(sondaggio).esiti
    assert [(e.coi_si[0].mancanti, e.coi_forse[0].mancanti) for e in esiti] == [
        ([], []),
        (["esperto del settore sociale", "esperto del settore medico-legale"], ["esperto del settore medico-legale"]),
        (["esperto del settore medico-legale"], []),
    ]


def test_ogni_tavolo_di_un_congiunto_ha_il_suo_quorum(sondaggio, provincia):
    casa = ReteFactory(convocante=provincia, nome="Tavolo casa", quorum=1)
    sondaggio.altre_reti.add(casa)
    dice(sondaggio, "sss")
    dice(sondaggio, "ssn")
    dice(sondaggio, "nss", rete=casa)
    esito = risultato(sondaggio)
    assert [[q.valido for q in e.coi_si] for e in esito.esiti] == [[True, False], [True, True], [False, True]]
    assert esito.migliore.fascia.inizio == LUNEDI + GIORNO


def test_chi_quel_giorno_non_e_in_carica_non_conta(sondaggio, rete):
    rete.quorum, rete.quorum_modo = 50, "percento"
    rete.save()
    dice(sondaggio, "sss")
    dice(sondaggio, "n..", al=date(2090, 1, 9))
    dice(sondaggio, "nnn")
    esito = risultato(sondaggio)
    assert [(e.coi_si[0].conto.presenti, e.coi_si[0].conto.serve) for e in esito.esiti] == [(1, 2), (1, 1), (1, 1)]
    assert [[c.in_carica for c in celle] for _i, celle in esito.righe].count([True, False, False]) == 1


@pytest.mark.parametrize(
    ("risposte", "quale", "frase"),
    [
        (["nss", "nsn"], 1, "Con chi ha detto sì la seduta sarebbe valida: 2 sì, 0 se necessario, 0 no."),
        (["fsn", "ffn"], 1, "La seduta sarebbe valida solo con chi ha detto «se necessario»: 1 sì, 1 se nece"),
        (["nfs", "nnn"], 2, "In nessuna fascia la seduta sarebbe valida: questa è la più vicina (1 sì, 0 se"),
        (["sss", "sss"], 0, "Con chi ha detto sì la seduta sarebbe valida: 2 sì, 0 se necessario, 0 no."),
        (["sss", "sss", "fns"], 2, "Con chi ha detto sì la seduta sarebbe valida: 3 sì, 0 se necessario, 0 no."),
    ],
)
def test_la_fascia_consigliata_ha_una_ragione(sondaggio, risposte, quale, frase):
    for valori in risposte:
        dice(sondaggio, valori)
    migliore = risultato(sondaggio).migliore
    assert migliore.fascia.inizio == LUNEDI + quale * GIORNO
    assert perche(migliore).startswith(frase)


def test_senza_quorum_si_consiglia_dove_ci_sono_piu_si(sondaggio, rete):
    rete.quorum = None
    rete.save()
    dice(sondaggio, "nsf")
    assert perche(risultato(sondaggio).migliore) == (
        "Nessun numero legale da raggiungere: è la fascia con più sì (1 sì, 0 se necessario, 0 no)."
    )


def test_senza_risposte_non_si_consiglia_nulla(sondaggio):
    dice(sondaggio, "...")
    assert risultato(sondaggio).migliore is None


def test_una_fascia_passata_non_si_consiglia(sondaggio, orologio):
    dice(sondaggio, "snn")
    with orologio(LUNEDI + timedelta(hours=1)):
        assert risultato(sondaggio).migliore.fascia.inizio == LUNEDI + GIORNO


def test_a_pari_risposte_si_evita_chi_e_gia_convocato_altrove(sondaggio, provincia):
    """R25: the same person at the same time."""
    impegnato = dice(sondaggio, "sss", titolare_email="ada@x.example")
    dice(sondaggio, "sss")
    altro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO, inizio=LUNEDI, titolo="Altro")
    seggio = AdesioneFactory(rete=altro.rete, soggetto=impegnato.adesione.soggetto, titolare_email="ada@x.example")
    ConvocazioneFactory(incontro=altro, adesione=seggio)
    esito = risultato(sondaggio)
    assert [len(e.conflitti) for e in esito.esiti] == [1, 0, 0]
    assert esito.migliore.fascia.inizio == LUNEDI + GIORNO


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_non_crescono(sondaggio, quanti, django_assert_num_queries):
    for _n in range(quanti):
        dice(sondaggio, "sfn")
    with django_assert_num_queries(5):
        assert risultato(sondaggio).risposte == quanti
