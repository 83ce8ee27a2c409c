"""The rates counted again, in another way: record by record in Python, over random data (R26).

The second count reads the definition, not the queries: joint meetings, ended seats, meetings cancelled, postponed
or of others, rolls not called.
"""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reti.models import Convocazione, Incontro, Presenza
from reti.queries.assenze import chi_non_viene
from reti.queries.provincia import inviti_di_altri, partecipazione_della_provincia, partecipazioni_di_altri
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import CONTATI, andamento, inviti_contati, partecipazione
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    ReteFactory,
    SoggettoFactory,
)
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
# Every hour of the day, so that some meetings fall on another day in UTC; both clock changes of the year are inside.
PRIMO = datetime(2022, 12, 30, 22, 30, tzinfo=UTC)
CIFRE = ("incontri", "inviti", "presenze", "giustificate", "assenti", "non_rilevate")


@pytest.fixture(params=[1, 2, 3])
def mondo(request, provincia):
    """Six boards, two of them convened by others; sixty meetings in any state, some joint."""
    caso = random.Random(request.param)  # noqa: S311  the same data at every run
    enti = [provincia, *(SoggettoFactory(denominazione=f"Ente {n}") for n in range(6))]
    tipi, temi = ("tavolo", "osservatorio", "rete"), ("operatori", "disabilita")
    reti = [
        ReteFactory(convocante=enti[1] if n > 3 else provincia, tipo=tipi[n % 3], tema=temi[n % 2]) for n in range(6)
    ]
    seggi = defaultdict(list)
    for rete in reti:
        for n, ente in enumerate(caso.sample(enti, 4) if not rete.di_altri else [provincia, provincia]):
            finito = date(2023, 6, 30) if n == 3 else None
            seggi[rete].append(
                AdesioneFactory(rete=rete, soggetto=ente, al=finito, qualifica="sociale" if n == 1 else "")
            )
    autore = UtenteFactory(ruolo="coordinatore")
    for n in range(60):
        _incontro(caso, caso.choice(reti), reti, seggi, PRIMO + timedelta(days=n * 7, hours=n * 5), autore)


def _incontro(caso, rete, reti, seggi, inizio, autore):
    stato = caso.choice([StatoIncontro.SVOLTO] * 5 + list(StatoIncontro))
    incontro = IncontroFactory(rete=rete, stato=stato, inizio=inizio, creato_da=autore)
    insieme = [rete]
    if caso.random() < 0.3 and not rete.di_altri:
        insieme.append(caso.choice([r for r in reti[:4] if r != rete]))
        incontro.altre_reti.add(insieme[1])
    giorno = inizio.astimezone(ROMA).date()
    con_appello = caso.random() < 0.8
    for seggio in (s for r in insieme for s in seggi[r] if not s.al or s.al >= giorno):
        if caso.random() < 0.9:
            ConvocazioneFactory(incontro=incontro, adesione=seggio)
        if con_appello and caso.random() < 0.9:
            PresenzaFactory(incontro=incontro, adesione=seggio, esito=caso.choice(list(Presenza.Esito)))


def _righe_contate(dal=None, al=None):
    """(invitation, outcome or "", local day) of what the definition counts."""
    esiti = {(p.incontro_id, p.adesione_id): p.esito for p in Presenza.objects.all()}
    for c in Convocazione.objects.select_related("incontro__rete", "adesione__rete", "adesione__soggetto"):
        giorno = c.incontro.inizio.astimezone(ROMA).date()
        if c.incontro.stato in ("svolto", "verbalizzato") and (dal or giorno) <= giorno <= (al or giorno):
            yield c, esiti.get((c.incontro_id, c.adesione_id), ""), giorno


CHIAVI = {
    Per.TAVOLO: lambda c, g: c.adesione.rete_id,
    Per.ENTE: lambda c, g: c.adesione.soggetto_id,
    Per.SEGGIO: lambda c, g: c.adesione_id,
    Per.TIPO: lambda c, g: c.adesione.rete.tipo,
    Per.TEMA: lambda c, g: c.adesione.rete.tema,
    Per.TRIMESTRE: lambda c, g: f"{g.year}-T{(g.month + 2) // 3}",
    Per.ANNO: lambda c, g: str(g.year),
    Per.INCONTRO: lambda c, g: c.incontro_id,
}


