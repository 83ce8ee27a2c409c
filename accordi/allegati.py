"""Files that partners attach: which formats, how large, and what is inside. No database.

The name proves nothing: the first bytes must be those of the format, and a file of
Office, which is a ZIP, must hold what its format has, no macro, and no bomb.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from core.validators import valida_file

MASSIMO = 20 * 1024 * 1024
# What a file of Office may weigh once opened: beyond it somebody made it to fill the disk of who opens it.
MASSIMO_APERTO = 200 * 1024 * 1024
MASSIMO_PEZZI = 5_000
TIPI = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    # An ASN.1 sequence; a .p7m in base64 begins with letters and is told apart below.
    "p7m": b"",
}
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "p7m": "application/pkcs7-mime",
}
_DENTRO = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@dataclass(frozen=True)
class Richiesta:
    """A document that a call asks for; `id` is the block's own, or one of the fixed uses."""

    id: str
    nome: str
    aiuto: str = ""
    obbligatorio: bool = True
    di_ogni_soggetto: bool = False
    formati: tuple[str, ...] = ("pdf",)


def richieste(blocchi: Any) -> list[Richiesta]:
    """The documents of a call, from its StreamField."""
    return [
        Richiesta(
            id=str(b.id),
            nome=b.value["nome"],
            aiuto=b.value.get("aiuto") or "",
            obbligatorio=bool(b.value.get("obbligatorio")),
            di_ogni_soggetto=bool(b.value.get("di_ogni_soggetto")),
            formati=tuple(b.value.get("formati") or ("pdf",)),
        )
        for b in blocchi
    ]


def estensione(nome: str) -> str:
    return nome.rsplit(".", 1)[-1].lower() if "." in nome else ""


def impronta_di(file: File) -> str:
    """SHA-256 of an upload, read by pieces; the file is left at its beginning."""
    somma = hashlib.sha256()
    file.seek(0)
    for pezzo in file.chunks():
        somma.update(pezzo)
    file.seek(0)
    return somma.hexdigest()


def controlla(file: File, formati: Sequence[str]) -> None:
    """Raise ValidationError with what to do unless `file` is what its name says, among `formati`, within MASSIMO."""
    ammessi = {*formati, "jpeg"} if "jpg" in formati else {*formati}
    if not file.size:
        raise ValidationError(_("Il file «%s» è vuoto: scegline un altro.") % file.name)
    valida_file(tipi={f: TIPI[f] for f in sorted(ammessi)}, massimo=MASSIMO)(file)
    tipo = estensione(file.name)
    if tipo == "p7m":
        _controlla_p7m(file)
    elif tipo in _DENTRO:
        _controlla_office(file, tipo)


def _controlla_p7m(file: File) -> None:
    inizio = file.read(16)
    file.seek(0)
    if not (inizio[:1] == b"\x30" or inizio.startswith((b"MI", b"-----BEGIN"))):
        raise ValidationError(_("Il contenuto del file non corrisponde al formato .p7m."))


def _controlla_office(file: File, tipo: str) -> None:
    try:
        with zipfile.ZipFile(file) as pacco:
            pezzi = pacco.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError) as errore:
        raise ValidationError(_("Il file .%s è danneggiato: salvalo di nuovo e riprova.") % tipo) from errore
    finally:
        file.seek(0)
    nomi = {p.filename for p in pezzi}
    if _DENTRO[tipo] not in nomi:
        raise ValidationError(_("Il contenuto del file non corrisponde al formato .%s.") % tipo)
    if len(pezzi) > MASSIMO_PEZZI or sum(p.file_size for p in pezzi) > MASSIMO_APERTO:
        raise ValidationError(_("Il file, una volta aperto, è troppo grande: mandalo in PDF."))
    if any(nome.endswith("vbaProject.bin") for nome in nomi):
        raise ValidationError(_("Il file contiene macro: salvalo senza, oppure in PDF."))
