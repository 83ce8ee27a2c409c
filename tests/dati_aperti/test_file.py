"""The points as files: what is in each, who never is, formulas, ETag, query counts, published schemas (R37, R62)."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from geojson_pydantic import FeatureCollection
from jsonschema import Draft202012Validator, FormatChecker

from core.generazioni import PUBBLICA, SuFile
from core.models import Installazione
from dati_aperti.formati import COLONNE, FORMATI
from dati_aperti.letture import identificativo
from tests.dati_aperti.conftest import punto_ricco
from tests.factories.punti_informativi import PuntoFactory

pytestmark = pytest.mark.django_db
RADICE = "/dati-aperti/punti-informativi"
QUERY = 14


def scarica(client, formato, **intestazioni):
    return client.get(f"{RADICE}.{formato}", **intestazioni)


def leggi(risposta):
    return b"".join(risposta.streaming_content).decode()


def tabella(client):
    return list(csv.DictReader(io.StringIO(leggi(scarica(client, "csv")).removeprefix("\ufeff")), delimiter=";"))


def test_il_csv_ha_le_colonne_descritte_e_nessuna_formula(client, ricco):
    """R37: a spreadsheet runs nothing of what a host wrote."""
    (riga,) = tabella(client)
    assert list(riga) == list(COLONNE)
    assert riga == {
        "id": str(identificativo("punto", ricco.pk)),
        "slug": "sportello-1",
        "nome": "'=Sportello 1",
        "ente": ricco.soggetto.denominazione,
        "via": "Via Larga, 1",
        "cap": "26100",
        "comune": ricco.sede.comune.nome,
        "codice_istat": ricco.sede.comune.codice_istat,
        "latitudine": "45,13",
        "longitudine": "10,02",
        "posizione_approssimata": "false",
        "servizi": "Colloqui | Tirocini",
        "destinatari": "Giovani",
        "lingue": "en1",
        "comuni_serviti": ricco.comuni_serviti.get().codice_istat,
        "accessibilita": "parziale",
        "a_distanza": "true",
        "solo_appuntamento": "false",
        "orari": "lun 09:00-12:30 | lun 14:00-23:59 su appuntamento | mar 09:00-12:30",
        "telefono": "'+39 0372 123456",
        "email": "sportello@ente.example",
        "sito_web": "https://ente.example/",
        "verificato_il": "2023-04-03",
        "attivo_dal": "2023-01-09",
        "pagina": "http://localhost:8000/punti-informativi/sportello-1/",
        "calendario": "http://localhost:8000/punti-informativi/sportello-1/aperture.ics",
    }


def test_il_json_dice_chi_pubblica_la_licenza_e_le_eccezioni_da_oggi(client, ricco, provincia):
    dati = json.loads(leggi(scarica(client, "json")))
    assert dati["licenza"] == {"nome": "CC BY 4.0", "indirizzo": "https://creativecommons.org/licenses/by/4.0/deed.it"}
    assert dati["totale"] == 1
    (punto,) = dati["punti"]
    assert punto["eccezioni"] == [
        {"dal": "2023-08-07", "al": "2023-08-25", "chiuso": True, "dalle": None, "alle": None, "motivo": "Ferie"}
    ]
    assert punto["orari"][1] == {"giorno": 1, "dalle": "14:00", "alle": "23:59", "su_appuntamento": True}
    assert punto["cpi_riferimento"] == "CPI Cremona"


def test_il_geojson_vale_per_rfc_7946(client, ricco):
    """Checked by geojson-pydantic; longitude comes first."""
    letto = leggi(scarica(client, "geojson"))
    (elemento,) = FeatureCollection.model_validate_json(letto).features
    assert tuple(elemento.geometry.coordinates) == (10.02, 45.13)
    assert list(elemento.properties) == list(COLONNE)


def severo(schema):
    """The published schema, with names that it doesn't have refused too."""
    if isinstance(schema, list):
        return [severo(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    copia = {nome: severo(valore) for nome, valore in schema.items()}
    return copia | {"additionalProperties": False} if "properties" in schema else copia


def test_l_hsds_vale_per_lo_schema_pubblicato(client, ricco):
    """R37: the schema of HSDS 3.0 (tests/dati_aperti/hsds), made strict."""
    PuntoFactory(attivo=True, nome="Spoglio", servizi=[])
    dati = json.loads(leggi(scarica(client, "hsds.json")))
    assert {k: v for k, v in dati.items() if k != "contents"} == {
        "total_items": 2,
        "total_pages": 1,
        "page_number": 1,
        "size": 2,
        "first_page": True,
        "last_page": True,
        "empty": False,
    }
    schema = severo(json.loads((Path(__file__).parent / "hsds" / "service.json").read_text()))
    valida = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [e.message for servizio in dati["contents"] for e in valida.iter_errors(servizio)] == []
    (dove,) = dati["contents"][0]["service_at_locations"]
    assert [s["byday"] for s in dove["schedules"]] == ["MO,TU", "MO"]
    assert dove["location"]["accessibility"][0]["description"] == "Accessibile in sedia a rotelle con aiuto"
    assert dati["contents"][0]["languages"][0]["code"] == "en1"


def test_lo_schema_severo_rifiuta_un_campo_inventato():
    """A check that can't fail proves nothing."""
    schema = severo(json.loads((Path(__file__).parent / "hsds" / "service.json").read_text()))
    servizio = {"id": str(identificativo("x", 1)), "name": "x", "status": "active", "orario": "x"}
    assert [e.validator for e in Draft202012Validator(schema).iter_errors(servizio)] == ["additionalProperties"]


@pytest.mark.parametrize("formato", FORMATI)
def test_chi_non_e_nell_elenco_pubblico_non_e_nei_dati(client, ricco, nascosti, formato):
    """R62: not listed, suspended, ended, unconfirmed, drafts, candidates."""
    assert "Nascosto" not in leggi(scarica(client, formato))


@pytest.mark.parametrize("formato", FORMATI)
def test_le_query_non_crescono_con_i_punti(client, lunedi, formato, django_assert_num_queries):
    Installazione.corrente()
    punto_ricco(1)
    with django_assert_num_queries(QUERY):
        leggi(scarica(client, formato))
    punto_ricco(2), punto_ricco(3)
    with django_assert_num_queries(QUERY):
        leggi(scarica(client, formato))


@pytest.fixture
def generazioni(settings, tmp_path, monkeypatch):
    """The generations of a running site: those of the suite change at every reading."""
    settings.GENERAZIONI_CARTELLA = tmp_path / "generazioni"
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))


