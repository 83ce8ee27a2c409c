"""Conflicts of the same person or room, shown before convening (R25)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from reti.models import Incontro, Sostituto
from reti.queries.conflitti import conflitti, conflitti_di, normalizza
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
ORA = timedelta(hours=1)
ANNA = {"titolare_nome": "Anna Bo", "titolare_email": "anna@alfa.example"}


@pytest.fixture(autouse=True)
def _prima(orologio):
    with orologio(INIZIO - timedelta(days=10)):
        yield


@pytest.fixture
def bozza(provincia):
    """The meeting about to be convened, 10:00-12:00 in Rome, with Anna's seat."""
    incontro = IncontroFactory(rete__convocante=provincia, inizio=INIZIO, luogo="Sala Consiliare")
    AdesioneFactory(rete=incontro.rete, **ANNA)
    return incontro


def altro(provincia, stato=StatoIncontro.CONVOCATO, seggio=None, **campi):
    """Another meeting, of another board, where Anna is asked too, elsewhere."""
    campi = {"inizio": INIZIO + ORA, "luogo": "Altrove"} | campi
    incontro = IncontroFactory(rete=ReteFactory(convocante=provincia, nome="Comitato"), stato=stato, **campi)
    adesione = AdesioneFactory(rete=incontro.rete, **(seggio or ANNA))
    if stato != StatoIncontro.BOZZA:
        ConvocazioneFactory(incontro=incontro, adesione=adesione, email=adesione.indirizzo_email)
    return incontro


def persone(incontro):
    return [c.persone for c in conflitti_di(incontro)]


def test_la_stessa_persona_in_un_incontro_convocato_o_in_bozza(bozza, provincia):
    primo = altro(provincia, titolo="Primo")
    secondo = altro(provincia, StatoIncontro.BOZZA, titolo="Secondo")
    trovati = conflitti_di(bozza)
    assert [(c.incontro, c.persone, c.luogo) for c in trovati] == [
        (primo, ("Anna Bo",), ""),
        (secondo, ("Anna Bo",), ""),
    ]
    assert trovati[0].frase == "Anna Bo: anche in «Primo» di Comitato, 7 marzo 2023 11:00–13:00."
    assert trovati[1].frase == "Anna Bo: anche in «Secondo» di Comitato, 7 marzo 2023 11:00–13:00 (bozza)."


@pytest.mark.parametrize("stato", [StatoIncontro.ANNULLATO, StatoIncontro.RINVIATO])
def test_annullati_e_rinviati_non_contano(bozza, provincia, stato):
    altro(provincia, stato, luogo="Sala Consiliare")
    assert conflitti_di(bozza) == []


@pytest.mark.parametrize("inizio", [INIZIO - 2 * ORA, INIZIO + 2 * ORA, INIZIO + timedelta(days=1)])
def test_incontri_che_si_toccano_non_sono_in_conflitto(bozza, provincia, inizio):
    altro(provincia, inizio=inizio, luogo="Sala Consiliare")
    assert conflitti_di(bozza) == []


def test_un_incontro_di_piu_giorni_occupa_tutti_i_suoi_giorni(bozza, provincia):
    altro(provincia, inizio=INIZIO - timedelta(days=2), fine=INIZIO + timedelta(days=2))
    assert persone(bozza) == [("Anna Bo",)]


def test_la_persona_si_riconosce_dall_utente_dall_indirizzo_o_dal_nome_nello_stesso_ente(provincia):
    utente = UtenteFactory(email="Anna@alfa.example")
    incontro = IncontroFactory(rete__convocante=provincia, inizio=INIZIO, luogo="")
    seggio = AdesioneFactory(rete=incontro.rete, titolare=utente, titolare_nome="Anna Bo")
    altro(provincia, seggio={"titolare": utente})
    altro(provincia, seggio={"titolare_email": "ANNA@ALFA.example"})
    altro(provincia, seggio={"soggetto": seggio.soggetto, "titolare_nome": "anna  bò"})
    altro(provincia, seggio={"titolare_nome": "Anna Bo"})  # of another body: a namesake
    assert persone(incontro) == [("Anna Bo",)] * 3


def test_l_indirizzo_dell_ente_non_e_una_persona(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, inizio=INIZIO, luogo="")
    seggio = AdesioneFactory(rete=incontro.rete)
    altro(provincia, seggio={"soggetto": seggio.soggetto})
    assert conflitti_di(incontro) == []


def test_chi_ha_detto_no_o_manda_un_delegato_e_libero_e_il_delegato_no(bozza, provincia):
    rifiutato = altro(provincia)
    rifiutato.convocazioni.update(risposta="no")
    delegato = altro(provincia)
    delegato.convocazioni.update(risposta="delega", delegato="Bice Ca")
    assert conflitti_di(bozza) == []
    seggio = delegato.convocazioni.get().adesione
    Sostituto.objects.create(adesione=seggio, nome="BICE CA", email="bice@alfa.example", dal=seggio.dal)
    AdesioneFactory(rete=bozza.rete, titolare_email="bice@alfa.example")
    assert [(c.incontro, c.persone) for c in conflitti_di(bozza)] == [(delegato, ("bice@alfa.example",))]


def test_un_sostituto_non_nominato_e_libero(bozza, provincia):
    seggio = altro(provincia, seggio={"titolare_nome": "Carlo"}).convocazioni.get().adesione
    Sostituto.objects.create(adesione=seggio, nome="Anna Bo", email="anna@alfa.example", dal=seggio.dal)
    assert conflitti_di(bozza) == []


