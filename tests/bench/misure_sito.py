"""How fast the public site answers: `python3 manage.py prova tests/bench/misure_sito.py` (docs/misure.md).

Real gunicorn servers of one worker, one for the site and one for a view of two bytes, asked over HTTP. What is
compared is the processor time that the worker spends for a request, kernel included: who asks runs on the same
machine, and its own time would bring every ratio nearer to one.
"""

import http.client
import os
from pathlib import Path
from statistics import median

import pytest
from django.db import connection

from core.generazioni import PUBBLICA, SuFile
from pagine.impianto import prepara_sito
from punti_informativi.generazione import PUNTI
from tests.bench import dati
from tests.bench.cronometro import Riga
from tests.core.serviti import avviato

pytestmark = pytest.mark.django_db(transaction=True)
SCATTI = os.sysconf("SC_CLK_TCK")
LISTA = "/punti-informativi/"
# A point's page counts who reads it with a browser.
DI_UN_BROWSER = {"Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}
PRONTE = {"home": "/", "punto": f"{LISTA}punto-7/", "elenco": LISTA}
# What nobody asked before: a made-up parameter keeps ready pages from answering.
DA_FARE = {
    "elenco, primo": LISTA,
    "filtrato per servizio e appuntamento": f"{LISTA}?servizio=servizio-3&appuntamento=senza",
    "con quattro filtri e niente da mostrare": f"{LISTA}?servizio=servizio-3&accessibile=aiuto&a_distanza=on",
    "cercando «servizio»": f"{LISTA}?q=servizio",
    "vicino a un comune": f"{LISTA}?vicino=Crema",
    "aperti adesso": f"{LISTA}?aperto=on",
    "GeoJSON di tutti": f"{LISTA}dati.geojson",
}
# Twenty cards that nobody drew, nor read from the database since the last edit.
SCHEDE_NUOVE = f"{LISTA}?servizio=servizio-3&pagina="
CAMBIA = "UPDATE punti_informativi_puntoinformativo SET nome = nome WHERE slug = 'punto-7'"


def _spesi(primo: int) -> float:
    """Milliseconds of processor that the workers of a gunicorn have spent."""
    figli = Path(f"/proc/{primo}/task/{primo}/children").read_text().split()
    campi = [Path(f"/proc/{figlio}/stat").read_text().rpartition(")")[2].split() for figlio in figli]
    return sum(int(c[11]) + int(c[12]) for c in campi) / SCATTI * 1000


def _chiede(porta: int, dove: str) -> int:
    linea = http.client.HTTPConnection("127.0.0.1", porta, timeout=120)
    linea.request("GET", dove, headers=DI_UN_BROWSER)
    risposta = linea.getresponse()
    risposta.read()
    linea.close()
    return risposta.status


def _costo(porta: int, primo: int, indirizzi: list[str]) -> float:
    """Milliseconds of processor for one request."""
    prima = _spesi(primo)
    assert {_chiede(porta, dove) for dove in indirizzi} == {200}
    return (_spesi(primo) - prima) / len(indirizzi)


def _in_giro(chiesti: dict[str, tuple[int, int, str]], giri: int = 7, volte: int = 1_000) -> dict[str, float]:
    """The median cost of each, asked in turns: what else the machine does weighs on all alike."""
    for porta, primo, dove in chiesti.values():
        _costo(porta, primo, [dove] * 100)
    tutti = [
        {n: _costo(porta, primo, [dove] * volte) for n, (porta, primo, dove) in chiesti.items()} for _ in range(giri)
    ]
    return {nome: median(giro[nome] for giro in tutti) for nome in chiesti}


def _mai_visto(dove: str, n: int) -> str:
    return f"{dove}{'&' if '?' in dove else '?'}inventato={n}"


def test_il_sito_accanto_a_due_byte(tmp_path, monkeypatch, settings, righe):
    settings.GENERAZIONI_CARTELLA = tmp_path
    for generazione, nome in ((PUBBLICA, "pagine"), (PUNTI, "punti")):
        monkeypatch.setattr(generazione, "_contatore", SuFile(nome))
    prepara_sito()
    dati.punti(10_000)
    nuda = avviato(tmp_path, impostazioni="tests.bench.impostazioni_nude")
    with nuda as (porta_nuda, nudo), avviato(tmp_path) as (porta, nostro):
        chiesti = {"due byte": (porta_nuda, nudo, "/")} | {n: (porta, nostro, dove) for n, dove in PRONTE.items()}
        costi = _in_giro(chiesti)
        base = costi.pop("due byte")
        righe.extend(Riga(f"{nome}, pagina pronta", "due byte", costo, base) for nome, costo in costi.items())
        for nome, dove in DA_FARE.items():
            _costo(porta, nostro, [_mai_visto(dove, n) for n in range(3)])
            costo = _costo(porta, nostro, [_mai_visto(dove, n) for n in range(3, 53)])
            righe.append(Riga(f"{nome}, da fare", "due byte", costo, base))
        costo = _costo(porta, nostro, [f"{SCHEDE_NUOVE}{n}" for n in range(10, 60)])
        righe.append(Riga("elenco di venti schede mai disegnate", "due byte", costo, base))
        righe.append(Riga("primo elenco dopo una modifica", "due byte", _dopo_una_modifica(porta, nostro), base))


def _dopo_una_modifica(porta: int, primo: int, volte: int = 5) -> float:
    """The list asked right after a point was written: sets, menus and header are worked out anew."""
    costi = []
    for _volta in range(volte):
        with connection.cursor() as cursore:
            cursore.execute(CAMBIA)
        costi.append(_costo(porta, primo, [LISTA]))
    return median(costi)
