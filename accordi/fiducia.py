"""Whom this installation trusts: a folder of certificates, each the root or the issuer of a trust service."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from asn1crypto import x509
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder

from accordi.firma import SigilloNonValido, apri_sigillo
from accordi.scarica import scaricatore
from accordi.validazione import Fiducia

ESTENSIONI = {".pem", ".crt", ".cer", ".der"}


def fiducia_corrente(*, con_sigillo: bool = False) -> Fiducia:
    """The anchors in settings.FIDUCIA_CARTELLA, with the platform's own where `con_sigillo`.

    Where demonstration data are allowed, the authority of their signatures too.
    Without a seal that opens, the platform's own signatures show as unknown.
    """
    ancore = _ancore(settings.FIDUCIA_CARTELLA, _stato_di(settings.FIDUCIA_CARTELLA))
    if (prove := settings.FIRMATARI_DIMOSTRATIVI) and settings.DATI_DIMOSTRATIVI_AMMESSI:
        ancore += _ancore(prove, _stato_di(prove))
    if con_sigillo:
        with suppress(SigilloNonValido):
            ancore += apri_sigillo(settings.SIGILLO_P12, settings.SIGILLO_PASSWORD).ancore
    return Fiducia(ancore, scaricatore(settings.FIDUCIA_RETI_AMMESSE))


def _stato_di(cartella: Path) -> tuple[tuple[str, int], ...]:
    """What is in the folder and since when, so that a new certificate counts at once."""
    if not cartella.is_dir():
        return ()
    file = (f for f in cartella.iterdir() if f.suffix.lower() in ESTENSIONI)
    return tuple(sorted((f.name, f.stat().st_mtime_ns) for f in file))


@lru_cache(maxsize=4)
def _ancore(cartella: Path, stato: tuple[tuple[str, int], ...]) -> tuple[x509.Certificate, ...]:
    return tuple(load_certs_from_pemder([str(cartella / nome) for nome, _quando in stato]))
