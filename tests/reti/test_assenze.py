"""Who hasn't come for k meetings in a row: list, letter, desk."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from core.scrivania import voci_di
from reti.queries.assenze import chi_non_viene, voci_scrivania
from reti.queries.selezione import Selezione
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from tests.reti.tassi import PRIMO, serie, svolgi

pytestmark = pytest.mark.django_db
PAGINA = "gestione_partecipazione:assenze"


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo lavoro")


def seggio(rete, nome="Alfa", **campi):
    return AdesioneFactory(rete=rete, soggetto=SoggettoFactory(denominazione=nome, email="alfa@ente.example"), **campi)


@pytest.mark.parametrize(
    ("esiti", "attese"),
    [
        ("PAAA", [(3, 0, 0)]),
        ("PAGA", [(3, 1, 0)]),
        ("AAAP", []),
        ("PAA", []),
        ("AAAA", [(4, 0, 0)]),
        ("PAXAA", [(3, 0, 0)]),  # a cancelled meeting isn't one
        ("PA-AA-", [(3, 0, 2)]),  # a roll not called neither lengthens the row nor breaks it
        ("PAA---", []),
        ("", []),
    ],
)
def test_la_fila_si_legge_all_indietro_dall_ultimo_incontro(rete, esiti, attese):
    """R26: absences in a row, of which justified, and the meetings without a roll between."""
    serie(seggio(rete), esiti)
    assert [(a.fila, a.giustificate, a.non_rilevate) for a in chi_non_viene(3)] == attese


def test_si_dice_da_quando_e_l_ultima_volta(rete):
    serie(seggio(rete), "PAAA")
    trovata = chi_non_viene(3)[0]
    primo = PRIMO.date()
    assert (trovata.ultima_presenza, trovata.dal, trovata.al) == (
        primo,
        primo + timedelta(days=30),
        primo + timedelta(days=90),
    )
    assert trovata.frase == "Alfa non viene da 3 incontri: Tavolo lavoro"


def test_un_seggio_finito_non_si_rincorre_e_uno_rinnovato_continua_la_fila(rete):
    serie(seggio(rete, "Uscito", al=date(2023, 12, 31)), "AAA")
    vecchio = seggio(rete, "Rinnovato", al=date(2023, 2, 28))
    serie(vecchio, "PA")
    nuovo = AdesioneFactory(rete=rete, soggetto=vecchio.soggetto, dal=date(2023, 3, 1))
    serie(nuovo, "AA", dal=60)
    finito = ReteFactory(convocante=rete.convocante, al=date(2023, 12, 31))
    serie(seggio(finito, "Di un tavolo finito"), "AAA")
    assert [(a.seggio, a.fila) for a in chi_non_viene(3)] == [(nuovo, 3)]


def test_i_filtri_valgono_e_le_interrogazioni_sono_sempre_sei(rete, django_assert_num_queries):
    altro = ReteFactory(convocante=rete.convocante, tipo="osservatorio", nome="Osservatorio")
    for n in range(3):
        serie(seggio(rete, f"Ente {n}"), "AAAA"[n:])
    serie(seggio(altro, "Di là"), "AAA")
    with django_assert_num_queries(6):
        tutte = chi_non_viene(2)
    trovate = [(a.seggio.soggetto.denominazione, a.fila) for a in tutte]
    assert trovate == [("Ente 0", 4), ("Di là", 3), ("Ente 1", 3), ("Ente 2", 2)]
    with django_assert_num_queries(6):
        di_la = chi_non_viene(1, Selezione(tipo="osservatorio"))
    assert [a.seggio.soggetto.denominazione for a in di_la] == ["Di là"]


def test_la_pagina_prepara_la_lettera_e_il_csv_ha_le_stesse_righe(rete, coordinatore, entra):
    serie(seggio(rete), "PAGA")
    client = entra(coordinatore)
    risposta = client.get(reverse(PAGINA))
    lettera = urlsplit(risposta.context["righe"][0].lettera)
    assert (lettera.scheme, lettera.path) == ("mailto", "alfa@ente.example")
    assert parse_qs(lettera.query)["subject"] == ["Tavolo lavoro: la vostra partecipazione"]
    assert "dal 09/02/2023 (3 di fila)" in parse_qs(lettera.query)["body"][0]
    righe = client.get(reverse("gestione_partecipazione:assenze_csv")).content.decode("utf-8-sig").splitlines()
    assert righe[1:] == ["Alfa;Tavolo lavoro;3;1;0;2023-02-09;2023-01-10;alfa@ente.example"]
    assert "Nessuno" in client.get(reverse(PAGINA) + "?k=4").text


def test_chi_legge_soltanto_non_scrive_agli_enti(rete, entra):
    serie(seggio(rete), "AAA")
    testo = entra(UtenteFactory(ruolo="revisore")).get(reverse(PAGINA)).text
    assert "Alfa" in testo
    assert "mailto:alfa" not in testo


def test_un_numero_sbagliato_si_dice_e_vale_quello_d_uso(rete, coordinatore, entra):
    serie(seggio(rete), "AAA")
    risposta = entra(coordinatore).get(reverse(PAGINA) + "?k=cento&dal=domani")
    assert risposta.context["k"] == 3
    assert len(risposta.context["form"].frasi) == 2


ULTIMO = PRIMO + timedelta(days=90)


@pytest.mark.parametrize(("giorni", "voci"), [(1, 1), (30, 1), (31, 0)])
def test_la_scrivania_lo_dice_per_un_mese_dopo_l_ultimo_incontro(rete, coordinatore, orologio, giorni, voci):
    """The line opens the list where the letter is; then it leaves by itself."""
    serie(alfa := seggio(rete), "PAGA")
    with orologio(ULTIMO + timedelta(days=giorni)):
        trovate = [v for v in voci_di(coordinatore) if "non viene" in v.titolo]
        assert voci_di(UtenteFactory()) == []
    assert len(trovate) == voci
    for voce in trovate:
        assert voce.titolo == "Alfa non viene da 3 incontri: Tavolo lavoro"
        assert voce.dettaglio == "L'ultima volta il 10/01/2023; 1 assenza giustificata"
        assert voce.url.endswith(f"?rete={rete.pk}&ente={alfa.soggetto_id}")


def test_la_scrivania_segue_anche_un_seggio_rinnovato(rete, coordinatore, orologio, django_assert_num_queries):
    """Eight queries, however many seats."""
    vecchio = seggio(rete, al=date(2023, 2, 28))
    serie(vecchio, "PA")
    serie(AdesioneFactory(rete=rete, soggetto=vecchio.soggetto, dal=date(2023, 3, 1)), "AA", dal=60)
    with orologio(ULTIMO + timedelta(days=1)), django_assert_num_queries(8):
        voci = voci_scrivania(coordinatore)
    assert [v.titolo for v in voci] == ["Alfa non viene da 3 incontri: Tavolo lavoro"]


def test_un_incontro_congiunto_conta_fra_gli_ultimi_dei_due_tavoli(rete):
    """Who came to the third last of its board's own meetings has missed three, when one was convened by another."""
    altro, alfa = ReteFactory(convocante=rete.convocante), seggio(rete)
    serie(alfa, "PAA")
    congiunto = svolgi(altro, 65, lui=(alfa, "assente"))
    assert [a.fila for a in chi_non_viene(2)] == [3]
    congiunto.altre_reti.add(rete)
    assert [a.fila for a in chi_non_viene(3)] == [3]


def test_molte_file_fanno_una_voce_sola(rete, coordinatore, orologio):
    for n in range(6):
        serie(seggio(rete, f"Ente {n}"), "AAA")
    with orologio(datetime(2023, 3, 20, tzinfo=UTC)):
        titoli = [v.titolo for v in voci_di(coordinatore) if "non vengono" in v.titolo]
    assert titoli == ["6 seggi non vengono da almeno 3 incontri"]
