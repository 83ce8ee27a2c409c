"""The site's main menu and the same page in the other languages, for every template."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from core.lingue import in_italiano, in_uso, lang_it, prefisso
from core.memoria import RICORDI
from pagine.riservatezza import leggibili

# The domain's own lists come first; editors add pages with "show in menus".
VOCI_FISSE = (
    (_("Punti informativi"), "punti:elenco"),
    (_("Avvisi"), "accordi:avvisi"),
    (_("Tavoli"), "tavoli:elenco"),
    (_("La rete"), "grafo:rete"),
)


@dataclass(frozen=True)
class VoceMenuSito:
    """`lang`: the attribute of an Italian title elsewhere; `solo_in_italiano`: only the title is translated."""

    titolo: str
    url: str
    lang: str = ""
    solo_in_italiano: bool = False
    attiva: bool = False


@dataclass(frozen=True)
class Versione:
    """The page being read, in one language. `tradotta` is false where it would show the Italian text."""

    codice: str
    nome: str
    url: str
    tradotta: bool = True

    @property
    def url_intero(self) -> str:
        return settings.INDIRIZZO_PUBBLICO + self.url


def menu(request: HttpRequest) -> dict[str, object]:
    """`voci_menu_sito`: the domain's lists, then live pages below the home that an editor put in the menu.

    `posto_nel_menu`: where among them one is. `versioni`: the page in each language, Italian first; empty where it
    exists in Italian alone.
    """
    voci = SimpleLazyObject(lambda: _attive(request))
    return {
        "voci_menu_sito": voci,
        "posto_nel_menu": SimpleLazyObject(lambda: " ".join(v.url for v in voci if v.attiva)),
        "versioni": SimpleLazyObject(lambda: _versioni(request)),
    }


def _attive(request: HttpRequest) -> list[VoceMenuSito]:
    voci = RICORDI.ricorda(("menu", in_uso(), request.get_host()), lambda: _voci(request))
    return [replace(v, attiva=True) if request.path.startswith(v.url) else v for v in voci]


def _voci(request: HttpRequest) -> list[VoceMenuSito]:
    sito = Site.find_for_request(request)
    home = sito and (sito.root_page if in_italiano() else sito.root_page.localized)
    pagine = leggibili(home.get_children()).in_menu() if home else []
    inizio = f"/{prefisso()}"
    fisse = [(str(titolo), reverse(nome)) for titolo, nome in VOCI_FISSE]
    voci = [VoceMenuSito(titolo, url, solo_in_italiano=not url.startswith(inizio)) for titolo, url in fisse]
    for pagina in pagine:
        lang = lang_it() if pagina.alias_of_id else ""
        voci.append(VoceMenuSito(pagina.title, pagina.get_url(request, sito), lang))
    return voci


def _versioni(request: HttpRequest) -> list[Versione]:
    rotta = request.resolver_match
    if rotta is None:
        return []
    if rotta.view_name == "wagtail_serve":
        trovata = getattr(request, "_wagtail_route_for_request", None)
        return _versioni_di_pagina(request, trovata.page) if trovata else []
    domanda = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    versioni = []
    for codice, nome in settings.LANGUAGES:
        with translation.override(codice):
            url = reverse(rotta.view_name, args=rotta.args, kwargs=rotta.kwargs)
        versioni.append(Versione(codice, nome, url + domanda))
    return versioni if len({v.url for v in versioni}) > 1 else []


def _versioni_di_pagina(request: HttpRequest, pagina: Page) -> list[Versione]:
    """The translations of a page that are live, aliases included: each language has its place for it."""
    per_lingua = {
        p.locale.language_code: p for p in pagina.get_translations(inclusive=True).live().select_related("locale")
    }
    return [
        Versione(codice, nome, per_lingua[codice].get_url(request), not per_lingua[codice].alias_of_id)
        for codice, nome in settings.LANGUAGES
        if codice in per_lingua
    ]
