"""The public register and the half-yearly list (R15), and what stays out of them."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from accordi.models import Parte, Recesso
from accordi.queries.pubblicazione import COLONNE, Semestre, elenco, semestri
from core.orologio import fermo
from tests.factories.accordi import AccordoFactory, AvvisoFactory, IstanzaFactory
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory

# 30 June 2023 at 23:59:59 in Rome, and one second after: in UTC both are still the 30th.
ULTIMO_SECONDO = datetime(2023, 6, 30, 21, 59, 59, tzinfo=UTC)
PRIMO_SECONDO = datetime(2023, 6, 30, 22, 0, 0, tzinfo=UTC)
DITTA = "RSSMRA80A01H501U"


@pytest.fixture
def enti(provincia):
    return provincia, SoggettoFactory(denominazione="Cooperativa Aurora", slug="aurora")


@pytest.fixture
def accordo(enti):
    return AccordoFactory(attivo=True, titolo="Rete per il lavoro", parti=enti)


def pagina(client, indirizzo):
    return client.get(indirizzo).content.decode()


def trovati(client, ricerca):
    return [v.accordo.titolo for v in client.get(f"/registro-accordi/?{ricerca}").context["voci"]]


@pytest.mark.parametrize(
    ("stato", "pubblico"),
    [("bozza", True), ("in_firma", True), ("rifiutato", True), ("annullato", True)],
)
def test_quello_che_non_e_pubblico_non_c_e_da_nessuna_parte(client, enti, stato, pubblico):
    altro = AccordoFactory(attivo=True, titolo="Riservato", stato=stato, pubblico=pubblico, parti=enti)
    AccordoFactory(attivo=True, parti=enti)
    assert client.get(f"/registro-accordi/{altro.codice}/").status_code == 404
    for indirizzo in ("", "elenchi/2023/1/", "elenchi/2023/1.csv", "elenchi/2023/1.json"):
        assert "Riservato" not in pagina(client, f"/registro-accordi/{indirizzo}")


def test_un_accordo_fuori_dal_registro_resta_nell_elenco_senza_pagina_e_senza_codice(client, enti):
    """R15, D.Lgs. 33/2013 art. 23: every agreement is listed; what leads to its text isn't given."""
    riservato = AccordoFactory(attivo=True, titolo="Riservato", pubblico=False, parti=enti)
    assert "Riservato" not in pagina(client, "/registro-accordi/")
    assert client.get(f"/registro-accordi/{riservato.codice}/").status_code == 404
    (riga,) = client.get("/registro-accordi/elenchi/2023/1.json").json()["accordi"]
    assert (riga["oggetto"], len(riga["parti"]), riga["scade_il"]) == ("Riservato", 2, "2023-12-31")
    assert (riga["codice_verifica"], riga["indirizzo"]) == ("", "")
    html = pagina(client, "/registro-accordi/elenchi/2023/1/")
    assert '<th scope="row">Riservato</th>' in html
    assert (riservato.codice in html, riservato.codice_verifica in html) == (False, False)


def test_nemmeno_la_provincia_apre_nel_registro_un_accordo_riservato(client, enti, coordinatore):
    """Same answer for anyone: the register isn't the office's list."""
    client.force_login(coordinatore)
    riservato = AccordoFactory(attivo=True, pubblico=False, parti=enti)
    assert client.get(f"/registro-accordi/{riservato.codice}/").status_code == 404


