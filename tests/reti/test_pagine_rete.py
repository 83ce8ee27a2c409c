"""Public pages of the network and of the register: equal tables, filters in the URL, files, no persons."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from reti.models import Presenza
from reti.queries.grafo import archi_reti, rete_al
from tests.factories.reti import (
    AccreditamentoFactory,
    AdesioneFactory,
    ComuneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SedeFactory,
    SoggettoFactory,
)

pytestmark = pytest.mark.django_db
FINE_2023 = {"al": "2023-12-31"}


@pytest.fixture(autouse=True)
def _memoria_vuota():
    cache.clear()


@pytest.fixture
def tavolo(provincia):
    """A public board with a body that was present at two of its three held meetings."""
    tavolo = ReteFactory(convocante=provincia, nome="Tavolo operatori", slug="tavolo-operatori")
    seggio = AdesioneFactory(rete=tavolo, soggetto__slug="alfa", soggetto__denominazione="Alfa")
    for giorno, esito in ((7, "presente"), (14, "presente"), (21, "assente")):
        incontro = IncontroFactory(rete=tavolo, svolto=True, inizio=datetime(2023, 3, giorno, 9, tzinfo=UTC))
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=Presenza.Esito(esito))
    return tavolo


def righe_tabella(risposta) -> list[tuple]:
    return [(r.nodo.slug, r.misura.vicini, [v for v, _nome in r.vicini]) for r in risposta.context["righe"]]


def test_seggi_e_incontri_fanno_i_legami_con_la_loro_prova(tavolo):
    """R40"""
    pagina = f"/tavoli/{tavolo.slug}/"
    assert [(a.da, a.a, a.tipo, a.dal, a.prova, a.url) for a in archi_reti(date(2023, 12, 31))] == [
        ("alfa", "provincia-di-cremona", "seggio", date(2020, 1, 1), "Seggio in «Tavolo operatori»", pagina),
        (
            "alfa",
            "provincia-di-cremona",
            "incontro",
            date(2023, 3, 7),
            "2 incontri di «Tavolo operatori», il primo il 07/03/2023",
            pagina,
        ),
    ]


@pytest.mark.parametrize(
    ("giorno", "tipi"),
    [("2019-12-31", []), ("2023-03-06", ["seggio"]), ("2023-03-07", ["seggio", "incontro"])],
)
def test_la_rete_a_una_data_ha_solo_cio_che_era_avvenuto(client, tavolo, giorno, tipi):
    """R41"""
    risposta = client.get(reverse("grafo:dati"), {"al": giorno})
    assert [arco["tipo"] for arco in risposta.json()["archi"]] == tipi


def test_la_tabella_equivale_al_disegno(client, tavolo):
    """R43: bodies, neighbours and evidence of the picture are in the page without any script."""
    SoggettoFactory(slug="solo")
    risposta = client.get(reverse("grafo:rete"), FINE_2023)
    disegno = client.get(reverse("grafo:dati"), FINE_2023).json()
    assert righe_tabella(risposta) == [
        ("alfa", 1, ["provincia-di-cremona"]),
        ("provincia-di-cremona", 1, ["alfa"]),
        ("solo", 0, []),
    ]
    assert sorted(n["id"] for n in disegno["nodi"]) == ["alfa", "provincia-di-cremona", "solo"]
    testo = risposta.content.decode()
    assert all(f'href="{a["url"]}">{a["prova"]}</a>' in testo for a in disegno["archi"])


@pytest.mark.parametrize(
    ("ordina", "attesi", "verso"),
    [
        ("nome", ["alfa", "provincia-di-cremona", "solo"], "ascending"),
        ("-nome", ["solo", "provincia-di-cremona", "alfa"], "descending"),
        ("vicini", ["solo", "alfa", "provincia-di-cremona"], "ascending"),
        ("' OR 1=1", ["alfa", "provincia-di-cremona", "solo"], "descending"),
    ],
)
def test_la_tabella_si_ordina_dall_indirizzo(client, tavolo, ordina, attesi, verso):
    SoggettoFactory(slug="solo", denominazione="Solo")
    risposta = client.get(reverse("grafo:rete"), FINE_2023 | {"ordina": ordina})
    assert [r.nodo.slug for r in risposta.context["righe"]] == attesi
    assert [c.verso for c in risposta.context["colonne"] if c.verso] == [verso]


def test_una_data_sbagliata_e_detta_e_si_vede_la_rete_di_oggi(client, tavolo):
    risposta = client.get(reverse("grafo:rete"), {"al": "31-31", "natura": "privato"})
    assert risposta.context["form"].errors == {
        "al": ["Scrivi una data che esiste, come 2023-12-31: intanto vedi la rete di oggi."]
    }
    assert [r.nodo.slug for r in risposta.context["righe"]] == ["alfa", "provincia-di-cremona"]
    assert client.get(reverse("grafo:dati"), {"al": "31-31"}).json()["errori"]["al"]
    file = client.get(reverse("grafo:esporta", args=["json"]), {"natura": "verde"})
    assert (file.status_code, file.content.decode()) == (400, "«verde» non è fra le scelte: l'ho ignorato.")


def test_un_tavolo_riservato_non_fa_legami_per_gli_anonimi(client, entra, coordinatore, provincia):
    """R62"""
    AdesioneFactory(rete=ReteFactory(convocante=provincia, pubblica=False, nome="Casi fragili"))
    assert client.get(reverse("grafo:dati")).json()["archi"] == []
    assert "Casi fragili" not in client.get(reverse("grafo:rete")).content.decode()
    archi = entra(coordinatore).get(reverse("grafo:dati")).json()["archi"]
    assert [(a["prova"], a["url"]) for a in archi] == [("Seggio in «Casi fragili»", "")]


def test_un_partner_vede_la_rete_degli_anonimi(client, entra, provincia):
    AdesioneFactory(rete=ReteFactory(convocante=provincia, pubblica=False))
    assert entra(RappresentanzaFactory().utente).get(reverse("grafo:dati")).json()["archi"] == []


def test_ogni_formato_esce_con_i_filtri_della_pagina(client, tavolo):
    """R43"""
    SoggettoFactory(slug="altro", natura="terzo_settore")
    filtri = FINE_2023 | {"natura": "privato", "tipo_arco": "seggio"}

    def testo(formato: str) -> str:
        risposta = client.get(reverse("grafo:esporta", args=[formato]), filtri)
        assert risposta["Content-Disposition"].startswith('attachment; filename="rete-2023-12-31')
        return risposta.content.decode()

    assert testo("legami-csv").splitlines() == [
        "da;a;tipo;dal;al;prova;indirizzo",
        "alfa;provincia-di-cremona;seggio;2020-01-01;;Seggio in «Tavolo operatori»;"
        "http://testserver/tavoli/tavolo-operatori/",
    ]
    assert testo("soggetti-csv").splitlines() == [
        "soggetto;nome;natura;tipo;comune;vicini;intermediazione;isolabili",
        "alfa;Alfa;privato;operatore;;1;0.0;0",
        "provincia-di-cremona;Provincia di Cremona;pubblico;provincia;;1;0.0;0",
    ]
    assert [a["tipo"] for a in json.loads(testo("json"))["archi"]] == ["seggio"]
    assert testo("graphml").count("<edge ") == testo("gexf").count("<edge ") == 1
    assert client.get(reverse("grafo:esporta", args=["exe"])).status_code == 404


def test_le_interrogazioni_non_crescono_con_la_rete(django_assert_num_queries, provincia):
    def conta(quanti: int) -> int:
        for _n in range(quanti):
            rete = ReteFactory(convocante=provincia)
            seggio = AdesioneFactory(rete=rete)
            SedeFactory(soggetto=seggio.soggetto)
            PresenzaFactory(incontro__rete=rete, adesione=seggio, incontro__svolto=True)
        with django_assert_num_queries(2):
            archi = list(archi_reti(date(2023, 12, 31)))
        return len(archi)

    assert [conta(1), conta(2)] == [2, 6]


def test_la_pagina_e_il_registro_hanno_interrogazioni_costanti(client, django_assert_max_num_queries, provincia):
    def visita() -> list[int]:
        numeri = []
        for indirizzo in (reverse("grafo:rete"), reverse("grafo:soggetti"), reverse("grafo:soggetti_csv")):
            with django_assert_max_num_queries(40) as catturate:
                client.get(indirizzo)
            numeri.append(len(catturate))
        return numeri

    SedeFactory(soggetto=AdesioneFactory(rete__convocante=provincia).soggetto)
    visita()
    con_uno = visita()
    for _n in range(2):
        SedeFactory(soggetto=AdesioneFactory(rete__convocante=provincia).soggetto)
    assert visita() == con_uno


def test_misure_e_disposizione_si_calcolano_una_volta_per_rete(tavolo, monkeypatch):
    prima = rete_al(date(2023, 12, 31))
    monkeypatch.setattr("reti.queries.grafo.disposizione", lambda grafo: pytest.fail("ricalcolata"))
    assert rete_al(date(2023, 12, 31)).posizioni == prima.posizioni


def test_una_ricerca_di_molte_parole_non_moltiplica_le_righe(client):
    """A join per word would pass SQLite's limit of tables, and multiply a body by its seats at each word."""
    ente = SoggettoFactory(denominazione="Alfa Beta")
    for n in range(3):
        SedeFactory(soggetto=ente, nome=f"Sede {n}", comune=ComuneFactory(nome=f"Abc{n}"))
    molte = " ".join("abcdefghijklmnopqrstuvwxyz0123456789")
    assert client.get("/rete/soggetti/", {"q": molte}).status_code == 200
    assert [s.pk for s in client.get("/rete/soggetti/", {"q": "alfa abc1 alfa"}).context["pagina"]] == [ente.pk]


