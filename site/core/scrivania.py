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
    """One thing that waits for a person. `urgenza`: 0 late, 1 due soon, 2 to do."""

    titolo: str
    url: str
    urgenza: int = 2
    dettaglio: str = ""
    entro: date | None = None
    gruppo: str = ""


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
    return voce.urgenza, voce.entro or date.max, voce.titolo


def piu_urgenti(voci: list[Voce], altre: str, url: str) -> list[Voce]:
    """The ten most urgent of one kind; one more line (`altre`, with %d for how many) opens the list of all at `url`."""
    ordinate = sorted(voci, key=_ordine)
    restanti = ordinate[PER_GENERE:]
    if not restanti:
        return ordinate
    # After those of its own urgency, because it has no term.
    resto = Voce(titolo=altre % len(restanti), url=url, urgenza=restanti[0].urgenza, gruppo=restanti[0].gruppo)
    return [*ordinate[:PER_GENERE], resto]


def raccogli(fornitori: str, *argomenti: Any) -> list:
    """Call every provider of the setting named `fornitori` and join what they return."""
    chiamate: list[Callable] = [import_string(percorso) for percorso in getattr(settings, fornitori)]
    return [voce for chiama in chiamate for voce in chiama(*argomenti)]


def voci_di(utente: Any) -> list[Voce]:
    """The desk of `utente`: late first, then by date."""
    return sorted(raccogli("FORNITORI_SCRIVANIA", utente), key=_ordine)
