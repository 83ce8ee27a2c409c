"""Languages of the public face: chosen by the address alone, Italian without a prefix, `/en/…` for the others.

No cookie and no guess from the browser: an address is the same page for everyone, may be sent to a friend and kept in
a shared cache. What only partners and staff use exists in Italian, the language in which acts are valid.
"""

import re
from typing import Any, ClassVar

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info

# The words of a record are in `traduzioni`, child rows with a `lingua`; prefetch them (TRADUZIONI).
TRADUZIONI = "traduzioni"
ATTRIBUTO_IT = mark_safe(' lang="it"')


class PrefissoLingua:
    """The start of an address in the language in use: nothing in Italian, `en/` in English.

    As Django's LocalePrefixPattern, which may stand in the root URLconf alone: here each app says which of its
    addresses exist in every language, and keeps one namespace for all of them.
    """

    converters: ClassVar[dict] = {}
    name = None

    @property
    def regex(self) -> re.Pattern:
        return re.compile(re.escape(prefisso()))

    def match(self, path: str) -> tuple[str, tuple, dict] | None:
        inizio = prefisso()
        return (path.removeprefix(inizio), (), {}) if path.startswith(inizio) else None

    def check(self) -> list:
        return []

    def __str__(self) -> str:
        return prefisso()


def in_uso() -> str:
    """Code of the language in use."""
    return get_language() or settings.LANGUAGE_CODE


def prefisso() -> str:
    """ "" in Italian, "en/" in English."""
    lingua = in_uso()
    return "" if lingua == settings.LANGUAGE_CODE else f"{lingua}/"


def in_ogni_lingua(*rotte: URLPattern | URLResolver) -> URLResolver:
    """Addresses that exist in each language of the site; the URLconf that holds them is included at its root."""
    return URLResolver(PrefissoLingua(), list(rotte))


def in_italiano() -> bool:
    return prefisso() == ""


def lang_it() -> str:
    """The attribute of an element with Italian words: empty on a page that is in Italian itself."""
    return "" if in_italiano() else ATTRIBUTO_IT


def con_traduzioni(righe: QuerySet, *dove: str) -> QuerySet:
    """Rows with the translations that `in_lingua` reads, their own or of the relations named; none in Italian."""
    return righe if in_italiano() else righe.prefetch_related(*(dove or (TRADUZIONI,)))


def nome_di_lingua(codice: str, nome: str) -> str:
    """A language's name in the language in use; `nome` is the Italian one, for languages that Django doesn't know."""
    if in_italiano() or codice not in LANG_INFO:
        return nome
    return str(get_language_info(codice)["name_translated"])


def minuscolo(data: str) -> str:
    """The name of a day or of a month as it is written inside a sentence: small in Italian, not in English."""
    return data.lower() if in_italiano() else data


def in_lingua(oggetto: Any, campo: str) -> tuple[str, str]:
    """The text of `campo` in the language in use and the language it is in: Italian where nobody translated it."""
    lingua = in_uso()
    if lingua != settings.LANGUAGE_CODE:
        for traduzione in getattr(oggetto, TRADUZIONI).all():
            if traduzione.lingua == lingua and (testo := getattr(traduzione, campo)):
                return testo, lingua
    return getattr(oggetto, campo), settings.LANGUAGE_CODE


def altre() -> list[tuple[str, str]]:
    """(code, name) of the languages of the site that aren't Italian."""
    return [(codice, nome) for codice, nome in settings.LANGUAGES if codice != settings.LANGUAGE_CODE]
