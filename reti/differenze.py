"""Two texts side by side, line by line or word by word, with what was taken out and what was put in. Pure."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from rapidfuzz.distance import LCSseq

TOLTA, MESSA = "−", "+"
# Pairs of equal pieces times runs of them: half a second of difflib's. A text written on purpose asks for minutes.
FATICA_MASSIMA = 20_000_000
Passo = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Riga:
    """One row: the line of each text, None where it has none; a sign stands beside what differs."""

    prima: str | None
    dopo: str | None
    uguale: bool

    @property
    def segno_prima(self) -> str:
        return "" if self.uguale or self.prima is None else TOLTA

    @property
    def segno_dopo(self) -> str:
        return "" if self.uguale or self.dopo is None else MESSA


def affianca(prima: str, dopo: str) -> list[Riga]:
    """Rows of the two texts; lines that are in both stand on one row."""
    a, b = prima.splitlines(), dopo.splitlines()
    righe: list[Riga] = []
    for genere, i, j, k, m in _passi(a, b):
        righe += [Riga(x, y, genere == "equal") for x, y in zip_longest(a[i:j], b[k:m])]
    return righe


def diverse(righe: list[Riga]) -> int:
    """How many rows differ."""
    return sum(not r.uguale for r in righe)


@dataclass(frozen=True)
class Pezzo:
    """A run of words that is in both texts (`segno` ""), taken out or put in."""

    segno: str
    testo: str


def parola_per_parola(prima: str, dopo: str) -> list[Pezzo]:
    """One text with its differences inside, by words and spaces: joined without those put in it is `prima`."""
    return _pezzi(*(re.findall(r"\s+|\w+|[^\w\s]", testo) for testo in (prima, dopo)))


def riga_per_riga(prima: str, dopo: str) -> list[Pezzo]:
    """The same by whole lines, for lists and hours: half a line changed says little."""
    return _pezzi(*(testo.splitlines(keepends=True) for testo in (prima, dopo)))


def _pezzi(a: list[str], b: list[str]) -> list[Pezzo]:
    pezzi = []
    for genere, i, j, k, m in _passi(a, b):
        if genere == "equal":
            pezzi.append(Pezzo("", "".join(a[i:j])))
        else:
            pezzi += [Pezzo(s, t) for s, t in ((TOLTA, "".join(a[i:j])), (MESSA, "".join(b[k:m]))) if t]
    return pezzi


def _passi(a: list[str], b: list[str]) -> list[Passo]:
    """How `a` becomes `b`, as difflib says it: the longest runs first, as a person would; where that takes too long,
    by the longest common subsequence."""
    brevi = LCSseq.opcodes(a, b)
    di_b = Counter(b)
    coppie = sum(quante * di_b[pezzo] for pezzo, quante in Counter(a).items())
    if coppie * len(brevi) <= FATICA_MASSIMA:
        return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    uniti: list[Passo] = []
    for passo in brevi:
        i, j, k, m = passo.src_start, passo.src_end, passo.dest_start, passo.dest_end
        # A space or a comma alone between two changes is part of them.
        detto = passo.tag == "equal" and any(c.isalnum() for pezzo in a[i:j] for c in pezzo)
        genere = "equal" if detto else "replace"
        if uniti and uniti[-1][0] == genere:
            _stesso, i, _j, k, _m = uniti.pop()
        uniti.append((genere, i, j, k, m))
    return uniti
