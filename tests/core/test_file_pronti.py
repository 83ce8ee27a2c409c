"""Public files kept ready as pages are: given without a query, new at once after an edit (issue 5, «Fast»; R15)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accordi.models import Accordo
from core.generazioni import PUBBLICA, SuFile
from core.orologio import fermo
from reti.models import Soggetto
from tests.core.serviti import ClienteServito as Client
from tests.factories.accordi import AccordoFactory
from tests.factories.reti import SoggettoFactory

pytestmark = pytest.mark.django_db
ELENCO = "/registro-accordi/elenchi/2023/1"
SOGGETTI = "/rete/soggetti/esporta.csv"
LUNEDI = datetime(2023, 5, 8, 10, 0, 20, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture(autouse=True)
def _pronti(settings, tmp_path, monkeypatch):
    settings.PAGINE_PRONTE = True
    settings.GENERAZIONI_CARTELLA = tmp_path / "generazioni"
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))
    AccordoFactory(attivo=True, titolo="Patto", parti=[SoggettoFactory(denominazione="Coop Aurora")])
    with fermo(LUNEDI):
        yield


@pytest.mark.parametrize("dove", [f"{ELENCO}.csv", f"{ELENCO}.json", SOGGETTI])
def test_un_file_pronto_non_fa_domande_ed_e_lo_stesso(dove, django_assert_num_queries):
    cliente = Client()
    prima = cliente.get(dove)
    with django_assert_num_queries(0):
        seconda = cliente.get(dove)
    assert (prima.status_code, seconda.content) == (200, prima.content)
    assert dict(seconda.items()) == dict(prima.items())


@pytest.mark.parametrize(
    ("dove", "righe", "cambia"),
    [
        (f"{ELENCO}.csv", Accordo, {"titolo": "Nome nuovissimo"}),
        (f"{ELENCO}.json", Accordo, {"titolo": "Nome nuovissimo"}),
        (f"{ELENCO}.json", Soggetto, {"denominazione": "Nome nuovissimo"}),
        (SOGGETTI, Soggetto, {"denominazione": "Nome nuovissimo"}),
    ],
)
def test_appena_scritto_si_legge_nel_file(dove, righe, cambia, dopo_il_commit):
    cliente = Client()
    cliente.get(dove)
    assert "Nome nuovissimo" not in cliente.get(dove).text
    with dopo_il_commit():
        righe.objects.update(**cambia)
    assert "Nome nuovissimo" in cliente.get(dove).text


def test_un_accordo_tolto_dal_pubblico_perde_subito_il_codice_nel_file_pronto(dopo_il_commit):
    """R15: what isn't public any more isn't in a file of a moment ago."""
    codice = Accordo.objects.get().codice
    cliente = Client()
    assert [codice in cliente.get(f"{ELENCO}.json").text for _volta in range(2)] == [True, True]
    with dopo_il_commit():
        Accordo.objects.update(pubblico=False)
    assert codice not in cliente.get(f"{ELENCO}.json").text
