"""Search in Italian that answers alike on every database: one function folds index and query.

Text is folded (NFKD, casefold), split into words and stemmed (Snowball Italian),
so that "servizi" finds "servizio" and "perche" finds "perché"; the beginning of a
word finds it too. A word that matches nothing is put right with the nearest known one.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import models
from rapidfuzz import process

from core.parole import VUOTE, indice, parole, radici

SOMIGLIANZA_MINIMA = 75
PAROLE_MASSIME = 8


@lru_cache(maxsize=20_000)
def indice_di_nome(nome: str) -> str:
    """The index of a short name: those of services, comuni and hosts are asked again at every search."""
    return indice(nome)


def cercati(testo: str) -> list[tuple[str, str]]:
    """For each word of a query the two pieces to look for in an index: its stem whole, or words that it begins.

    A stem alone would begin too much: that of "Crema" begins "Cremona". The first PAROLE_MASSIME words count.
    """
    dette = list(dict.fromkeys(parole(testo)))
    piene = [p for p in dette if p not in VUOTE] or dette
    return [(f" {radice} ", f" {parola}") for parola in piene[:PAROLE_MASSIME] for radice in radici(parola)]


def contiene(indicizzato: str, cercato: tuple[str, str]) -> bool:
    """The same match as the database's, for short lists held in memory."""
    return any(pezzo in indicizzato for pezzo in cercato)


def correggi(testo: str, vocabolario: Iterable[str]) -> str:
    """`testo` with each unknown word replaced by the nearest of `vocabolario`; the same text when none is near."""
    noti, tutti = _parole_note(tuple(vocabolario))
    corrette = []
    for parola in parole(testo)[:PAROLE_MASSIME]:
        nota = parola in VUOTE or any(contiene(tutti, c) for c in cercati(parola))
        vicina = None if nota else process.extractOne(parola, noti, score_cutoff=SOMIGLIANZA_MINIMA)
        corrette.append(vicina[0] if vicina else parola)
    return " ".join(corrette)


@lru_cache(maxsize=4)
def _parole_note(vocabolario: tuple[str, ...]) -> tuple[list[str], str]:
    """The words of a vocabulary, in order, and their index: worked out again only when a name changes."""
    noti = sorted({p for voce in vocabolario for p in parole(voce) if len(p) > 3})
    return noti, indice(" ".join(noti))


class CampoIndice(models.TextField):
    """The searchable form of other fields of the same row, computed whenever the row is written."""

    def __init__(self, *args: Any, di: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.di = di
        super().__init__(*args, **{"blank": True, "default": "", "editable": False} | kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        nome, percorso, argomenti, opzioni = super().deconstruct()
        return nome, percorso, argomenti, opzioni | {"di": self.di}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        valore = indice(*(getattr(model_instance, nome) for nome in self.di))
        setattr(model_instance, self.attname, valore)
        return valore
