"""The pure graph: dates, filters, measures, layout, files. No database."""

import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date

import networkx as nx
import pytest

from reti.grafo import (
    Arco,
    Filtro,
    Misura,
    Nodo,
    appesi,
    disposizione,
    filtra,
    grafo_semplice,
    impronta,
    in_essere,
    in_gexf,
    in_graphml,
    mescolanza,
    misure,
    multigrafo,
    ponti,
)
from reti.letture import letture

GENNAIO, GIUGNO = date(2023, 1, 1), date(2023, 6, 30)
NATURE = {"pubblico": "Pubblico", "privato": "Privato"}


def nodo(slug: str, natura: str = "pubblico", *comuni: str) -> Nodo:
    return Nodo(slug, slug.upper(), natura, "comune", comuni)


def arco(da: str, a: str, tipo: str = "seggio", dal: date = GENNAIO, al: date | None = None) -> Arco:
    return Arco(da, a, tipo, dal, al, f"prova {da}-{a}", f"/tavoli/{da}/")


# a-b-c is a triangle; c holds d, d holds e; f stands alone.
NODI = [nodo(s) for s in "abcd"] + [nodo("e", "privato"), nodo("f", "privato")]
ARCHI = [arco("a", "b"), arco("b", "c"), arco("a", "c"), arco("c", "d"), arco("d", "e"), arco("a", "b", "incontro")]


@pytest.mark.parametrize(
    ("giorno", "quanti"),
    [(date(2022, 12, 31), 0), (GENNAIO, 1), (GIUGNO, 1), (date(2023, 7, 1), 0)],
)
def test_un_legame_esiste_dal_primo_all_ultimo_giorno_compresi(giorno, quanti):
    """R41"""
    assert len(in_essere([arco("a", "b", al=GIUGNO)], giorno)) == quanti


def test_misure_su_una_rete_conosciuta():
    """R42: five bodies tied and one alone; six others make ten pairs for each."""
    assert misure(grafo_semplice(NODI, ARCHI)) == {
        "a": Misura(2, 0.0, 0),
        "b": Misura(2, 0.0, 0),
        "c": Misura(3, 0.4, 2),
        "d": Misura(2, 0.3, 1),
        "e": Misura(1, 0.0, 0),
        "f": Misura(0, 0.0, 0),
    }


def test_piu_legami_fra_due_soggetti_sono_un_arco_solo_con_il_loro_numero():
    assert grafo_semplice(NODI, ARCHI).edges["a", "b"] == {"legami": 2}


def test_ponti_e_appesi():
    grafo = grafo_semplice(NODI, ARCHI)
    assert (ponti(grafo), appesi(grafo)) == ([("c", "d")], ["e"])


def test_le_letture_dicono_la_rete_in_italiano():
    """R42"""
    grafo = grafo_semplice(NODI, ARCHI)
    assert letture(NODI, ARCHI, grafo, misure(grafo), NATURE) == [
        "Chi c'è: pubblico 4 (67%), privato 2 (33%). Legami fra nature diverse: 17%.",
        "Il ponte principale è «C»: dei percorsi più brevi fra gli altri, di qui ne passano 40 su 100.",
        "Se uscisse «C», 2 soggetti resterebbero staccati dal resto.",
        "Se uscisse «D», 1 soggetto resterebbe staccato dal resto.",
        "Solo il legame fra «C» e «D» tiene unite due parti della rete.",
        "Si reggono su un solo vicino: E.",
        "Non hanno legami: F.",
    ]


def test_letture_di_una_rete_vuota_e_di_una_senza_legami():
    assert letture([], [], nx.Graph(), {}, NATURE) == []
    soli = [nodo("a"), nodo("b")]
    grafo = grafo_semplice(soli, [])
    assert letture(soli, [], grafo, misure(grafo), NATURE) == ["Chi c'è: pubblico 2 (100%).", "Non hanno legami: A, B."]


@pytest.mark.parametrize(
    ("filtro", "slug", "legami"),
    [
        (Filtro(), "abcdef", 6),
        (Filtro(natura="privato"), "def", 1),
        (Filtro(tipo_arco="incontro"), "abcdef", 1),
        (Filtro(comune="019036"), "", 0),
    ],
)
def test_un_filtro_mostra_i_scelti_e_quelli_a_cui_sono_legati(filtro, slug, legami):
    nodi, archi = filtra(NODI, ARCHI, filtro)
    assert ("".join(n.slug for n in nodi), len(archi)) == (slug, legami)


def test_il_filtro_per_comune_guarda_ogni_sede():
    nodi, archi = filtra([nodo("a", "pubblico", "1", "2"), nodo("b"), nodo("c")], [arco("a", "b")], Filtro(comune="2"))
    assert ([n.slug for n in nodi], archi) == (["a", "b"], [arco("a", "b")])


def test_legami_verso_soggetti_ignoti_o_se_stessi_non_entrano():
    assert filtra([nodo("a")], [arco("a", "z"), arco("a", "a")], Filtro())[1] == []


def test_la_disposizione_e_sempre_la_stessa_e_i_soli_stanno_sotto():
    uno, due = (disposizione(grafo_semplice(n, ARCHI)) for n in (NODI, NODI[::-1]))
    assert uno == due
    assert uno["f"] == (0.0, -1.25)
    assert all(-1.0001 <= v <= 1.0001 for s, xy in uno.items() if s != "f" for v in xy)


def test_l_impronta_cambia_solo_con_nodi_e_archi():
    base = impronta(grafo_semplice(NODI, ARCHI))
    assert impronta(grafo_semplice(NODI[::-1], ARCHI[::-1])) == base
    assert impronta(grafo_semplice(NODI, ARCHI[1:5])) != base


def test_mescolanza_di_una_rete_senza_legami():
    assert mescolanza([nodo("a")], []) == (Counter({"pubblico": 1}), 0)


@pytest.mark.parametrize("scrive", [in_graphml, in_gexf])
def test_ogni_legame_esce_nel_file_con_date_e_prova(scrive):
    """R43"""
    testo = scrive(multigrafo(NODI, ARCHI, misure(grafo_semplice(NODI, ARCHI))))
    albero = ET.fromstring(testo)  # noqa: S314  our own output
    nomi = [e.tag.rsplit("}")[-1] for e in albero.iter()]
    assert (nomi.count("node"), nomi.count("edge")) == (6, 6)
    assert b"prova c-d" in testo
    assert b"2023-01-01" in testo


def test_il_graphml_si_rilegge_uguale():
    grafo = multigrafo(NODI, ARCHI, misure(grafo_semplice(NODI, ARCHI)))
    riletto = nx.parse_graphml(in_graphml(grafo).decode())
    assert dict(riletto.nodes(data=True)) == dict(grafo.nodes(data=True))
