"""What apps offer to a person's desk and private area, without the desk knowing the apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

PER_GENERE = 10  # how many things of one kind the desk shows


@dataclass(frozen=True)
class Voce:
    """One thing that waits for a person. `urgenza`: 0 late, 1 due soon, 2 to do.

    `azione`: what its button says; `enti`: slugs of the bodies that it concerns, none for the person's own;
    `prima`: goes before everything; `quante`: how many things it stands for.
    """

    titolo: str
    url: str
    urgenza: int = 2
    dettaglio: str = ""
    entro: date | None = None
    gruppo: str = ""
    azione: str = ""
    enti: tuple[str, ...] = ()
    prima: bool = False
    quante: int = 1


@dataclass(frozen=True)
class Ente:
    """A body that a person acts for: the switch of the private area."""

    slug: str
    nome: str


@dataclass(frozen=True)
class Riga:
    """One of a person's own records, with where it stands in words."""

    titolo: str
    url: str
    stato: str = ""


@dataclass(frozen=True)
class VoceMenu:
    """One entry of the private area's menu; `righe`: the latest records behind it, out of `quante`."""

    titolo: str
    url: str
    descrizione: str = ""
    icona: str = "it-files"
    righe: tuple[Riga, ...] = ()
    quante: int = 0


def _ordine(voce: Voce) -> tuple:
    return not voce.prima, voce.urgenza, voce.entro or date.max, voce.titolo


def piu_urgenti(voci: list[Voce], altre: str, url: str) -> list[Voce]:
    """The ten most urgent of one kind; one more line (`altre`, with %d for how many) opens the list of all at `url`."""
    ordinate = sorted(voci, key=_ordine)
    restanti = ordinate[PER_GENERE:]
    if not restanti:
        return ordinate
    # After those of its own urgency, because it has no term.
    prima = restanti[0]
    resto = Voce(
        altre % len(restanti), url, prima.urgenza, gruppo=prima.gruppo, prima=prima.prima, quante=len(restanti)
    )
    return [*ordinate[:PER_GENERE], resto]


def raccogli(fornitori: str, *argomenti: Any) -> list:
    """Call every provider of the setting named `fornitori` and join what they return."""
    chiamate: list[Callable] = [import_string(percorso) for percorso in getattr(settings, fornitori)]
    return [voce for chiama in chiamate for voce in chiama(*argomenti)]


def voci_di(utente: Any, ente: str = "") -> list[Voce]:
    """The desk of `utente`: first things first, late, by date; with `ente`, what concerns that body or the person."""
    voci = raccogli("FORNITORI_SCRIVANIA", utente)
    return sorted((v for v in voci if not (ente and v.enti) or ente in v.enti), key=_ordine)


def enti_di(utente: Any) -> list[Ente]:
    """The bodies that `utente` acts for today, by name."""
    return sorted(raccogli("FORNITORI_ENTI", utente), key=lambda e: e.nome)


def ente_scelto(enti: list[Ente], slug: str) -> str:
    """`slug` if it is of one of `enti`; else "", for all of them: an old address still opens."""
    return slug if any(e.slug == slug for e in enti) else ""
