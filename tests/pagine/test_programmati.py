"""Scheduled pages go online and leave at their hour, for who reads a ready page too (R60; issue 5, «Fast»)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accordi.models import Avviso
from core.generazioni import PUBBLICA, SuFile
from pagine.programmati import pubblica_programmati
from tests.core.serviti import ClienteServito
from tests.factories.accordi import AvvisoFactory
from tests.factories.pagine import misura, misure

pytestmark = pytest.mark.django_db
LAVORO = "pagine.programmati.pubblica_programmati"
UN_MINUTO_FA = timedelta(minutes=-1)


@pytest.fixture
def pronte(settings, tmp_path, monkeypatch):
    settings.PAGINE_PRONTE, settings.GENERAZIONI_CARTELLA = True, tmp_path
    assert LAVORO in settings.PERIODICI
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))
    return ClienteServito()


@pytest.fixture
def lavora(django_capture_on_commit_callbacks):
    """Run the work as a process of its own would: its writes are committed."""

    def _lavora() -> int:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return pubblica_programmati()

    return _lavora


def test_una_pagina_programmata_va_in_linea_alla_sua_ora(home, pronte, lavora):
    """Nothing ran Wagtail's command: an approved page waited for ever."""
    elenco = misure(home)
    guida = misura(elenco, live=False)
    guida.go_live_at = timezone.now() + timedelta(days=1)
    guida.save_revision().publish()
    assert ("Programma GOL" in pronte.get("/misure/").text, lavora()) == (False, 0)
    with time_machine.travel(guida.go_live_at + timedelta(seconds=1)):
        assert "Programma GOL" not in pronte.get("/misure/").text
        assert lavora() == 1
        assert ("Programma GOL" in pronte.get("/misure/").text, pronte.get(guida.url).status_code) == (True, 200)
        assert lavora() == 0


def test_una_pagina_con_una_fine_esce_alla_sua_ora(home, pronte, lavora):
    guida = misura(misure(home))
    assert "Programma GOL" in pronte.get("/misure/").text
    type(guida).objects.filter(pk=guida.pk).update(expire_at=timezone.now() + UN_MINUTO_FA)
    assert (lavora(), "Programma GOL" in pronte.get("/misure/").text) == (1, False)
    assert pronte.get(guida.url).status_code == 404


def test_anche_un_avviso_approvato_per_un_altro_giorno(pronte, lavora, home):
    avviso = AvvisoFactory(titolo="Patto nuovo", live=False)
    avviso.save_revision(approved_go_live_at=timezone.now() + UN_MINUTO_FA)
    assert "Patto nuovo" not in pronte.get("/avvisi/").text
    assert lavora() == 1
    assert ("Patto nuovo" in pronte.get("/avvisi/").text, Avviso.objects.get().live) == (True, True)