def test_l_elenco_ha_le_stesse_righe_in_pagina_csv_e_json(client, accordo, settings):
    """R15: object, parties, act, date, protocol, expiry; dates in ISO."""
    json = client.get("/registro-accordi/elenchi/2023/1.json").json()
    righe_json = json.pop("accordi")
    testo = client.get("/registro-accordi/elenchi/2023/1.csv").content.decode("utf-8-sig")
    righe_csv = list(csv.DictReader(io.StringIO(testo), delimiter=";"))
    atteso = {
        "codice_verifica": accordo.codice_verifica,
        "oggetto": "Rete per il lavoro",
        "tipo": "Accordo di collaborazione",
        "parti": [f"{p.soggetto} (C.F. {p.soggetto.codice_fiscale})" for p in accordo.parti.all()],
        "atto": "Determinazione n. 12 del 01/02/2023",
        "sottoscritto_il": "2023-03-01",
        "protocollo": f"{accordo.protocollo.numero}/2023",
        "protocollo_il": "2023-03-01",
        "efficace_dal": "2023-03-01",
        "scade_il": "2023-12-31",
        "stato": "Scaduto",
        "indirizzo": f"{settings.INDIRIZZO_PUBBLICO}/registro-accordi/{accordo.codice}/",
    }
    assert righe_json == [atteso]
    assert righe_csv == [atteso | {"parti": " | ".join(atteso["parti"])}]
    assert tuple(atteso) == COLONNE
    assert json == {
        "ente": "Provincia",
        "titolo": "Accordi stipulati, 1° semestre 2023",
        "norma": "D.Lgs. 33/2013, art. 23",
        "licenza": {"nome": "CC BY 4.0", "indirizzo": "https://creativecommons.org/licenses/by/4.0/deed.it"},
        "dal": "2023-01-01",
        "al": "2023-06-30",
    }
    html = pagina(client, "/registro-accordi/elenchi/2023/1/")
    assert [v for v in atteso.values() if isinstance(v, str) and v not in html] == []


@pytest.mark.parametrize(
    ("istante", "semestre"),
    [
        (ULTIMO_SECONDO, Semestre(2023, 1)),
        (PRIMO_SECONDO, Semestre(2023, 2)),
        (datetime(2023, 12, 31, 22, 59, 59, tzinfo=UTC), Semestre(2023, 2)),
        (datetime(2023, 12, 31, 23, 0, tzinfo=UTC), Semestre(2024, 1)),
    ],
)
def test_il_semestre_comincia_alla_mezzanotte_di_roma(enti, istante, semestre):
    """The half is that of the local day on which the last party signed."""
    AccordoFactory(attivo=True, sottoscritto_il=istante, parti=enti)
    assert [s for s in semestri() if elenco(s)] == [semestre]


def test_i_semestri_vanno_dal_primo_accordo_a_oggi(accordo, client):
    with fermo(datetime(2024, 7, 1, tzinfo=UTC)):
        assert [str(s) for s in semestri()] == [
            "2° semestre 2024",
            "1° semestre 2024",
            "2° semestre 2023",
            "1° semestre 2023",
        ]
        assert [s.concluso for s in semestri()] == [False, True, True, True]
        codici = [client.get(f"/registro-accordi/elenchi/{s}/").status_code for s in ("2022/2", "2025/1", "2023/3")]
    assert codici == [404, 404, 404]


def test_il_codice_fiscale_di_una_ditta_individuale_non_esce(client, provincia):
    """R62: it is a person's."""
    ditta = SoggettoFactory(codice_fiscale=DITTA, denominazione="Rossi Mario")
    accordo = AccordoFactory(attivo=True, parti=[provincia, ditta])
    for indirizzo in ("", f"{accordo.codice}/", "elenchi/2023/1/", "elenchi/2023/1.csv", "elenchi/2023/1.json"):
        assert DITTA not in pagina(client, f"/registro-accordi/{indirizzo}")


