"""A file kept aside between the page that reads it and the page that confirms it: private, one for each name."""

from django.core.files.base import ContentFile

from core.archivio import archivio_privato, impronta
from core.errori import Rifiuto


def deposita(nome: str, contenuto: bytes) -> str:
    """Keep `contenuto` in place of what was there under `nome`; returns its fingerprint, to ask for it again."""
    archivio = archivio_privato()
    archivio.delete(nome)
    archivio.save(nome, ContentFile(contenuto))
    return impronta(contenuto)


def preleva(nome: str, attesa: str) -> bytes:
    """The file, while it still is the one whose fingerprint was given; else Rifiuto. It stays until `scarta`."""
    try:
        with archivio_privato().open(nome) as file:
            contenuto = file.read()
    except FileNotFoundError:
        contenuto = b""
    if not contenuto or impronta(contenuto) != attesa:
        raise Rifiuto("Il file non c'è più: caricalo di nuovo.")
    return contenuto


def scarta(nome: str) -> None:
    archivio_privato().delete(nome)
