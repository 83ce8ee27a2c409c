"""Two real servers over one database: what is edited through one is read from the other at the next request."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from core.generazioni import PUBBLICA, SuFile
from pagine.impianto import prepara_sito
from punti_informativi.models import PuntoInformativo
from tests.core.serviti import ambiente, chiedi, compila, server
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory

pytestmark = pytest.mark.django_db(transaction=True)
LISTA, PUNTO = "/punti-informativi/", "/punti-informativi/sportello/"
CAMBIA = "from punti_informativi.models import PuntoInformativo as P; P.objects.update(nome='Cambiato dal comando')"


@pytest.fixture
def generazioni(tmp_path, monkeypatch, settings):
    """The folder that this process and the two servers share."""
    settings.GENERAZIONI_CARTELLA = tmp_path / "generazioni"
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))
    return settings.GENERAZIONI_CARTELLA


@pytest.fixture
def chi_ospita(db):
    prepara_sito()
    chi = RappresentanzaFactory()
    PuntoFactory(attivo=True, slug="sportello", nome="Sportello Lavoro", sede=SedeFactory(soggetto=chi.soggetto))
    return chi.utente


@pytest.fixture
def sessione(chi_ospita):
    cliente = Client()
    cliente.force_login(chi_ospita)
    return f"{settings.SESSION_COOKIE_NAME}={cliente.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_cio_che_si_cambia_da_un_processo_si_legge_subito_dall_altro(generazioni, sessione):
    """By a form, by a management command, by a third process: list and point, warm in both servers."""
    with server(generazioni) as uno, server(generazioni) as due:
        for porta in (uno, due):
            for dove in (LISTA, PUNTO):
                chiedi(porta, dove)
                assert "Sportello Lavoro" in chiedi(porta, dove)[1]
                assert "ristrutturazione" not in chiedi(porta, dove)[1]
        assert "Esci" in chiedi(uno, LISTA, biscotti=sessione)[1]
        assert "Esci" not in chiedi(uno, LISTA)[1]
        campi = {"gesto": "oggi", "oggi-motivo": "ristrutturazione"}
        assert compila(uno, "/punti-informativi/miei/sportello/chiusure/", sessione, **campi) == 302
        for porta in (due, uno):
            for dove in (LISTA, PUNTO):
                assert "Chiuso oggi (ristrutturazione)" in chiedi(porta, dove)[1]
        PuntoInformativo.objects.update(nome="Cambiato da qui")
        assert ["Cambiato da qui" in chiedi(porta, PUNTO)[1] for porta in (uno, due)] == [True, True]
        comando = [sys.executable, "manage.py", "shell", "-c", CAMBIA]
        dove = {"cwd": settings.RADICE, "env": ambiente(generazioni)}
        subprocess.run(comando, **dove, check=True, capture_output=True)  # noqa: S603  our own command
        assert ["Cambiato dal comando" in chiedi(porta, PUNTO)[1] for porta in (uno, due)] == [True, True]
