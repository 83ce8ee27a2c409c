"""The site's main menu, for every template."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

# The domain's own lists come first; editors add pages with "show in menus".
VOCI_FISSE = (
    (_("Punti informativi"), "punti:elenco"),
    (_("Avvisi"), "accordi:avvisi"),
    (_("Tavoli"), "tavoli:elenco"),
    (_("La rete"), "grafo:rete"),
)


@dataclass(frozen=True)
class VoceMenuSito:
    titolo: str
    url: str
    attiva: bool


def menu(request: HttpRequest) -> dict[str, object]:
    """`voci_menu_sito`: the domain's lists, then live pages below the home that an editor put in the menu."""

    def voci() -> list[VoceMenuSito]:
        sito = Site.find_for_request(request)
        pagine = sito.root_page.get_children().live().in_menu() if sito else []
        coppie = [(titolo, reverse(nome)) for titolo, nome in VOCI_FISSE]
        coppie += [(pagina.title, pagina.get_url(request, sito)) for pagina in pagine]
        return [VoceMenuSito(str(titolo), url, request.path.startswith(url)) for titolo, url in coppie]

    return {"voci_menu_sito": SimpleLazyObject(voci)}
