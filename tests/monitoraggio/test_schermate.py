"""Screens under /gestione/peg/: the figures, the records behind them, the days, who may enter."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.orologio import fermo
from core.registro import righe_di
from monitoraggio.models import Obiettivo
from monitoraggio.queries import scheda
from monitoraggio.services import congela_scheda
from reti.stati import StatoIncontro
from tests.factories.monitoraggio import FaseFactory, IndicatoreFactory, ObiettivoFactory, ValoreInseritoFactory
from tests.factories.reti import IncontroFactory, ReteFactory
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo

pytestmark = pytest.mark.django_db
LEGGONO = [Ruolo.COORDINATORE, Ruolo.DIRIGENTE, Ruolo.AMMINISTRATORE, Ruolo.REVISORE, Ruolo.OPERATORE_CPI]


@pytest.fixture
def obiettivo(provincia):
    obiettivo = ObiettivoFactory()
    IndicatoreFactory(obiettivo=obiettivo, ordine=0, codice="A2")
    IndicatoreFactory(obiettivo=obiettivo, ordine=1, punti=True)
    FaseFactory(obiettivo=obiettivo, codice="F2", inizio_previsto=date(2023, 10, 1))
    return obiettivo


@pytest.fixture
def rete_punti(provincia):
    return ReteFactory(convocante=provincia, tema="punti_informativi", nome="Coordinamento dei punti")


@pytest.fixture
def ufficio(entra, coordinatore):
    return entra(coordinatore)


def parole(risposta) -> str:
    """The page without tags, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", risposta.content.decode()))


def test_ogni_cifra_della_scheda_apre_i_suoi_record(ufficio, obiettivo):
    """R51."""
    pagina = ufficio.get(reverse("peg:scheda", args=[obiettivo.codice])).content.decode()
    assert re.findall(r'href="(/gestione/peg/2023_1/indicatori/\w+/)"', pagina) == [
        "/gestione/peg/2023_1/indicatori/A2/",
        "/gestione/peg/2023_1/indicatori/F2/",
    ]


def test_la_pagina_dei_record_mostra_quelli_contati_e_perche_non_gli_altri(ufficio, obiettivo, rete_punti):
    """R51."""
    tenuto = IncontroFactory(rete=rete_punti, svolto=True, titolo="Primo raccordo")
    IncontroFactory(rete=rete_punti, stato=StatoIncontro.ANNULLATO, titolo="Secondo raccordo")
    risposta = ufficio.get(reverse("peg:record", args=[obiettivo.codice, "F2"]))
    letto = parole(risposta)
    assert "Incontri tenuti (1): contati" in letto
    assert "Incontri non tenuti (1): non contati" in letto
    assert "Contano solo gli incontri svolti o verbalizzati." in letto
    assert letto.index("Primo raccordo") < letto.index("non contati") < letto.index("Secondo raccordo")
    assert reverse("gestione_incontri:scheda", args=[tenuto.pk]) in risposta.content.decode()


def test_il_csv_dei_record_ha_le_stesse_righe_della_pagina(ufficio, obiettivo, rete_punti):
    """R51, R55."""
    IncontroFactory(rete=rete_punti, svolto=True, titolo="=Primo;raccordo")
    risposta = ufficio.get(reverse("peg:record_csv", args=[obiettivo.codice, "F2"]))
    assert risposta["Content-Disposition"] == 'attachment; filename="2023_1-f2-al-2023-12-31.csv"'
    assert risposta.content.decode() == (
        "\ufeffContato;Gruppo;Data;Record;Dettaglio;Situazione;Motivo dell'esclusione\r\n"
        'sì;Incontri tenuti;2023-03-07;"\'=Primo;raccordo";Coordinamento dei punti;Svolto;\r\n'
    )


def test_la_scheda_al_giorno_scelto(ufficio, obiettivo):
    """R52."""
    ValoreInseritoFactory(indicatore=obiettivo.indicatori.get(codice="A2"), al=date(2023, 6, 30), valore=Decimal(1))
    indirizzo = reverse("peg:scheda", args=[obiettivo.codice])
    prima, dopo = (parole(ufficio.get(indirizzo, {"al": al})) for al in ("2023-06-29", "2023-06-30"))
    assert "RISULTATO 3 n.d. Non determinabile" in prima
    assert "RISULTATO 3 1 A rischio" in dopo