@pytest.mark.parametrize(
    ("ricerca", "attesi"),
    [
        ("", ["Secondo", "Primo"]),
        ("q=aurora", ["Primo"]),
        ("q=SECONDO", ["Secondo"]),
        ("q=primo+secondo", []),
        ("tipo=convenzione", ["Secondo"]),
        ("tipo=sbagliato", ["Secondo", "Primo"]),
        ("ente=aurora", ["Primo"]),
        ("anno=2023", ["Primo"]),
        ("in_vigore=2023-12-31", ["Primo"]),
        ("in_vigore=01/01/2024", []),
        ("in_vigore=boh", ["Secondo", "Primo"]),
    ],
)
def test_i_filtri_stanno_nell_indirizzo(client, enti, ricerca, attesi):
    AccordoFactory(attivo=True, titolo="Primo", parti=enti)
    AccordoFactory(
        attivo=True,
        titolo="Secondo",
        tipo="convenzione",
        sottoscritto_il=datetime(2024, 5, 2, tzinfo=UTC),
        efficace_dal=date(2024, 5, 2),
        scade_il=date(2024, 12, 31),
        parti=[enti[0], SoggettoFactory(denominazione="Comune di Prova")],
    )
    assert trovati(client, ricerca) == attesi


def test_un_filtro_sbagliato_e_detto_accanto_al_campo(client, accordo):
    assert "Intanto l&#x27;ho ignorato." in pagina(client, "/registro-accordi/?in_vigore=boh")
    assert "«2001» non è fra le scelte" in pagina(client, "/registro-accordi/?anno=2001")


def test_la_pagina_dice_rinnovi_recessi_e_avviso(client, accordo, enti):
    istanza = IstanzaFactory(avviso=AvvisoFactory(titolo="Avviso di prova"), ammessa=True)
    accordo.istanza = istanza
    accordo.save()
    rinnovo = AccordoFactory(attivo=True, titolo="Rinnovo", padre=accordo, legame="rinnovo", parti=enti)
    AccordoFactory(attivo=True, titolo="Segreto", padre=accordo, legame="modifica", pubblico=False)
    Recesso.objects.create(
        parte=Parte.objects.get(accordo=accordo, soggetto__slug="aurora"),
        comunicato_il=date(2023, 5, 1),
        efficace_dal=date(2023, 6, 1),
        motivo="Motivo interno",
        registrato_da=UtenteFactory(),
    )
    testo = pagina(client, f"/registro-accordi/{accordo.codice}/")
    for atteso in ("Rinnovato da", "fino al 31 maggio 2023, poi ha receduto", "Avviso di prova", "Scaduto"):
        assert atteso in testo
    assert "Segreto" not in testo
    assert "Motivo interno" not in testo
    assert "Rete per il lavoro" in pagina(client, f"/registro-accordi/{rinnovo.codice}/")


def test_un_rinnovo_non_svela_l_accordo_riservato_da_cui_nasce(client, enti):
    padre = AccordoFactory(attivo=True, titolo="Riservato", pubblico=False, parti=enti)
    figlio = AccordoFactory(attivo=True, padre=padre, legame="rinnovo", legame_motivo="Segue Riservato", parti=enti)
    assert "Riservato" not in pagina(client, f"/registro-accordi/{figlio.codice}/")


def test_chi_ha_gia_la_pagina_riceve_304(client, accordo):
    for indirizzo in ("", f"{accordo.codice}/", "elenchi/", "elenchi/2023/1.json", "elenchi/2023/1.csv"):
        etag = client.get(f"/registro-accordi/{indirizzo}")["ETag"]
        assert client.get(f"/registro-accordi/{indirizzo}", HTTP_IF_NONE_MATCH=etag).status_code == 304
        accordo.titolo += " bis"
        accordo.save()
    assert client.get("/registro-accordi/", HTTP_IF_NONE_MATCH=etag).status_code == 200


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_non_crescono_con_gli_accordi(client, enti, quanti, django_assert_num_queries):
    for _n in range(quanti):
        AccordoFactory(attivo=True, parti=[*enti, SoggettoFactory()])
    client.get("/registro-accordi/")
    with django_assert_num_queries(3):
        elenco(Semestre(2023, 1))
    with django_assert_num_queries(9):
        client.get("/registro-accordi/")
