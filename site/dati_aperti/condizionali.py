"""Answers that anyone may keep and any site may read: strong ETag, 304, open CORS.

An answer's ETag is made from its content, a file's from the generation of the public rows. No Last-Modified: what is
public changes by dates too (hours, confirmations, terms), at moments that no record holds, and a wrong one would keep
old data alive.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# Anyone may keep it, and asks each time whether it is still so: right at once after an edit.
CACHE = "public, no-cache"
DI_UNO_SOLO = "private, no-store"


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


def file_condizionato(request: HttpRequest, pronto: "FilePronto", *, tipo: str, nome: str) -> HttpResponseBase:
    """A file, written by the first who asks for that version of it; 304 when the reader has it already."""
    etag = quote_etag(pronto.versione)
    risposta = get_conditional_response(request, etag=etag)
    if risposta is None:
        risposta = FileResponse(pronto.apri(), content_type=tipo, as_attachment=True, filename=nome)
    risposta["ETag"] = etag
    return aperta(risposta)


@dataclass(frozen=True)
class FilePronto:
    """A file of the open data kept on disk while its version holds: `di` says what it is made from (a generation of
    the public rows, a day), `scrivi` gives its pieces. One process writes it, the others wait and read."""

    nome: str
    di: Hashable
    scrivi: Callable[[], Iterable[str]]

    @property
    def versione(self) -> str:
        return hashlib.sha256(repr((self.nome, self.di)).encode()).hexdigest()[:32]

    def apri(self) -> IO[bytes]:
        cartella = Path(settings.DATI_APERTI_CARTELLA)
        cartella.mkdir(parents=True, exist_ok=True)
        percorso = cartella / f"{self.versione}.{self.nome}"
        with suppress(FileNotFoundError):
            return percorso.open("rb")
        with (cartella / f"{self.nome}.lucchetto").open("w") as lucchetto:
            flock(lucchetto, LOCK_EX)
            with suppress(FileNotFoundError):
                return percorso.open("rb")
            self._prepara(percorso)
            return percorso.open("rb")

    def _prepara(self, percorso: Path) -> None:
        """Write it whole, give it its name, take away the earlier versions: who reads one goes on."""
        provvisorio = percorso.with_suffix(".parte")
        with provvisorio.open("wb") as file:
            file.writelines(_blocchi(self.scrivi()))
        provvisorio.replace(percorso)
        for altro in percorso.parent.glob(f"*.{self.nome}"):
            if altro != percorso:
                altro.unlink(missing_ok=True)


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
