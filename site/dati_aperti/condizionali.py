"""Answers that anyone may keep and any site may read: strong ETag, 304, open CORS.

The ETag is made from the content. No Last-Modified: what is public changes by dates too (hours, confirmations, terms),
at moments that no record holds, and a wrong one would keep old data alive.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

CACHE = "public, max-age=60"
DI_UNO_SOLO = "private, no-store"
IN_MEMORIA = 2**20  # bytes: a longer file waits on disk


def aperta(risposta: HttpResponseBase) -> HttpResponseBase:
    """The headers of an answer that programs of every site may read."""
    risposta["Access-Control-Allow-Origin"] = "*"
    risposta["Access-Control-Expose-Headers"] = "ETag, Link"
    risposta.setdefault("Cache-Control", CACHE)
    return risposta


def condizionata(request: HttpRequest, risposta: HttpResponse, senso: str = "") -> HttpResponseBase:
    """With its ETag, or 304 when the reader has it already; what holds a position is kept by no cache (R33).

    `senso`: what it means, where the same may be written in more than one order; its ETag is weak.
    """
    impronta = hashlib.sha256(senso.encode() or risposta.content).hexdigest()[:32]
    etag = f"W/{quote_etag(impronta)}" if senso else quote_etag(impronta)
    risposta["ETag"] = etag
    if "lat" in request.GET or "lon" in request.GET:
        risposta["Cache-Control"] = DI_UNO_SOLO
    return aperta(get_conditional_response(request, etag=etag, response=risposta))


def file_condizionato(request: HttpRequest, pezzi: Iterable[str], *, tipo: str, nome: str) -> HttpResponseBase:
    """A file written piece by piece, never whole in memory, with its ETag; 304 when the reader has it already."""
    impronta, corpo = hashlib.sha256(), SpooledTemporaryFile(IN_MEMORIA)  # noqa: SIM115  the response closes it
    with ExitStack() as se_fallisce:
        se_fallisce.callback(corpo.close)
        for blocco in _blocchi(pezzi):
            impronta.update(blocco)
            corpo.write(blocco)
        se_fallisce.pop_all()
    etag = quote_etag(impronta.hexdigest()[:32])
    risposta = get_conditional_response(request, etag=etag)
    if risposta is None:
        risposta = _risposta(corpo, tipo, nome)
    else:
        corpo.close()
    risposta["ETag"] = etag
    return aperta(risposta)


def _risposta(corpo: IO[bytes], tipo: str, nome: str) -> FileResponse:
    lungo = corpo.tell()
    corpo.seek(0)
    risposta = FileResponse(corpo, content_type=tipo, as_attachment=True, filename=nome)
    risposta["Content-Length"] = lungo
    return risposta


def _blocchi(pezzi: Iterable[str], caratteri: int = 2**16) -> Iterator[bytes]:
    """Pieces joined to about `caratteri`: few writes."""
    fascio, quanti = [], 0
    for pezzo in pezzi:
        fascio.append(pezzo)
        quanti += len(pezzo)
        if quanti >= caratteri:
            yield "".join(fascio).encode()
            fascio, quanti = [], 0
    yield "".join(fascio).encode()