def test_la_stessa_sala_comunque_sia_scritta(bozza, provincia):
    occupata = altro(provincia, seggio={"titolare_nome": "Carlo"}, luogo=" sala  consiliàre. ", titolo="Seduta")
    altro(provincia, seggio={"titolare_nome": "Dino"}, luogo="sala consiliare", modalita=Incontro.Modalita.REMOTO)
    (uno,) = conflitti_di(bozza)
    assert (uno.incontro, uno.persone, uno.luogo) == (occupata, (), "Sala Consiliare")
    assert uno.frase == "Sala Consiliare: occupata da «Seduta» di Comitato, 7 marzo 2023 11:00–13:00."


def test_due_luoghi_vuoti_non_sono_la_stessa_sala(bozza, provincia):
    bozza.luogo = "…"
    altro(provincia, seggio={"titolare_nome": "Carlo"}, luogo="—")
    assert conflitti_di(bozza) == []


@pytest.mark.parametrize(
    ("uno", "due"),
    [
        ("Sala A-1", "sala a 1"),
        ("Palazzo dell’Università", "PALAZZO DELL'UNIVERSITA"),
        ("  Via Roma, 1 ", "via roma 1"),
    ],
)
def test_normalizza(uno, due):
    assert normalizza(uno) == normalizza(due)


def test_un_mandato_finito_non_impegna(bozza, provincia):
    altro(provincia, StatoIncontro.BOZZA, seggio=ANNA | {"al": INIZIO.date() - timedelta(days=1)})
    assert conflitti_di(bozza) == []


def test_di_un_tavolo_di_altri_impegna_solo_chi_va_per_la_provincia(bozza, provincia):
    rete = ReteFactory(nome="Tavolo regionale", convocante=SoggettoFactory())
    invito = IncontroFactory(rete=rete, inizio=INIZIO, luogo="Milano")
    AdesioneFactory(rete=rete, **ANNA)
    assert conflitti_di(bozza) == []
    AdesioneFactory(rete=rete, soggetto=provincia, **ANNA)
    assert [c.incontro for c in conflitti_di(bozza)] == [invito]


def test_un_incontro_congiunto_impegna_i_seggi_di_tutti_i_tavoli(bozza, provincia):
    congiunto = IncontroFactory(rete=ReteFactory(convocante=provincia), inizio=INIZIO, luogo="")
    seconda = ReteFactory(convocante=provincia)
    AdesioneFactory(rete=seconda, **ANNA)
    congiunto.altre_reti.add(seconda)
    assert [c.incontro for c in conflitti_di(bozza)] == [congiunto]


def test_piu_fasce_in_una_volta_ognuna_con_i_suoi(bozza, provincia):
    """R23: slots of a poll and dates of a recurrence are checked together."""
    vicino = altro(provincia, inizio=INIZIO + 3 * ORA)
    fasce = [(INIZIO + n * ORA, INIZIO + (n + 1) * ORA) for n in (0, 3, 4, 5)]
    esiti = conflitti(fasce, seggi=bozza.rete.adesioni.select_related("titolare"), luogo="Sala Consiliare")
    assert [[c.incontro for c in fascia] for fascia in esiti] == [[bozza], [vicino], [vicino], []]
    assert conflitti([], seggi=[]) == []


def test_un_delegato_si_cerca_dal_suo_indirizzo(bozza, provincia):
    assert [c.incontro for c in conflitti([(INIZIO, INIZIO + ORA)], indirizzi=["anna@ALFA.example"])[0]] == [bozza]


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_non_crescono(bozza, provincia, quanti, django_assert_num_queries):
    for _n in range(quanti):
        altro(provincia)
        altro(provincia, StatoIncontro.BOZZA)
        AdesioneFactory(rete=bozza.rete, titolare=UtenteFactory())
    incontro = Incontro.objects.select_related("rete__convocante").get(pk=bozza.pk)
    with django_assert_num_queries(7):
        assert len(conflitti_di(incontro)) == 2 * quanti


def test_la_pagina_di_convocazione_li_mostra_e_lascia_convocare(entra, coordinatore, bozza, provincia):
    titolo = altro(provincia).titolo
    client, indirizzo = entra(coordinatore), reverse("gestione_incontri:convoca", args=[bozza.pk])
    assert f"Anna Bo: anche in «{titolo}» di Comitato" in client.get(indirizzo).text
    client.post(indirizzo)
    bozza.refresh_from_db()
    assert bozza.stato == StatoIncontro.CONVOCATO


def test_la_pagina_di_modifica_li_dice_quando_la_data_finisce_su_un_altro_incontro(
    entra, coordinatore, bozza, provincia
):
    altro(provincia, inizio=INIZIO + timedelta(days=1), titolo="Domani")
    dati = {"titolo": "T", "giorno": "2023-03-08", "dalle": "10:00", "alle": "12:00", "modalita": "remoto"}
    pagina = entra(coordinatore).post(reverse("gestione_incontri:edit", args=[bozza.pk]), dati, follow=True)
    assert [str(m).strip() for m in pagina.context["messages"]][:1] == [
        "Anna Bo: anche in «Domani» di Comitato, 8 marzo 2023 10:00–12:00."
    ]