@pytest.mark.parametrize(
    ("al", "frase"),
    [
        ("ieri", "Questa non è una data: scrivila come 31/12/2023."),
        ("2022-05-01", "La scheda riguarda il 2023: scegli una data di quell'anno."),
        ("2023-02-30", "Questa non è una data: scrivila come 31/12/2023."),
    ],
)
def test_una_data_sbagliata_riceve_una_frase_e_la_scheda_resta(ufficio, obiettivo, al, frase):
    risposta = ufficio.get(reverse("peg:scheda", args=[obiettivo.codice]), {"al": al})
    letto = parole(risposta).replace("&#x27;", "'")
    assert f"{frase} Qui sotto vedi la scheda al 31/12/2023." in letto
    assert f'value="{al}"' in risposta.content.decode()


def test_la_scheda_di_ottobre_mostra_l_avviso_con_il_rimedio(ufficio, obiettivo, rete_punti):
    """R54."""
    risposta = ufficio.get(reverse("peg:scheda", args=[obiettivo.codice]), {"al": "2023-10-22"})
    assert "F2: 0 di 1, mancano 70 giorni, nessun incontro convocato" in parole(risposta)
    assert 'href="/gestione/punti/convoca/"' in risposta.content.decode()


def test_un_valore_si_inserisce_con_la_sua_nota(ufficio, obiettivo):
    indirizzo = reverse("peg:valore", args=[obiettivo.codice, "A2"])
    risposta = ufficio.post(indirizzo, {"valore": "3", "al": "2023-12-31", "nota": "Elenco nel fascicolo."})
    assert risposta.url == "/gestione/peg/2023_1/indicatori/A2/"
    assert scheda(obiettivo).riga("A2").valore == Decimal(3)
    assert "Valore inserito: 3" in parole(ufficio.get(risposta.url))


def test_un_valore_senza_nota_torna_indietro_con_cio_che_era_scritto(ufficio, obiettivo):
    indirizzo = reverse("peg:valore", args=[obiettivo.codice, "A2"])
    risposta = ufficio.post(indirizzo, {"valore": "7", "al": "2024-01-15", "nota": "Elenco."})
    assert risposta.status_code == 422
    assert "La scheda riguarda il 2023: scegli una data di quell&#x27;anno." in parole(risposta)
    assert 'value="7"' in risposta.content.decode()
    assert not obiettivo.indicatori.get(codice="A2").valori.exists()


def test_una_fase_si_aggiorna(ufficio, obiettivo):
    dati = {"inizio_effettivo": "2023-10-01", "fine_effettiva": "2023-12-01", "avanzamento": "100"}
    risposta = ufficio.post(reverse("peg:fase", args=[obiettivo.codice, "F2"]), dati)
    assert risposta.url == "/gestione/peg/2023_1/"
    assert [str(f.luce.parola) for f in scheda(obiettivo).fasi] == ["Conclusa nei tempi"]


def test_la_rilevazione_mostra_la_differenza(ufficio, obiettivo, rete_punti):
    """R52."""
    risposta = ufficio.post(reverse("peg:congela", args=[obiettivo.codice]), {"al": "2023-12-31", "nota": "Consegna"})
    rilevazione = obiettivo.rilevazioni.get()
    assert risposta.url == reverse("peg:rilevazione", args=[obiettivo.codice, rilevazione.pk])
    assert "Nessuna: ricalcolata adesso" in parole(ufficio.get(risposta.url))
    IncontroFactory(rete=rete_punti, svolto=True)
    letto = parole(ufficio.get(risposta.url))
    assert "indicatori F2 raggiunto 0 1" in letto
    assert rilevazione.impronta in letto


def test_il_json_della_rilevazione_ha_la_sua_impronta(ufficio, obiettivo, coordinatore):
    rilevazione = congela_scheda(utente=coordinatore, obiettivo=obiettivo, al=date(2023, 12, 31))
    risposta = ufficio.get(reverse("peg:rilevazione_json", args=[obiettivo.codice, rilevazione.pk]))
    assert hashlib.sha256(risposta.content).hexdigest() == rilevazione.impronta


