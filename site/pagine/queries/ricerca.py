"""The search of the whole site: information points, services, comuni, calls, pages, news, by kind with their counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from accordi.models import Avviso
from core.lingue import con_traduzioni, in_lingua, lang_it
from core.parole import radici
from pagine.models import ContenutoPage, CpiPage, MisuraPage, NotiziaPage, RisultatiPage
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo, Servizio
from punti_informativi.queries.elenco import Filtri, punti_trovati
from punti_informativi.queries.testo import vocabolario
from punti_informativi.ricerca import cercati, contiene, correggi, indice_di_nome
from reti.models import Comune

MASSIMO_PER_GENERE = 20
PUNTI_MOSTRATI = 5


@dataclass(frozen=True)
class Trovato:
    """One result of the site's search; `lang` marks Italian words on a page that isn't in Italian."""

    titolo: str
    url: str
    testo: str
    lang: str = ""


@dataclass(frozen=True)
class Gruppo:
    """The results of one kind: `quanti` in all, the first of them, and where the others are."""

    chiave: str
    nome: str
    quanti: int
    voci: list[Trovato]
    altri: str = ""


def cerca(domanda: str) -> tuple[list[Gruppo], str]:
    """What is public and answers `domanda`, and the question put right when as it was written it found nothing."""
    gruppi = _gruppi(domanda)
    if gruppi:
        return gruppi, ""
    giusta = correggi(domanda, [*vocabolario(), *_titoli()])
    if radici(giusta) == radici(domanda):
        return [], ""
    gruppi = _gruppi(giusta)
    return gruppi, giusta if gruppi else ""


def _gruppi(domanda: str) -> list[Gruppo]:
    """Kinds that have something, the nearest to a citizen's need first."""
    gruppi = [
        _punti(domanda),
        _servizi(domanda),
        _comuni(domanda),
        _indicizzati("misure", _("Misure"), _pagine(MisuraPage).in_vigore(), domanda),
        _indicizzati("centri", _("Centri per l'impiego"), _pagine(CpiPage), domanda),
        _indicizzati("avvisi", _("Avvisi"), Avviso.objects.pubblicati(), domanda),
        _indicizzati("pagine", _("Pagine"), _pagine(Page).type(ContenutoPage, RisultatiPage).specific(), domanda),
        _indicizzati("notizie", _("Notizie"), _pagine(NotiziaPage), domanda),
    ]
    return [g for g in gruppi if g.quanti]


def _punti(domanda: str) -> Gruppo:
    punti = punti_trovati(Filtri(q=domanda)).select_related("sede__comune")
    voci = [
        Trovato(p.nome, p.get_absolute_url(), f"{p.sede.indirizzo}, {p.sede.comune.nome}")
        for p in punti[:PUNTI_MOSTRATI]
    ]
    return Gruppo("punti", _("Punti informativi"), punti.count(), voci, _elenco(q=domanda))


def _servizi(domanda: str) -> Gruppo:
    offerti = Servizio.objects.filter(punti__in=PuntoInformativo.objects.pubblici()).annotate(n=Count("punti"))
    voci = [
        Trovato(str(s), _elenco(servizio=s.slug), " · ".join(filter(None, [_in_breve(s), _quanti_punti(s.n)])))
        for s in con_traduzioni(offerti)
        if _dice(f"{s.nome} {s}", domanda)
    ]
    return Gruppo("servizi", _("Servizi"), len(voci), voci)


def _in_breve(servizio: Servizio) -> str:
    return in_lingua(servizio, "descrizione")[0]


def _comuni(domanda: str) -> Gruppo:
    """Comuni by name: each leads to its nearest points, whether it has any or not."""
    trovati = [c for c in Comune.objects.order_by("nome") if _dice(c.nome, domanda)]
    di_ciascuno = dict(
        PuntoInformativo.objects.pubblici()
        .filter(sede__comune__in=trovati)
        .order_by()
        .values_list("sede__comune")
        .annotate(n=Count("pk"))
    )
    voci = [
        Trovato(
            _("I punti più vicini a %s") % comune.nome,
            _elenco(vicino=comune.nome),
            _quanti_punti(di_ciascuno[comune.pk]) if comune.pk in di_ciascuno else _("Nessun punto in questo comune."),
        )
        for comune in trovati
    ]
    return Gruppo("comuni", _("Comuni"), len(voci), voci)


def _quanti_punti(n: int) -> str:
    return ngettext("%d punto", "%d punti", n) % n


def _elenco(**parametri: str) -> str:
    return f"{reverse('punti:elenco')}?{urlencode(parametri)}"


def _dice(nome: str, domanda: str) -> bool:
    indicizzato = indice_di_nome(nome)
    return all(contiene(indicizzato, cercato) for cercato in cercati(domanda))


def _indicizzati(chiave: str, nome: str, righe: models.QuerySet, domanda: str) -> Gruppo:
    voci = [v for v in map(_voce, _oggetti(righe, domanda)) if v.url]
    return Gruppo(chiave, nome, len(voci), voci)


def _voce(oggetto: Any) -> Trovato:
    titolo, url = (
        (oggetto.title, oggetto.url) if isinstance(oggetto, Page) else (str(oggetto), oggetto.get_absolute_url())
    )
    return Trovato(titolo, url, Truncator(oggetto.sommario).chars(200), getattr(oggetto, "lang", lang_it()))


def _pagine(modello: type[Page]) -> models.QuerySet:
    return leggibili(modello.objects.filter(locale=Locale.get_active()))


def _oggetti(righe: models.QuerySet, domanda: str) -> list[Any]:
    """Words as written, then by their stem, then beginnings of words; each record once."""
    motore, folte = get_search_backend(), " ".join(radici(domanda))
    if not folte:
        return []
    cercate = (
        motore.search(domanda, righe, operator="and"),
        motore.search(folte, righe, operator="and"),
        motore.autocomplete(folte, righe, operator="and"),
    )
    trovati = [oggetto for esito in cercate for oggetto in esito[:MASSIMO_PER_GENERE]]
    return list({oggetto.pk: oggetto for oggetto in trovati}.values())


def _titoli() -> Iterable[str]:
    yield from Avviso.objects.pubblicati().values_list("titolo", flat=True)
    yield from _pagine(Page).values_list("title", flat=True)