def test_il_registro_si_cerca_e_si_filtra_dall_indirizzo(client):
    crema = ComuneFactory(nome="Crema", codice_istat="019035")
    alfa = SedeFactory(soggetto__denominazione="Alfa lavoro", comune=crema).soggetto
    AccreditamentoFactory(soggetto=alfa, registro="lavoro")
    AccreditamentoFactory(soggetto__denominazione="Beta", registro="lavoro", stato="sospeso")
    SoggettoFactory(denominazione="Gamma", natura="terzo_settore")

    def trovati(**filtri: str) -> list[str]:
        return [s.denominazione for s in client.get(reverse("grafo:soggetti"), filtri).context["pagina"]]

    assert trovati() == ["Alfa lavoro", "Beta", "Gamma"]
    assert trovati(q="lavoro crema") == ["Alfa lavoro"]
    assert trovati(comune="019035") == ["Alfa lavoro"]
    assert trovati(accreditamento="lavoro") == ["Alfa lavoro"]
    assert trovati(natura="terzo_settore") == ["Gamma"]
    assert trovati(natura="verde", pagina="999") == ["Alfa lavoro", "Beta", "Gamma"]
    assert trovati(q="niente") == []


def test_la_pagina_di_un_soggetto_mostra_l_ente_e_mai_le_persone(client, tavolo):
    """R62"""
    persona = RappresentanzaFactory(soggetto__slug="beta", utente__last_name="Riservatissimi")
    AccreditamentoFactory(soggetto=persona.soggetto, numero="0131/2014", stato="sospeso")
    testo = client.get(reverse("grafo:soggetto", args=["beta"])).content.decode()
    assert "0131/2014" in testo
    assert "Sospeso" in testo
    assert "Riservatissimi" not in testo
    assert persona.utente.email not in testo
    con_legami = client.get(reverse("grafo:soggetto", args=["alfa"]))
    assert [(a.tipo, str(altro)) for a, altro, _t in con_legami.context["legami"]] == [
        ("seggio", "Provincia di Cremona"),
        ("incontro", "Provincia di Cremona"),
    ]
    assert client.get(reverse("grafo:soggetto", args=["manca"])).status_code == 404


@pytest.mark.django_db
def test_il_codice_fiscale_di_una_persona_non_esce_dall_ufficio(client):
    """R62: a sole trader's code is a person's; a body's is public."""
    SoggettoFactory(slug="ditta", denominazione="Ditta individuale", codice_fiscale="RSSMRA80A01H501U")
    ente = SoggettoFactory(slug="ente", denominazione="Ente")
    elenco = client.get(reverse("grafo:soggetti_csv")).content.decode()
    assert ("RSSMRA80A01H501U" in elenco, ente.codice_fiscale in elenco) == (False, True)
    assert "RSSMRA80A01H501U" not in client.get(reverse("grafo:soggetto", args=["ditta"])).content.decode()
