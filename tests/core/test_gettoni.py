"""What the logs keep of an address: no token, no position (R33)."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from core.gettoni import SenzaGettoni


def _scritto(messaggio, *argomenti):
    riga = logging.LogRecord("x", logging.INFO, "", 0, messaggio, argomenti, None)
    assert SenzaGettoni().filter(riga) is True
    return riga.getMessage()


@pytest.mark.parametrize(
    ("indirizzo", "scritto"),
    [
        ("/punti-informativi/?lat=45.133&lon=10.022&q=corsi", "/punti-informativi/?lat=…&lon=…&q=corsi"),
        ("/punti-informativi/dati.geojson?q=a&lon=10.0&lat=-1", "/punti-informativi/dati.geojson?q=a&lon=…&lat=…"),
        ("/punti-informativi/?platea=3&latte=1", "/punti-informativi/?platea=3&latte=1"),
        (f"/x/{'a' * 43}/?lat=1", "/x/…/?lat=…"),
    ],
)
def test_di_un_indirizzo_restano_le_parole_e_non_la_posizione(indirizzo, scritto):
    assert _scritto('"GET %s HTTP/1.1" 200', indirizzo) == f'"GET {scritto} HTTP/1.1" 200'


def test_anche_il_registro_degli_accessi_di_gunicorn_non_tiene_la_posizione(tmp_path):
    """R33: request and referrer, as the server itself writes them."""
    percorso = tmp_path / "accessi.log"
    configurazione = Config()
    configurazione.set("accesslog", str(percorso))
    registro = Logger(configurazione)
    ambiente = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/punti-informativi/dati.geojson?lat=45.133&lon=10.022",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": "https://lavoro.example/punti-informativi/?lat=45.133&lon=10.022",
    }
    risposta = SimpleNamespace(status="200 OK", sent=12, headers=[])
    registro.access(risposta, SimpleNamespace(headers=[]), ambiente, timedelta(seconds=0.1))
    for uscita in registro.access_log.handlers:
        uscita.flush()
        registro.access_log.removeHandler(uscita)
        uscita.close()
    scritto = percorso.read_text()
    assert '"GET /punti-informativi/dati.geojson?lat=…&lon=… HTTP/1.1" 200' in scritto
    assert "45.133" not in scritto
    assert "10.022" not in scritto