@pytest.mark.parametrize("formato", FORMATI)
def test_chi_ha_gia_il_file_riceve_304_e_dopo_una_modifica_il_file_nuovo(
    client, ricco, formato, generazioni, django_capture_on_commit_callbacks, django_assert_num_queries
):
    """A file that nobody changed is neither made again nor sent again: no query; a write makes it another."""
    prima = scarica(client, formato)
    corpo = leggi(prima)
    with django_assert_num_queries(0):
        di_nuovo = scarica(client, formato, headers={"if-none-match": prima["ETag"]})
        assert (di_nuovo.status_code, di_nuovo.content, di_nuovo["ETag"]) == (304, b"", prima["ETag"])
        assert leggi(scarica(client, formato)) == corpo
    ricco.soggetto.denominazione = "Ente che ha cambiato nome"
    connection.run_on_commit.clear()  # as a transaction by itself: the test's own wrote before
    with django_capture_on_commit_callbacks(execute=True):
        ricco.soggetto.save()
    dopo = scarica(client, formato, headers={"if-none-match": prima["ETag"]})
    assert (dopo.status_code, "Ente che ha cambiato nome" in leggi(dopo)) == (200, True)
    assert "Ente che ha cambiato nome" not in corpo


def test_un_altro_giorno_e_un_altro_file_e_del_vecchio_non_resta_niente(client, ricco, generazioni, settings, orologio):
    """Exceptions that are over, confirmations that lapse: the day changes what is told, with no write."""
    assert "2023-08-07" in leggi(scarica(client, "json"))
    with orologio(datetime(2023, 9, 1, 10, tzinfo=UTC)):
        assert "2023-08-07" not in leggi(scarica(client, "json"))
    pronti = Path(settings.DATI_APERTI_CARTELLA).glob("*.punti.json")
    assert len(list(pronti)) == 1


def test_un_file_che_non_si_riesce_a_scrivere_non_lascia_un_file_a_meta(client, ricco, generazioni, settings):
    ricco.sede.comune.codice_istat = "errato"
    ricco.sede.comune.save()
    with pytest.raises(ValueError, match="codice_istat"):
        scarica(client, "csv")
    assert list(Path(settings.DATI_APERTI_CARTELLA).glob("*.punti.csv")) == []


def test_un_altro_sito_puo_leggere_e_il_file_si_comprime(client, ricco, generazioni):
    risposta = scarica(client, "json", headers={"accept-encoding": "gzip"})
    assert risposta["Access-Control-Allow-Origin"] == "*"
    assert json.loads(gzip.decompress(b"".join(risposta.streaming_content)))["totale"] == 1
    di_nuovo = {"accept-encoding": "gzip", "if-none-match": risposta["ETag"]}
    assert scarica(client, "json", headers=di_nuovo).status_code == 304


def test_un_formato_che_non_c_e_e_un_404(client, db):
    assert scarica(client, "xlsx").status_code == 404


@pytest.mark.parametrize(("formato", "vuoto"), [("json", "punti"), ("geojson", "features"), ("hsds.json", "contents")])
def test_senza_punti_il_file_e_vuoto_ma_valido(client, db, formato, vuoto):
    assert json.loads(leggi(scarica(client, formato)))[vuoto] == []
