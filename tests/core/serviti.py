"""The site as it is served: real gunicorn processes over the test's own database with a plain reader for them, and
Django's test client through the whole WSGI application."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from core.pagine_pronte import davanti

IN_ASCOLTO = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
CHIESTA = "prova.chiesta"  # of what WSGI tells: the request as the test client made it
GETTONE = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def ambiente(generazioni: Path, impostazioni: str = "tests.core.impostazioni_servite") -> dict[str, str]:
    """What a process needs to work on this test's rows."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": impostazioni,
        "RACCORDO_PROVA_BASE": str(connection.settings_dict["NAME"]),
        "RACCORDO_PROVA_GENERAZIONI": str(generazioni),
    }


@contextmanager
def server(generazioni: Path, **impostazioni: str) -> Iterator[int]:
    """One gunicorn with one worker; its port."""
    with avviato(generazioni, **impostazioni) as (porta, _processo):
        yield porta


@contextmanager
def avviato(generazioni: Path, **impostazioni: str) -> Iterator[tuple[int, int]]:
    """The same; its port and the number of its first process."""
    opzioni = ["--pythonpath", "site,.", "--bind", "127.0.0.1:0", "--no-control-socket"]
    processo = subprocess.Popen(  # noqa: S603  our own interpreter and words
        [sys.executable, "-m", "gunicorn", *opzioni, "config.wsgi"],
        cwd=settings.RADICE,
        env=ambiente(generazioni, **impostazioni),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        detto = ""
        for riga in processo.stderr:
            detto += riga
            if trovata := IN_ASCOLTO.search(riga):
                break
        else:
            raise AssertionError(detto)
        yield int(trovata[1]), processo.pid
    finally:
        processo.terminate()
        processo.communicate()


def chiedi(porta: int, dove: str, *, biscotti: str = "", modulo: dict | None = None) -> tuple[int, str, list[str]]:
    """Status, text and cookies of one request; with `modulo` a POST of it."""
    linea = http.client.HTTPConnection("127.0.0.1", porta, timeout=60)
    intestazioni = {"Cookie": biscotti} if biscotti else {}
    if modulo is not None:
        intestazioni["Content-Type"] = "application/x-www-form-urlencoded"
    linea.request("GET" if modulo is None else "POST", dove, modulo and urlencode(modulo), intestazioni)
    risposta = linea.getresponse()
    testo = risposta.read().decode()
    linea.close()
    return risposta.status, testo, [c.partition(";")[0] for c in risposta.msg.get_all("Set-Cookie", [])]


def compila(porta: int, dove: str, sessione: str, **campi: str) -> int:
    """Open a form as who holds `sessione` and send it; the status of the answer."""
    _stato, testo, ricevuti = chiedi(porta, dove, biscotti=sessione)
    modulo = {"csrfmiddlewaretoken": GETTONE.search(testo)[1], **campi}
    return chiedi(porta, dove, biscotti="; ".join([sessione, *ricevuti]), modulo=modulo)[0]


class _Servito(ClientHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async)
        self._davanti = davanti(self._sito)

    def _sito(self, environ: dict, start_response: Callable) -> list:
        self._dal_sito = super().get_response(environ[CHIESTA])
        return []

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        detto, self._dal_sito = [], None
        request.environ[CHIESTA] = request
        corpo = self._davanti(request.environ, lambda *stato_e_intestazioni: detto.extend(stato_e_intestazioni))
        if self._dal_sito is not None:
            return self._dal_sito
        stato, intestazioni = detto
        return HttpResponse(b"".join(corpo), status=int(stato[:3]), headers=dict(intestazioni))


class ClienteServito(Client):
    """Finds the pages that are ready, which stand before Django."""

    def __init__(self, **altro: object) -> None:
        super().__init__(**altro)
        self.handler = _Servito(self.handler.enforce_csrf_checks)
