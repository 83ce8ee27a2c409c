"""The API under a fuzzer that reads its own OpenAPI document: what is allowed is answered as written, what isn't is
refused as written, nothing breaks (R37). Same examples at each run.
"""

from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.dati_aperti.conftest import punto_ricco
from tests.factories.accordi import AvvisoFactory
from tests.factories.reti import ReteFactory

pytestmark = pytest.mark.django_db
DOCUMENTO = "/api/v1/openapi.json"
QUANTE = {GenerationMode.POSITIVE: 11, GenerationMode.NEGATIVE: 8}
ESEMPI = settings(
    max_examples=20, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)

CON_LEGAMI = ("GET /api/v1/punti", "GET /api/v1/accordi")


@pytest.fixture
def schema(lunedi, provincia):
    """The document as a program loads it, through WSGI; the transaction of the test outlives each request."""
    punto_ricco()
    AvvisoFactory(live=True, slug="avviso-aperto")
    ReteFactory(convocante=provincia, slug="tavolo-uno")
    segnali = (request_started, request_finished)
    for segnale in segnali:
        segnale.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DOCUMENTO, get_wsgi_application())
    for segnale in segnali:
        segnale.connect(close_old_connections)


def _non_si_applicano(caso, risposta):
    """Filters that name records, or go in pairs, may be refused whatever the document allows; an empty one, as forms
    send, asks nothing whatever its type."""
    esclusi = [positive_data_acceptance] if caso.operation.label in CON_LEGAMI else []
    mandati = parse_qsl(urlsplit(risposta.request.url).query, keep_blank_values=True)
    return [*esclusi, negative_data_rejection] if any(not valore for _nome, valore in mandati) else esclusi


@pytest.mark.parametrize("modo", GenerationMode, ids=lambda m: m.value)
def test_ogni_rotta_regge_cio_che_un_programma_puo_chiedere(schema, modo):
    """Status, type and shape of each answer are those of the document; a request out of it is never taken."""
    provate = set()
    operazioni = [o.ok() for o in schema.get_all_operations()]
    # Any text is a good name of a record that isn't there: only a query can be wrong.
    scelte = [o for o in operazioni if modo.is_positive or o.query]
    for operazione in scelte:

        @ESEMPI
        @given(caso=operazione.as_strategy(generation_mode=modo))
        def prova(caso):
            risposta = caso.call()
            caso.validate_response(risposta, excluded_checks=_non_si_applicano(caso, risposta))
            provate.add(caso.operation.label)

        prova()
    assert len(provate) == len(scelte) == QUANTE[modo]