def test_un_obiettivo_si_importa_e_si_copia(ufficio, provincia, coordinatore):
    definizione = {
        "obiettivo": "2024_7",
        "titolo": "Rete",
        "centro_di_responsabilita": "SETTORE",
        "fasi": [
            {
                "codice": "A",
                "descrizione": "Incontri",
                "indicatori": ["A1"],
                "inizio_previsto": "2024-01-01",
                "fine_prevista": "2024-12-31",
            }
        ],
        "indicatori": [{"codice": "A1", "descrizione": "N. incontri", "previsto": 4}],
    }
    file = SimpleUploadedFile("scheda.json", json.dumps(definizione).encode())
    assert ufficio.post(reverse("peg:importa"), {"definizione": file}).url == "/gestione/peg/2024_7/"
    copia = ufficio.post(reverse("peg:copia", args=["2024_7"]), {"anno": "2025"})
    assert copia.url == "/gestione/peg/2025_7/"
    assert [r.azione for r in righe_di(Obiettivo.objects.get(codice="2025_7"))] == ["importa la scheda"]


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"{", "Il file non è JSON valido"),
        (b"[]", "Il file dev&#x27;essere una sola scheda"),
        (b"{}", "Manca «obiettivo»"),
    ],
)
def test_un_file_che_non_e_una_scheda_e_rifiutato(ufficio, contenuto, frase):
    risposta = ufficio.post(reverse("peg:importa"), {"definizione": SimpleUploadedFile("x.json", contenuto)})
    assert frase in parole(risposta)
    assert not Obiettivo.objects.exists()


INDIRIZZI = [
    ("elenco", []),
    ("scheda", ["2023_1"]),
    ("esporta", ["2023_1", "csv"]),
    ("record", ["2023_1", "F2"]),
    ("record_csv", ["2023_1", "F2"]),
]
MODULI = [
    ("importa", []),
    ("congela", ["2023_1"]),
    ("copia", ["2023_1"]),
    ("fase", ["2023_1", "F2"]),
    ("valore", ["2023_1", "A2"]),
]


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_chi_legge_chi_scrive_e_chi_resta_fuori(client, obiettivo, ruolo):
    """A partner never enters; the editor of pages has the back office but not the sheet."""
    client.force_login(UtenteFactory(ruolo=ruolo))
    letture = {n: client.get(reverse(f"peg:{n}", args=a)).status_code for n, a in INDIRIZZI}
    scritture = {n: client.get(reverse(f"peg:{n}", args=a)).status_code for n, a in MODULI}
    if ruolo in LEGGONO:
        assert set(letture.values()) == {200}
    else:
        assert 200 not in letture.values()
    scrive = ruolo in {Ruolo.COORDINATORE, Ruolo.DIRIGENTE, Ruolo.AMMINISTRATORE}
    assert {s == 200 for s in scritture.values()} == {scrive}


def test_l_anonimo_va_all_accesso(client, obiettivo):
    risposta = client.get(reverse("peg:scheda", args=[obiettivo.codice]))
    assert risposta.status_code == 302
    assert "/gestione/login/" in risposta.url


@pytest.mark.parametrize(
    ("nome", "argomenti"),
    [
        ("scheda", ["2023_9"]),
        ("record", ["2023_1", "Z9"]),
        ("rilevazione", ["2023_1", 1]),
        ("esporta", ["2023_9", "csv"]),
    ],
)
def test_cio_che_non_esiste_e_404(ufficio, obiettivo, nome, argomenti):
    assert ufficio.get(reverse(f"peg:{nome}", args=argomenti)).status_code == 404


def test_le_query_della_scheda_non_crescono_con_i_record(ufficio, obiettivo, rete_punti):
    def quante() -> int:
        with fermo(datetime(2023, 10, 22, 9, tzinfo=UTC)), CaptureQueriesContext(connection) as prese:
            ufficio.get(reverse("peg:scheda", args=[obiettivo.codice]))
            ufficio.get(reverse("peg:record", args=[obiettivo.codice, "F2"]))
        return len(prese)

    def aggiungi(n: int) -> None:
        for _i in range(n):
            IncontroFactory(rete=rete_punti, svolto=True)
            ValoreInseritoFactory(indicatore=obiettivo.indicatori.get(codice="A2"), al=date(2023, 3, 1))
            FaseFactory(obiettivo=obiettivo)

    aggiungi(1)
    quante()
    con_uno = quante()
    aggiungi(2)
    assert quante() == con_uno
