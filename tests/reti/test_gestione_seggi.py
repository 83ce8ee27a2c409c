"""The pages of seats, composition and constituting act: what people type, what they read, what a file holds."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.registro import righe_di
from reti.models import Adesione, Rete
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    RappresentanzaFactory,
    ReteFactory,
    SoggettoFactory,
)

pytestmark = pytest.mark.django_db
ORA = datetime(2023, 2, 25, 9, 0, tzinfo=UTC)
SENZA_SOSTITUTI = {"sostituti-TOTAL_FORMS": 1, "sostituti-INITIAL_FORMS": 0}
PDF = b"%PDF-1.7 atto"


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(ORA):
        yield


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo prova", slug="prova")


@pytest.fixture
def client(entra, coordinatore):
    return entra(coordinatore)


def dati_seggio(**altro):
    """What the page of a seat posts."""
    return (
        {"ruolo": "aderente", "dal": "2023-02-25", "peso": "1", "titolare_nome": "Ada Rossi"} | SENZA_SOSTITUTI | altro
    )


def url_seggio(seggio, nome="seggio"):
    return reverse(f"gestione_tavoli:{nome}", args=[seggio.pk])


# -- A seat ---------------------------------------------------------------------------


def test_l_ente_si_cerca_per_nome_poi_si_scrive_il_suo_seggio(client, rete):
    ente = SoggettoFactory(denominazione="Cooperativa Alfa")
    SoggettoFactory(denominazione="Beta")
    url = reverse("gestione_tavoli:nuovo_seggio", args=[rete.pk])
    trovati = client.get(url, {"cerca": "alfa"}).text
    assert f'href="?soggetto={ente.pk}"' in trovati
    assert "Beta" not in trovati
    assert "Nessun ente con queste parole" in client.get(url, {"cerca": "zeta"}).text
    riga = {"sostituti-0-nome": "Ugo Neri", "sostituti-0-email": "ugo@alfa.example"}
    risposta = client.post(f"{url}?soggetto={ente.pk}", dati_seggio(nomina="Delibera 4/2023", peso="2", **riga))
    assert risposta.url == reverse("gestione_tavoli:scheda", args=[rete.pk])
    seggio = rete.adesioni.get()
    assert (seggio.soggetto, seggio.titolare_nome, seggio.nomina, seggio.peso) == (
        ente, "Ada Rossi", "Delibera 4/2023", 2
    )  # fmt: skip
    assert [(s.nome, s.email, s.dal) for s in seggio.sostituti.all()] == [("Ugo Neri", "ugo@alfa.example", ORA.date())]
    scheda = client.get(risposta.url).text
    assert "Ada Rossi" in scheda
    assert "sostituti: Ugo Neri" in scheda


def test_senza_ente_non_nasce_un_seggio(client, rete):
    url = reverse("gestione_tavoli:nuovo_seggio", args=[rete.pk])
    assert client.post(url, dati_seggio()).status_code == 200
    assert client.get(url, {"soggetto": "999999"}).status_code == 404
    assert rete.adesioni.count() == 0


def test_cercare_chi_si_rappresenta_non_perde_e_non_salva_nulla(client, rete):
    seggio = AdesioneFactory(rete=rete)
    gia, comune = SoggettoFactory(denominazione="Ambito"), SoggettoFactory(denominazione="Comune di Soresina")
    seggio.rappresenta.add(gia)
    dati = dati_seggio(rappresenta=[gia.pk], cerca="soresina", titolare_nome="Scritto ora")
    pagina = client.post(url_seggio(seggio), dati | {"cerca_ente": "1"}).text
    assert 'value="Scritto ora"' in pagina
    assert "Comune di Soresina" in pagina
    seggio.refresh_from_db()
    assert seggio.titolare_nome == ""
    assert "Nessun ente con queste parole" in client.post(
        url_seggio(seggio), dati | {"cerca": "zeta", "cerca_ente": "1"}
    ).text  # fmt: skip
    client.post(url_seggio(seggio), dati | {"rappresenta": [gia.pk, comune.pk]})
    assert set(seggio.rappresenta.all()) == {gia, comune}
    assert "anche per Ambito, Comune di Soresina" in client.get(
        reverse("gestione_tavoli:scheda", args=[rete.pk])
    ).text  # fmt: skip


def test_un_altra_riga_di_sostituti_non_salva_nulla(client, rete):
    seggio = AdesioneFactory(rete=rete)
    dati = dati_seggio(**{"sostituti-0-nome": "Ugo Neri"})
    pagina = client.post(url_seggio(seggio), dati | {"altra_riga": "1"}).text
    assert 'value="Ugo Neri"' in pagina
    assert 'name="sostituti-1-nome"' in pagina
    assert seggio.sostituti.count() == 0


def test_un_numero_di_righe_senza_fine_non_rompe_il_modulo(client, rete):
    dati = dati_seggio() | {"sostituti-TOTAL_FORMS": "9" * 5_000}
    seggio = AdesioneFactory(rete=rete)
    pagina = client.post(url_seggio(seggio), dati | {"altra_riga": "1"})
    assert (pagina.status_code, "sostituti-TOTAL_FORMS" in pagina.text, seggio.sostituti.count()) == (200, True, 0)


def test_date_al_contrario_si_dicono_accanto_al_campo(client, rete):
    seggio = AdesioneFactory(rete=rete)
    riga = {"sostituti-0-nome": "Ugo", "sostituti-0-dal": "2023-02-25", "sostituti-0-al": "2023-02-01"}
    pagina = client.post(url_seggio(seggio), dati_seggio(al="2023-02-01", **riga)).text
    assert pagina.count("La fine viene prima dell&#x27;inizio: correggi le date.") == 2
    assert "vincolo" not in pagina


def test_il_titolare_ha_un_account_dell_ente_o_della_provincia(client, rete, coordinatore, provincia):
    di_casa, estraneo = RappresentanzaFactory(), RappresentanzaFactory()
    seggio = AdesioneFactory(rete=rete, soggetto=di_casa.soggetto)
    pagina = client.post(url_seggio(seggio), dati_seggio(titolare=estraneo.utente.pk)).text
    assert estraneo.utente.email not in pagina
    client.post(url_seggio(seggio), dati_seggio(titolare=di_casa.utente.pk))
    seggio.refresh_from_db()
    assert seggio.titolare == di_casa.utente
    assert coordinatore.email in client.get(url_seggio(AdesioneFactory(rete=rete, soggetto=provincia))).text


def test_chi_chiude_un_seggio_legge_dove_resta_convocato(client, rete):
    seggio = AdesioneFactory(rete=rete, soggetto__denominazione="Alfa")
    for titolo, giorni, stato in (
        ("Prima", 1, StatoIncontro.CONVOCATO),
        ("Dopo", 20, StatoIncontro.CONVOCATO),
        ("Annullato", 21, StatoIncontro.ANNULLATO),
    ):
        inizio = ORA + timedelta(days=giorni)
        incontro = IncontroFactory(rete=rete, titolo=titolo, stato=stato, inizio=inizio)
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
    pagina = client.get(url_seggio(seggio, "chiudi_seggio")).text
    assert ("Prima</a>" in pagina, "Dopo</a>" in pagina, "Annullato</a>" in pagina) == (True, True, False)
    scheda = client.post(url_seggio(seggio, "chiudi_seggio"), {"al": "2023-03-01"}, follow=True).text
    assert "Alfa resta convocato a: Dopo (17 marzo 2023 10:00)." in scheda
    seggio.refresh_from_db()
    assert seggio.al == date(2023, 3, 1)
    assert [r.dati["campi"] for r in righe_di(seggio)] == [["al"]]


def test_il_rifiuto_lascia_il_seggio_com_era_e_la_data_scritta(client, provincia):
    comitato = ReteFactory(
        tipo="comitato_tecnico", convocante=provincia, atto="Det. 1", atto_data=date(2023, 2, 20), nome="Comitato"
    )
    seggio, *_altri = [AdesioneFactory(rete=comitato, qualifica=q) for q in Adesione.Qualifica]
    pagina = client.post(url_seggio(seggio, "chiudi_seggio"), {"al": "2023-02-22"}).text
    assert "il 25 febbraio 2023 mancano funzionario del servizio" in pagina
    assert 'value="2023-02-22"' in pagina


def test_un_seggio_finito_resta_nella_storia(client, rete):
    AdesioneFactory(rete=rete, soggetto__denominazione="Finita srl", al=date(2023, 1, 31))
    scheda = client.get(reverse("gestione_tavoli:scheda", args=[rete.pk])).text
    assert "Seggi finiti (1)" in " ".join(scheda.split())
    assert "Finita srl" in scheda


def test_l_elenco_dei_seggi_e_un_foglio_sicuro(client, rete):
    seggio = AdesioneFactory(
        rete=rete, soggetto__denominazione="=1+1", soggetto__codice_fiscale="01234567897",
        titolare_nome="Ada Rossi", titolare_email="ada@x.example", ruolo="osservatore",
    )  # fmt: skip
    seggio.rappresenta.add(SoggettoFactory(denominazione="Comune di Soresina"))
    seggio.sostituti.create(nome="Ugo Neri", dal=date(2023, 1, 1))
    AdesioneFactory(rete=ReteFactory(convocante=rete.convocante), soggetto__denominazione="Altrove")
    risposta = client.get(reverse("gestione_tavoli:esporta_seggi", args=[rete.pk]))
    assert 'filename="seggi-prova-2023-02-25.csv"' in risposta["Content-Disposition"]
    assert risposta.content.decode("utf-8-sig").splitlines() == [
        "soggetto;codice_fiscale;ruolo;qualifica;vota;peso;titolare;email;nomina;dal;al;rappresenta;sostituti",
        "'=1+1;01234567897;Osservatore;;no;1;Ada Rossi;ada@x.example;;2020-01-01;;Comune di Soresina;Ugo Neri",
    ]


def test_le_interrogazioni_della_scheda_non_crescono_con_i_seggi(client, rete, django_assert_max_num_queries):
    url = reverse("gestione_tavoli:scheda", args=[rete.pk])
    quante = []
    for _n in range(2):
        for seggio in AdesioneFactory.create_batch(3, rete=rete):
            seggio.rappresenta.add(SoggettoFactory())
            seggio.sostituti.create(nome="Ugo", dal=date(2023, 1, 1))
        with django_assert_max_num_queries(80) as contate:
            client.get(url)
        quante.append(len(contate))
    assert quante[0] == quante[1]


# -- The board: quorum, composition, act ------------------------------------------------


def dati_tavolo(rete, **altro):
    """What the page of a board posts."""
    return {
        "nome": rete.nome, "tipo": rete.tipo, "tema": rete.tema, "convocante": rete.convocante_id, "dal": "2020-01-01",
        "quorum_modo": "seggi", "approvazione": "silenzio",
    } | altro  # fmt: skip


@pytest.mark.parametrize(
    ("modo", "quorum", "frase"),
    [
        ("percento", "101", "Una percentuale va da 1 a 100."),
        ("peso", "101", "Una percentuale va da 1 a 100."),
        ("seggi", "0", "Un quorum è almeno 1"),
    ],
)
def test_un_quorum_impossibile_si_corregge(client, rete, modo, quorum, frase):
    dati = dati_tavolo(rete, quorum_modo=modo, quorum=quorum)
    assert frase in client.post(reverse("gestione_tavoli:edit", args=[rete.pk]), dati).text
    rete.refresh_from_db()
    assert rete.quorum is None


def test_un_quorum_piu_alto_dei_seggi_si_salva_con_un_avviso(client, rete):
    AdesioneFactory.create_batch(2, rete=rete)
    AdesioneFactory(rete=rete, ruolo="invitato")
    dati = dati_tavolo(rete, quorum="3")
    scheda = client.post(reverse("gestione_tavoli:edit", args=[rete.pk]), dati, follow=True).text
    assert "Con 2 seggi votanti servono 3 presenti." in scheda
    assert "Il quorum chiede 3 presenti e i seggi che votano oggi sono 2" in scheda


def test_la_composizione_si_scrive_per_righe(client, rete):
    """R27: data of the board, written by people."""
    url = reverse("gestione_tavoli:composizione", args=[rete.pk])
    dati = {
        "posti-TOTAL_FORMS": 2, "posti-INITIAL_FORMS": 0, "posti-0-nome": "operatori", "posti-0-minimo": 2,
        "posti-0-tipi": ["operatore"], "posti-1-nome": "", "posti-1-minimo": 1,
    }  # fmt: skip
    altra = client.post(url, dati | {"altra_riga": "1"}).text
    assert 'name="posti-2-nome"' in altra
    assert 'value="operatori"' in altra
    assert "obbligatorio" not in altra
    scheda = client.post(url, dati, follow=True).text
    rete.refresh_from_db()
    assert rete.composizione == [{"nome": "operatori", "minimo": 2, "tipi": ["operatore"]}]
    assert "almeno 2: operatori (tipo: operatore per il lavoro o la formazione)" in scheda
    assert "Oggi manca chi deve sedere: operatori (2)." in scheda
    vuota = dati | {"posti-INITIAL_FORMS": 1, "posti-0-nome": "", "posti-0-tipi": []}
    client.post(url, vuota)
    rete.refresh_from_db()
    assert rete.composizione == []


@pytest.mark.parametrize(
    ("riga", "frase"),
    [
        ({"posti-0-nome": "", "posti-0-tipi": ["operatore"]}, "Scrivi chi deve sedere, o togli i segni sotto."),
        ({"posti-0-nome": "x", "posti-0-tipi": ["marziano"]}, "marziano"),
        ({"posti-0-nome": "x", "posti-1-nome": "X"}, "Due posti si chiamano «x»"),
    ],
)
def test_una_composizione_sbagliata_resta_sulla_pagina(client, rete, riga, frase):
    dati = {"posti-TOTAL_FORMS": 2, "posti-INITIAL_FORMS": 0, "posti-0-minimo": 1, "posti-1-minimo": 1} | riga
    assert frase in client.post(reverse("gestione_tavoli:composizione", args=[rete.pk]), dati).text
    rete.refresh_from_db()
    assert rete.composizione == []


def test_il_comitato_mostra_i_tre_della_legge_e_non_li_cambia(client, provincia):
    """R27."""
    comitato = ReteFactory(tipo="comitato_tecnico", convocante=provincia)
    url = reverse("gestione_tavoli:composizione", args=[comitato.pk])
    pagina = client.get(url).text
    assert "almeno 1: esperto del settore medico-legale" in pagina
    assert "posti-0-nome" not in pagina
    dati = {"posti-TOTAL_FORMS": 1, "posti-INITIAL_FORMS": 0, "posti-0-nome": "chiunque", "posti-0-minimo": 1}
    assert "la fissa la legge 68/1999" in client.post(url, dati).text
    comitato.refresh_from_db()
    assert comitato.composizione == []


def carica_atto(client, rete, contenuto=PDF, nome="Delibera firmata.pdf", **altro):
    dati = {"atto": "Det. 7/2023", "atto_data": "2023-02-20", "documento": SimpleUploadedFile(nome, contenuto)}
    return client.post(reverse("gestione_tavoli:costituzione", args=[rete.pk]), dati | altro)


def test_l_atto_ha_il_suo_documento_con_l_impronta_nel_registro(client, rete):
    carica_atto(client, rete)
    rete.refresh_from_db()
    with rete.atto_documento.open() as file:
        assert file.read() == PDF
    [riga] = righe_di(rete)
    assert (riga.azione, riga.dati) == (
        "rete.costituita",
        {"atto": "Det. 7/2023", "atto_data": "2023-02-20", "impronta": hashlib.sha256(PDF).hexdigest()},
    )
    primo = rete.atto_documento.name
    carica_atto(client, rete, PDF + b" corretto")
    rete.refresh_from_db()
    assert rete.atto_documento.storage.exists(primo)
    assert [r.azione for r in righe_di(rete)] == ["rete.costituita", "rete.atto_corretto"]


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("atto.docx", PDF, "Formato non accettato"),
        ("atto.pdf", b"<script>", "non corrisponde al formato .pdf"),
        ("atto.pdf", PDF + b"0" * 10 * 1_048_576, "Il file supera 10 MB"),
    ],
)
def test_un_documento_che_non_e_un_pdf_e_rifiutato(client, rete, nome, contenuto, frase):
    pagina = carica_atto(client, rete, contenuto, nome).text
    assert frase in pagina
    assert 'value="Det. 7/2023"' in pagina
    rete.refresh_from_db()
    assert (rete.atto, bool(rete.atto_documento)) == ("", False)


def test_il_documento_di_un_tavolo_pubblico_e_di_tutti(client, rete):
    carica_atto(client, rete)
    client.logout()
    risposta = client.get(reverse("tavoli:atto", args=[rete.slug]))
    assert b"".join(risposta.streaming_content) == PDF
    assert risposta["Content-Disposition"] == 'attachment; filename="atto-prova.pdf"'
    assert reverse("tavoli:atto", args=[rete.slug]) in client.get(rete.get_absolute_url()).text


def test_il_documento_di_un_tavolo_riservato_e_di_chi_vi_siede(client, entra, rete):
    carica_atto(client, rete)
    Rete.objects.update(pubblica=False)
    url = reverse("tavoli:atto", args=[rete.slug])
    membro, estraneo = RappresentanzaFactory(), RappresentanzaFactory()
    AdesioneFactory(rete=rete, soggetto=membro.soggetto)
    client.logout()
    assert client.get(url).status_code == 404
    assert entra(estraneo.utente).get(url).status_code == 404
    assert b"".join(entra(membro.utente).get(url).streaming_content) == PDF


def test_senza_documento_l_indirizzo_non_c_e(client, rete):
    assert client.get(reverse("tavoli:atto", args=[rete.slug])).status_code == 404
