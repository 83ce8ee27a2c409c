"""The filters in use, each with the address of the list without it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from punti_informativi.forms.filtri import PARAMETRI, FiltriForm
from punti_informativi.queries.conteggi import Rinuncia

# What goes away together with a filter: the position has two parameters, and a distance needs a place.
INSIEME = {"vicino": ("lat", "lon", "entro"), "abito": ("vicino", "lat", "lon", "entro")}
ORDINE = (
    "abito",
    "vicino",
    "entro",
    "q",
    "servizio",
    "comune",
    "destinatari",
    "lingua",
    "aperto_alle",
    "appuntamento",
    "accessibile",
    "a_distanza",
)


@dataclass(frozen=True)
class FiltroAttivo:
    """A filter in words, and the list without it; `quanti` points are there, when they were counted."""

    testo: str
    url: str
    quanti: int | None = None


def attivi(form: FiltriForm) -> list[FiltroAttivo]:
    """In a fixed order, that of the form."""
    return [_attivo(form, nome) for nome in ORDINE if getattr(form.filtri, nome)]


def da_togliere(form: FiltriForm, rinunce: list[Rinuncia]) -> list[FiltroAttivo]:
    """What to drop when nothing is found, with what it would give."""
    return [_attivo(form, rinuncia.nome, rinuncia.quanti) for rinuncia in rinunce]


def proposte(form: FiltriForm) -> list[FiltroAttivo]:
    """The comuni that may have been meant by an unknown name, each with its list."""
    return [FiltroAttivo(c.nome, _indirizzo(form, via=(), vicino=c.nome)) for c in form.luogo.proposte]


def _attivo(form: FiltriForm, nome: str, quanti: int | None = None) -> FiltroAttivo:
    via = INSIEME.get(nome, (PARAMETRI.get(nome, nome),))
    return FiltroAttivo(form.scritto(nome), _indirizzo(form, via=via), quanti)


def _indirizzo(form: FiltriForm, *, via: tuple[str, ...], **nuovi: str) -> str:
    """The list's address with the present parameters, some taken away and some set; from its first page."""
    parametri = QueryDict(mutable=True)
    for nome in form.fields:
        if nome not in via and form.data.get(nome):
            parametri[nome] = form.data[nome]
    for nome, valore in nuovi.items():
        parametri[nome] = valore
    domanda = parametri.urlencode()
    return f"{reverse('punti:elenco')}?{domanda}" if domanda else reverse("punti:elenco")
