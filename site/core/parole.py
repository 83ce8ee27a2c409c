"""Words of an Italian text as a search compares them: folded (NFKD, casefold), split, stemmed (Snowball). Pure."""

import re
import unicodedata

import snowballstemmer

PAROLA = re.compile(r"[a-z0-9]+")
# Too common to choose anything: left out of queries.
VUOTE = frozenset(
    PAROLA.findall(
        "a ad al alla alle allo ai agli con da dal dalla dei del della delle dello di e ed gli i il in la le lo ma "
        "nei nel nella o per su sul sulla tra fra un una uno"
    )
)


def piega(testo: str) -> str:
    """Lower case without accents."""
    scomposto = unicodedata.normalize("NFKD", testo).casefold()
    return "".join(c for c in scomposto if not unicodedata.combining(c))


def parole(testo: str) -> list[str]:
    """The words of `testo`, folded."""
    return PAROLA.findall(piega(testo))


def radici(testo: str) -> list[str]:
    """The stems of `testo`, in order; common words are left out unless nothing else is there."""
    tutte = parole(testo)
    piene = [p for p in tutte if p not in VUOTE] or tutte
    # The stemmer keeps a buffer: one per call is safe among threads, and costs nothing.
    return snowballstemmer.stemmer("italian").stemWords(piene)


def indice(*testi: str) -> str:
    """What is stored to be searched: each stem and each word once, between spaces."""
    testo = " ".join(testi)
    return f" {' '.join(dict.fromkeys((*radici(testo), *parole(testo))))} "
