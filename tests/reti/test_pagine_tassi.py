"""Participation on screen and in files: same rows, same figures, each opening its records."""

import csv
import io
import re
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reti.amministrazione.tassi import in_ordine
from reti.grafico import disegna
from reti.partecipazione import Partecipazione
from reti.queries.selezione import Per
from tests.factories.reti import AdesioneFactory, RappresentanzaFactory, ReteFactory, SoggettoFactory
from tests.reti.tassi import serie, svolgi

pytestmark = pytest.mark.django_db
TABELLA, RECORD = reverse("gestione_partecipazione:tabella"), reverse("gestione_partecipazione:record")


@pytest.fixture
def mondo(provincia):
    """Two boards and three bodies: Alfa always there, Beta now and then, =Gamma never heard of."""
    rete = ReteFactory(convocante=provincia, nome="Tavolo lavoro", tipo="tavolo")
    altra = ReteFactory(convocante=provincia, nome="Osservatorio", tipo="osservatorio")
    alfa, beta, gamma = (SoggettoFactory(denominazione=n) for n in ("Alfa", "Beta", "=Gamma"))
    seggi = {n: AdesioneFactory(rete=rete, soggetto=s) for n, s in (("alfa", alfa), ("beta", beta), ("gamma", gamma))}
    for giorno, (di_beta, di_gamma) in {0: ("assente", ""), 40: ("giustificato", ""), 100: ("presente", "")}.items():
        esiti = zip(seggi.values(), ("presente", di_beta, di_gamma), strict=True)
        svolgi(rete, giorno, **dict(zip(seggi, esiti, strict=True)))
    serie(AdesioneFactory(rete=altra, soggetto=beta), "PX")
    return rete


class Tabelle(HTMLParser):
    """The cells of every body row, as a reader hears them."""

    def __init__(self, testo: str) -> None:
        super().__init__()
        self.righe: list[list[str]] = []
        self.dentro = False
        self.feed(testo[testo.index('<table class="rt-tabella">') :])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.righe.append([])
        self.dentro = self.dentro or tag in ("td", "th")
        if tag in ("td", "th"):
            self.righe[-1].append("")

    def handle_endtag(self, tag):
        self.dentro = self.dentro and tag not in ("td", "th")

    def handle_data(self, dati):
        if self.dentro:
            self.righe[-1][-1] += dati.strip()


def test_la_tabella_per_ente_dice_le_cifre(mondo, coordinatore, entra):
    """R26: justified told apart, not recorded told apart, undetermined never happens with an invitation."""
    righe = Tabelle(entra(coordinatore).get(TABELLA + "?per=ente").text).righe
    assert righe[1:5] == [
        ["=Gamma", "3", "3", "0", "0", "0", "3", "0,0%"],
        ["Alfa", "3", "3", "3", "0", "0", "0", "100,0%"],
        ["Beta", "4", "4", "2", "1", "1", "0", "50,0%"],
        ["Tutta la selezione", "4", "10", "5", "1", "1", "3", "50,0%"],
    ]


def test_l_andamento_dice_la_differenza_in_parole(mondo, coordinatore, entra):
    passi = entra(coordinatore).get(f"{TABELLA}?rete={mondo.pk}").context["andamento"]
    assert [(p.riga.nome, p.riga.tasso, p.frase) for p, _mostrata in passi] == [
        ("1° trimestre 2023", Decimal("33.3"), "Il primo del periodo"),
        ("2° trimestre 2023", Decimal("66.7"), "33,4 punti in più del 1° trimestre 2023"),
    ]


@pytest.mark.parametrize("per", list(Per))
def test_ogni_cifra_apre_esattamente_i_suoi_record(mondo, coordinatore, entra, per):
    client = entra(coordinatore)
    contesto = client.get(f"{TABELLA}?per={per}").context
    mostrate = [*contesto["righe"], contesto["totale"], *(m for _p, m in contesto["andamento"])]
    aperte = 0
    for celle in (m.celle[:-1] for m in mostrate):
        for cella in celle:
            if cella.url:
                assert client.get(cella.url).context["pagina"].paginator.count == cella.testo, cella.url
                righe_csv = client.get(cella.url.replace("/record/", "/record.csv")).content.decode().splitlines()
                assert len(righe_csv) - 1 == cella.testo
                aperte += 1
            else:
                assert cella.testo == 0
    assert aperte > 10


def _dallo_schermo(client, indirizzo):
    righe = Tabelle(client.get(indirizzo).text).righe
    return righe[1 : next(n for n, r in enumerate(righe) if r and r[0] == "Tutta la selezione")]


@pytest.mark.parametrize("per", list(Per))
@pytest.mark.parametrize("ordina", ["nome", "-presenze", "tasso"])
def test_csv_e_xlsx_hanno_le_righe_dello_schermo_nello_stesso_ordine(mondo, coordinatore, entra, per, ordina):
    client = entra(coordinatore)
    domanda = urlencode({"per": per, "ordina": ordina, "dal": "2023-01-01", "al": "2023-06-30"})
    schermo = _dallo_schermo(client, f"{TABELLA}?{domanda}")
    testo = client.get(reverse("gestione_partecipazione:esporta", args=["csv"]) + f"?{domanda}").content
    letto = list(csv.reader(io.StringIO(testo.decode("utf-8-sig")), delimiter=";"))[1:]
    assert len(letto) == len(schermo) > 0
    libro = load_workbook(
        io.BytesIO(client.get(reverse("gestione_partecipazione:esporta", args=["xlsx"]) + f"?{domanda}").content)
    )
    foglio = list(libro["Partecipazione"].iter_rows(min_row=2, values_only=True))
    assert [_come_a_schermo(r) for r in letto] == [_come_a_schermo(r) for r in foglio] == schermo
    assert {type(r[-1]) for r in foglio} <= {float, int}
    if per == Per.INCONTRO:
        assert {type(r[0]) for r in foglio} == {datetime}
    assert [c.value for c in libro["Andamento"]["A"]] == ["Trimestre", "1° trimestre 2023", "2° trimestre 2023"]


