"""Reads across pages, calls and information points."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from snowballstemmer import stemmer
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from accordi.models import Avviso
from pagine.models import ContenutoPage, NotiziaPage
from punti_informativi.models import PuntoInformativo

MASSIMO_PER_GENERE = 20


@dataclass(frozen=True)
class Trovato:
    """One result of the site's search. `genere` says what it is, in words."""

    titolo: str
    url: str
    testo: str
    genere: str


def radici(domanda: str) -> str:
    """The Italian stems of the words asked, so that «servizio» also finds «servizi»."""
    return " ".join(stemmer("italian").stemWords(domanda.lower().split()))


def cerca(domanda: str) -> list[Trovato]:
    """What is public and answers `domanda`: information points, calls, pages, news."""
    trovati = [
        *_voci(PuntoInformativo.objects.pubblici(), domanda, _("Punto informativo"), "nome", "descrizione"),
        *_voci(Avviso.objects.pubblicati(), domanda, _("Avviso"), "titolo", "sommario"),
        *_voci(ContenutoPage.objects.live().public(), domanda, _("Pagina"), "title", "sommario"),
        *_voci(NotiziaPage.objects.live().public(), domanda, _("Notizia"), "title", "sommario"),
    ]
    return [t for t in trovati if t.url]


def _voci(righe: models.QuerySet, domanda: str, genere: str, titolo: str, testo: str) -> Iterable[Trovato]:
    for oggetto in _oggetti(righe, domanda):
        url = oggetto.url if isinstance(oggetto, Page) else oggetto.get_absolute_url()
        breve = Truncator(getattr(oggetto, testo)).chars(200)
        yield Trovato(getattr(oggetto, titolo), url, breve, genere)


def _oggetti(righe: models.QuerySet, domanda: str) -> list[Any]:
    """Whole words first, then beginnings of words; each record once."""
    indice = get_search_backend()
    esatti = list(indice.search(domanda, righe, operator="and")[:MASSIMO_PER_GENERE])
    simili = list(indice.autocomplete(radici(domanda), righe, operator="and")[:MASSIMO_PER_GENERE])
    visti = {oggetto.pk for oggetto in esatti}
    return esatti + [oggetto for oggetto in simili if oggetto.pk not in visti]