def riconta(per, dal=None, al=None):
    gruppi = defaultdict(list)
    for c, esito, giorno in _righe_contate(dal, al):
        gruppi[CHIAVI[per](c, giorno)].append((c.incontro_id, esito))
    return {
        chiave: (
            len({incontro for incontro, _e in voci}),
            len(voci),
            *(sum(e == quale for _i, e in voci) for quale in ("presente", "giustificato", "assente", "")),
        )
        for chiave, voci in gruppi.items()
    }


@pytest.mark.parametrize("per", list(Per))
@pytest.mark.parametrize(("dal", "al"), [(None, None), (date(2023, 1, 1), date(2023, 12, 31))])
def test_ogni_tabella_e_uguale_al_conto_fatto_a_mano(mondo, per, dal, al, django_assert_num_queries):
    with django_assert_num_queries(1):
        righe = partecipazione(per, Selezione(dal=dal, al=al))
    assert {r.chiave: tuple(getattr(r, c) for c in CIFRE) for r in righe} == riconta(per, dal, al)


@pytest.mark.parametrize("per", list(Per))
def test_ogni_cifra_ha_dietro_di_se_i_suoi_inviti(mondo, per):
    """The figure opens as many records as it says."""
    for riga in partecipazione(per):
        scelta = Selezione().con_voce(per, str(riga.chiave))
        assert {c: inviti_contati(scelta, cosa=c).count() for c in CONTATI} == {c: getattr(riga, c) for c in CONTATI}


def test_i_filtri_si_sommano(mondo):
    rete = Incontro.objects.tenuti().filter(rete__convocante__titolare_piattaforma=True).first().rete
    attesi = [(c, e) for c, e, _g in _righe_contate() if c.adesione.rete == rete and c.adesione.soggetto.pk % 2]
    enti = {c.adesione.soggetto_id for c, _e in attesi}
    trovati = [r for e in enti for r in partecipazione(Per.ENTE, Selezione(rete=rete.pk, ente=e, tipo=rete.tipo))]
    assert sum(r.inviti for r in trovati) == len(attesi)
    assert sum(r.presenze for r in trovati) == sum(e == "presente" for _c, e in attesi)


def test_l_andamento_ha_tutti_i_trimestri_e_gli_stessi_totali(mondo):
    righe, attesi = [p.riga for p in andamento()], riconta(Per.TRIMESTRE)
    tutti = [f"{anno}-T{n}" for anno in (2022, 2023, 2024) for n in (1, 2, 3, 4)]
    assert [r.chiave for r in righe] == tutti[tutti.index(min(attesi)) : tutti.index(max(attesi)) + 1]
    assert {r.chiave: r.inviti for r in righe if r.inviti} == {k: v[1] for k, v in attesi.items()}


def test_d1_e_il_conto_fatto_a_mano(mondo):
    """R26: a meeting of others once, however many seats the Province has there."""
    dal, al = date(2023, 1, 1), date(2023, 12, 31)
    esiti = defaultdict(set)
    for c, esito, _giorno in _righe_contate(dal, al):
        if not c.incontro.rete.convocante.titolare_piattaforma and c.adesione.soggetto.titolare_piattaforma:
            esiti[c.incontro_id].add(esito)
    d1 = partecipazione_della_provincia(dal, al)
    presenti = sum("presente" in e for e in esiti.values())
    assert (d1.inviti, d1.presenze) == (len(esiti), presenti)
    assert (inviti_di_altri(dal, al).count(), partecipazioni_di_altri(dal, al).count()) == (len(esiti), presenti)
    assert d1.inviti > d1.presenze > 0


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_chi_non_viene_e_il_conto_fatto_a_mano(mondo, orologio, k):
    """The row of each place read backwards, record by record, until the last time that it was there."""
    posti = defaultdict(list)
    for c, esito, _giorno in sorted(_righe_contate(), key=lambda r: (r[0].incontro.inizio, r[0].incontro_id)):
        posti[c.adesione.rete_id, c.adesione.soggetto_id, c.adesione.qualifica].append((c.adesione, esito))
    attese = {}
    with orologio(PRIMO + timedelta(days=500)):
        for posto, voci in posti.items():
            code = [e for _s, e in voci]
            ultima = max((n for n, e in enumerate(code) if e == "presente"), default=-1)
            fila = sum(bool(e) for e in code[ultima + 1 :])
            if fila >= k and not voci[-1][0].al:
                attese[posto] = fila
        trovate = chi_non_viene(k)
    assert {(a.seggio.rete_id, a.seggio.soggetto_id, a.seggio.qualifica): a.fila for a in trovate} == attese
