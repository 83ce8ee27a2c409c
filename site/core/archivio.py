"""Private files: kept outside the public media folder, handed out by authorised views only."""

import hashlib

from django.core.files.storage import Storage, storages
from django.http import FileResponse


def archivio_privato() -> Storage:
    """The storage of private files, by name, so that an object store is a setting."""
    return storages["privati"]


def impronta(contenuto: bytes) -> str:
    """SHA-256 in hexadecimal: the fingerprint used for documents throughout."""
    return hashlib.sha256(contenuto).hexdigest()


def consegna_file(file, nome: str, tipo: str = "application/pdf", *, in_linea: bool = False) -> FileResponse:
    """Hand out a stored private file after the caller has checked permission; never cached by others."""
    risposta = FileResponse(file.open("rb"), as_attachment=not in_linea, filename=nome, content_type=tipo)
    risposta["Cache-Control"] = "private, no-store"
    return risposta
