"""A CSV that a person saved from a spreadsheet: read as rows of named cells, with no database."""

import codecs
import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.errori import Rifiuto
from reti.foglio import sproteggi

DIMENSIONE_MASSIMA = 2 * 1024 * 1024  # bytes
# As Italian and English spreadsheets write, and as one pastes. The heading decides: it holds names alone, while
# csv.Sniffer guesses from texts full of commas.
SEPARATORI = ";,\t"


@dataclass(frozen=True)
class RigaFile:
    """A line of the file: its number as an editor shows it, and its cells by column."""

    numero: int
    celle: Mapping[str, str]
    errore: str = ""


def leggi_tabella(
    contenuto: bytes, colonne: Collection[str], obbligatorie: Collection[str], *, massimo: int | None = None
) -> list[RigaFile]:
    """Rows of a CSV in UTF-8, UTF-16 (with its mark) or Windows-1252, separated by «;», «,» or tab, but empty ones.

    `massimo`: how many rows at most. Raises Rifiuto when the whole file is unusable: too big, empty, not text,
    a heading without `obbligatorie` or with what isn't in `colonne`.
    """
    if len(contenuto) > DIMENSIONE_MASSIMA:
        raise Rifiuto("Il file supera 2 MB: dividilo in più file.")
    testo = _decodifica(contenuto)
    prima = testo.split("\n", 1)[0]
    lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=max(SEPARATORI, key=prima.count))
    try:
        intestazione = [c.strip().lower() for c in next(lettore, [])]
        _controlla_intestazione(intestazione, colonne, obbligatorie)
        righe = [_riga(lettore.line_num, intestazione, celle) for celle in lettore if any(c.strip() for c in celle)]
    except csv.Error:
        raise Rifiuto("Il file non è un CSV leggibile: salvalo di nuovo come «CSV UTF-8».")
    if massimo is not None and len(righe) > massimo:
        raise Rifiuto(f"Il file ha {len(righe)} righe, al massimo ne leggo {massimo}: dividilo in più file.")
    return righe


def _decodifica(contenuto: bytes) -> str:
    if not contenuto.strip():
        raise Rifiuto("Il file è vuoto: la prima riga deve avere i nomi delle colonne.")
    codifica = "utf-16" if contenuto.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        testo = contenuto.decode(codifica)
    except UnicodeDecodeError:
        testo = contenuto.decode("cp1252", errors="replace")
    if "\x00" in testo:
        raise Rifiuto("Il file non è un CSV: esportalo dal foglio di calcolo come «CSV UTF-8».")
    return testo


def _controlla_intestazione(colonne: list[str], previste: Collection[str], obbligatorie: Collection[str]) -> None:
    mancano = [c for c in obbligatorie if c not in colonne]
    if mancano:
        raise Rifiuto(f"Nella prima riga mancano le colonne: {', '.join(mancano)}.")
    ignote = [c for c in colonne if c and c not in previste]
    if ignote:
        raise Rifiuto(f"Colonne non previste: {', '.join(ignote)}. Toglile o correggi il nome.")
    doppie = sorted({c for c in colonne if c and colonne.count(c) > 1})
    if doppie:
        raise Rifiuto(f"Colonne ripetute: {', '.join(doppie)}. Lasciane una sola.")


def _riga(numero: int, intestazione: list[str], celle: list[str]) -> RigaFile:
    errore = ""
    if len(celle) > len(intestazione) and any(c.strip() for c in celle[len(intestazione) :]):
        errore = "Ci sono più celle che colonne: controlla i separatori e le virgolette."
    piene = celle + [""] * (len(intestazione) - len(celle))
    return RigaFile(numero, {c: sproteggi(v.strip()) for c, v in zip(intestazione, piene, strict=False) if c}, errore)
