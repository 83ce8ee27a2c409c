"""The catalogue: mandatory properties of DCAT-AP_IT by SHACL, the API as a data service, one graph in each writing."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS

from core.models import Installazione
from tests.factories.reti import ComuneFactory, ReteFactory, SoggettoFactory

pytestmark = pytest.mark.django_db
FORME = Path(__file__).parent / "dcat_ap_it.ttl"
PAGINA = "http://localhost:8000/dati-aperti/"
DCATAPIT = "http://dati.gov.it/onto/dcatapit#"
TIPI = {"ttl": "text/turtle; charset=utf-8", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}


@pytest.fixture
def ente(db):
    """A Province with its IPA code, its office's address, a comune, a public board."""
    titolare = SoggettoFactory(provincia=True, codice_ipa="p_cr")
    Installazione.corrente()
    Installazione.objects.update(email="lavoro@provincia.example", telefono="0372 406518")
    ComuneFactory(codice_istat="019036")
    ReteFactory(convocante=titolare, slug="tavolo-uno")
    return titolare


def grafo(client, scrittura="ttl", come="turtle"):
    risposta = client.get(f"/dati-aperti/catalogo.{scrittura}")
    assert risposta.status_code == 200
    return Graph().parse(data=risposta.content, format=come)


def mancanze(dati):
    _vale, _esito, testo = validate(dati, shacl_graph=Graph().parse(FORME), advanced=False)
    return testo


def test_il_catalogo_ha_tutte_le_proprieta_obbligatorie(client, ente, ricco):
    """R37: shapes written from the published profile."""
    assert "Conforms: True" in mancanze(grafo(client))


@pytest.mark.parametrize("manca", ["rightsHolder", "accrualPeriodicity", "identifier", "modified", "license", "format"])
def test_le_forme_si_accorgono_di_cio_che_manca(client, ente, manca):
    """A check that can't fail proves nothing."""
    dati = grafo(client)
    dati.remove((None, DCTERMS[manca], None))
    assert "Conforms: False" in mancanze(dati)


def test_senza_indirizzo_dell_ufficio_e_senza_codice_ipa_il_catalogo_vale_ancora(client, db):
    SoggettoFactory(provincia=True, codice_ipa="")
    assert "Conforms: True" in mancanze(grafo(client))


# rdflib's own reader of JSON-LD uses a class that rdflib announces as temporary.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_le_tre_scritture_dicono_lo_stesso_grafo(client, ente):
    turtle = grafo(client)
    assert isomorphic(turtle, grafo(client, "rdf", "xml"))
    assert isomorphic(turtle, grafo(client, "jsonld", "json-ld"))


def test_editore_identificativi_e_territorio_vengono_dai_registri(client, ente):
    """IPA code, ISTAT code of the Province, vocabularies of the EU."""
    dati = grafo(client)
    assert dati.value(URIRef(f"{PAGINA}#ente"), DCTERMS.identifier) == Literal("p_cr")
    punti = URIRef(f"{PAGINA}#punti-informativi")
    assert dati.value(punti, DCTERMS.identifier) == Literal("p_cr:D.1")
    territorio = "https://w3id.org/italia/controlled-vocabulary/territorial-classifications/provinces/019"
    assert list(dati.objects(punti, DCTERMS.spatial)) == [URIRef(territorio)]
    formati = {
        str(f).rpartition("/")[2]
        for d in dati.objects(punti, DCAT.distribution)
        for f in dati.objects(d, DCTERMS["format"])
    }
    assert formati == {"CSV", "JSON", "GEOJSON", "ICS"}


def test_l_api_e_un_servizio_di_dati_con_il_suo_documento(client, ente):
    """dcat:DataService: where it answers, how it is described, what it serves."""
    dati = grafo(client)
    (api,) = dati.subjects(RDF.type, DCAT.DataService)
    assert dati.value(api, DCAT.endpointURL) == URIRef("http://localhost:8000/api/v1/")
    documento = str(dati.value(api, DCAT.endpointDescription)).removeprefix("http://localhost:8000")
    assert client.get(documento).json()["openapi"].startswith("3.1")
    serviti = {str(s).rpartition("#")[2] for s in dati.objects(api, DCAT.servesDataset)}
    assert serviti == {"punti-informativi", "avvisi", "accordi", "tavoli"}


def test_ogni_indirizzo_di_distribuzione_risponde(client, ente, ricco):
    dati = grafo(client)
    indirizzi = {str(o) for o in dati.objects(None, DCAT.accessURL)}
    assert len(indirizzi) >= 12
    esiti = {}
    for indirizzo in indirizzi:
        risposta = client.get(indirizzo.removeprefix("http://localhost:8000"))
        b"".join(risposta)  # reads to the end, which closes a file
        esiti[indirizzo] = risposta.status_code
    assert {i: e for i, e in esiti.items() if e != 200} == {}


@pytest.mark.parametrize(("scrittura", "tipo"), TIPI.items())
def test_il_catalogo_si_chiede_a_condizione(client, ente, scrittura, tipo):
    prima = client.get(f"/dati-aperti/catalogo.{scrittura}")
    assert (prima["Content-Type"], prima["ETag"][:3]) == (tipo, 'W/"')
    ancora = client.get(f"/dati-aperti/catalogo.{scrittura}", headers={"if-none-match": prima["ETag"]})
    assert (ancora.status_code, ancora["Access-Control-Allow-Origin"]) == (304, "*")


def test_una_scrittura_che_non_c_e_e_un_404(client, ente):
    assert client.get("/dati-aperti/catalogo.n3").status_code == 404
