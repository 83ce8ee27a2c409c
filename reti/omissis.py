"""Names of persons taken out of a text that is going to be public. Pure, no database.

Certain names come from the records (holders, delegates, guests, who was there); the person who publishes
sees what is left out before sending, and corrects the rest.
"""

import re
from collections.abc import Collection, Iterable

OMISSIS = "[omissis]"
_POSTA = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERSONA = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+){1,3}")
_PAROLA = re.compile(r"[\w'’-]+")
_RIPETUTI = re.compile(r"(?:\[omissis\]\s+)+(?=\[omissis\])")
MINIMO = 3


def sembra_persona(testo: str) -> bool:
    """Two to four words with a capital: «Ada Rossi», not «Segreteria del tavolo»."""
    return bool(_PERSONA.fullmatch(testo.strip()))


def _parole(testi: Iterable[str]) -> set[str]:
    return {p.casefold() for t in testi for p in _PAROLA.findall(t)}


def _motivi(nomi: Iterable[str], noti: set[str]) -> list[str]:
    """Patterns, the longest first: the whole name in any case, then each of its words with a capital."""
    interi, parole = set(), set()
    for nome in nomi:
        pezzi = _PAROLA.findall(nome)
        if len(pezzi) > 1 and not {p.casefold() for p in pezzi} <= noti:
            interi.add(r"(?i:" + r"\s+".join(map(re.escape, pezzi)) + ")")
        parole |= {p for p in pezzi if len(p) >= MINIMO and p[0].isupper() and p.casefold() not in noti}
    singole = {re.escape(v) for p in parole for v in (p, p.upper(), p.capitalize())}
    return [*sorted(interi, key=len, reverse=True), *sorted(singole, key=len, reverse=True)]


class Censore:
    """Takes names out of any number of texts; `tolti` is what it found."""

    def __init__(self, nomi: Iterable[str], enti: Collection[str] = ()) -> None:
        """`enti`: words of these (bodies, board, place) stay, though a person has them in the name."""
        motivi = _motivi(nomi, _parole(enti))
        self._nomi = re.compile(r"(?<!\w)(?:" + "|".join(motivi) + r")(?!\w)") if motivi else None
        self.tolti: set[str] = set()

    def __call__(self, testo: str) -> str:
        puliti = _POSTA.sub(self._togli, testo)
        if self._nomi:
            puliti = self._nomi.sub(self._togli, puliti)
        return _RIPETUTI.sub("", puliti)

    def _togli(self, trovato: re.Match) -> str:
        self.tolti.add(trovato[0])
        return OMISSIS
