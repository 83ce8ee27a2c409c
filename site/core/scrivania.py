"""What apps offer to a person's desk and private area, without the desk knowing the apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


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
class VoceMenu:
    """One entry of the private area's menu."""

    titolo: str
    url: str
    descrizione: str = ""
    icona: str = "it-files"


def raccogli(fornitori: str, *argomenti: Any) -> list:
    """Call every provider of the setting named `fornitori` and join what they return."""
    chiamate: list[Callable] = [import_string(percorso) for percorso in getattr(settings, fornitori)]
    return [voce for chiama in chiamate for voce in chiama(*argomenti)]


def voci_di(utente: Any) -> list[Voce]:
    """The desk of `utente`: late first, then by date."""
    return sorted(raccogli("FORNITORI_SCRIVANIA", utente), key=lambda v: (v.urgenza, v.entro or date.max, v.titolo))
