"""Every address of the product, read from the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

NOSTRE = {"core", "utenti", "reti", "accordi", "punti_informativi", "monitoraggio", "dati_aperti", "pagine", "config"}
# Screens of the libraries: whole folders with one rule each (test_url_per_ruolo.py).
DI_LIBRERIA = (
    "gestione/",
    "_util/",
    "accesso/",
    "documenti/",
    "admin/",
    "sitemap.xml",
    "^media",
    "^(?:(?P<path>.*)",
    "^((?:",
)


@dataclass(frozen=True)
class Indirizzo:
    """A URL pattern: its route as text, the view behind it, and the model when a viewset made it."""

    rotta: str
    vista: Any
    modello: Any

    @property
    def nostro(self) -> bool:
        """Our view, or a library's view that serves one of our models."""
        if "/choose/" in self.rotta:  # Wagtail's choosers, the same for every model
            return False
        classe = getattr(self.vista, "view_class", self.vista)
        modulo = getattr(self.modello, "__module__", "")
        return classe.__module__.split(".")[0] in NOSTRE or modulo.split(".")[0] in NOSTRE


def indirizzi() -> list[Indirizzo]:
    """All patterns, nested ones joined, in the order in which they're tried."""
    return list(_sotto(get_resolver(), ""))


def _sotto(resolver: URLResolver, prefisso: str) -> Iterator[Indirizzo]:
    for voce in resolver.url_patterns:
        rotta = prefisso + str(voce.pattern)
        if isinstance(voce, URLResolver):
            yield from _sotto(voce, rotta)
        else:
            modello = getattr(voce.callback, "view_initkwargs", {}).get("model")
            yield Indirizzo(rotta, voce.callback, modello if isinstance(modello, type) else None)