def _come_a_schermo(riga):
    """A row of a file written as the screen writes it."""
    celle = [_giorno(v) for v in riga]
    numero = float(str(celle[-1]).replace(",", "."))
    celle[-1] = f"{numero:.1f}%".replace(".", ",")
    return [str(c).removeprefix("'") for c in celle]


def _giorno(valore):
    if isinstance(valore, datetime):
        return f"{valore:%d/%m/%Y}"
    trovato = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(valore))
    return "/".join(reversed(trovato.groups())) if trovato else valore


def test_l_ordine_mette_in_fondo_chi_non_ha_un_tasso():
    righe = [Partecipazione(n, nome, 1, inviti, presenze) for n, nome, inviti, presenze in
             ((1, "b", 2, 1), (2, "a", 0, 0), (3, "c", 2, 2), (4, "A", 2, 1))]  # fmt: skip
    assert [r.chiave for r in in_ordine(righe, "tasso")] == [4, 1, 3, 2]
    assert [r.chiave for r in in_ordine(righe, "-tasso")] == [3, 4, 1, 2]


@pytest.mark.parametrize("per", ["ente", "seggio"])
@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_righe(
    provincia, coordinatore, entra, django_assert_num_queries, per, quanti
):
    rete = ReteFactory(convocante=provincia)
    for n in range(quanti):
        serie(AdesioneFactory(rete=rete), "PAG"[: n + 1])
    client = entra(coordinatore)
    client.get(TABELLA)
    with django_assert_num_queries(15):
        client.get(f"{TABELLA}?per={per}")
    with django_assert_num_queries(13):
        client.get(f"{RECORD}?per={per}")


@pytest.mark.parametrize(
    ("domanda", "frase"),
    [
        ("per=pianeta", "Il filtro «Una riga per» ha un valore che non conosco: l'ho tolto."),
        ("dal=0001-01-01", "«Dal giorno»: scrivi una data fra il 1970 e il 2199; intanto non ne tengo conto."),
        ("al=9999-12-31", "«Al giorno»: scrivi una data fra il 1970 e il 2199; intanto non ne tengo conto."),
        ("dal=2023-05-01&al=2023-04-01", "Il periodo finisce prima di cominciare: ho tolto il giorno della fine."),
    ],
)
def test_un_filtro_sbagliato_si_dice_e_gli_altri_valgono(mondo, coordinatore, entra, domanda, frase):
    risposta = entra(coordinatore).get(f"{TABELLA}?{domanda}&rete={mondo.pk}")
    assert risposta.context["form"].frasi == [frase]
    assert risposta.context["form"].selezione.rete == mondo.pk


@pytest.mark.parametrize(
    "domanda",
    [
        "cosa=tutto",
        "per=trimestre&voce=2023-T5",
        "per=trimestre&voce=9999-T4",
        "per=anno&voce=1",
        "per=ente&voce=x",
        f"per=ente&voce={10**30}",
    ],
)
def test_un_indirizzo_che_non_c_e_e_un_404(mondo, coordinatore, entra, domanda):
    assert entra(coordinatore).get(f"{RECORD}?{domanda}").status_code == 404


def test_il_disegno_dice_le_stesse_cifre_senza_colori():
    riga = Partecipazione(1, "Alfa", 4, 8, 4, 2, 1)
    grafico = disegna("g", "Titolo", [riga, Partecipazione(2, "Beta")])
    assert grafico.descrizione == "Alfa: 50,0% (4 su 8); Beta: n.d. (0 su 0)"
    assert [(p.riempimento, p.da, p.largo) for p in grafico.barre[0].parti] == [
        ("presenti", "0.000%", "50.000%"),
        ("giustificate", "50.000%", "25.000%"),
        ("assenti", "75.000%", "12.500%"),
        ("non-rilevate", "87.500%", "12.500%"),
    ]
    assert grafico.barre[1].parti == ()


def test_il_disegno_non_porta_stile_ne_programmi(mondo, coordinatore, entra):
    """A strict policy lets attributes through, and nothing else."""
    disegni = re.findall(r"<figure.*?</figure>", entra(coordinatore).get(TABELLA).text, re.DOTALL)
    assert len(disegni) == 2
    assert [d for d in disegni if "style" in d or "<script" in d or "#0" in d] == []


def test_un_ente_vede_la_propria_partecipazione_e_non_quella_degli_altri(mondo, entra):
    """The private area: one's own seats, board by board."""
    beta = mondo.adesioni.get(soggetto__denominazione="Beta").soggetto
    client = entra(RappresentanzaFactory(soggetto=beta).utente)
    risposta = client.get(reverse("tavoli:partecipazione"))
    assert [(r.nome, r.dettaglio, r.presenze, r.inviti) for r in risposta.context["partecipazione"]] == [
        ("Beta", "Osservatorio", 1, 1),
        ("Beta", "Tavolo lavoro", 1, 3),
    ]
    assert "Alfa" not in risposta.text
    assert [p.frase for p in risposta.context["passi"]][1:] == ["66,7 punti in più del 1° trimestre 2023"]
    assert "La nostra partecipazione" in client.get("/area/").text


def test_chi_non_rappresenta_nessuno_non_vede_nulla(mondo, entra, coordinatore):
    """Staff too: what they may read of others is in the back office."""
    testo = entra(coordinatore).get(reverse("tavoli:partecipazione")).text
    assert "nessun incontro svolto a cui il tuo ente era invitato" in testo
