"""Nodes and dated ties of the network, from operating data (R40)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx
from django.core.cache import cache
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.scrivania import raccogli
from reti.grafo import (
    Arco,
    Filtro,
    Misura,
    Nodo,
    disposizione,
    filtra,
    grafo_semplice,
    impronta,
    in_essere,
    misure,
)
from reti.models import Adesione, Incontro, Presenza, Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

TIPI_ARCO = {
    "seggio": gettext_lazy("Siede a un tavolo convocato da"),
    "incontro": gettext_lazy("Si incontrano"),
    "accordo": gettext_lazy("Hanno firmato insieme"),
    "punto": gettext_lazy("Ospita un punto che fa capo a"),
    "rappresenta": gettext_lazy("Rappresenta"),
}
GIORNO_IN_SECONDI = 86_400


@dataclass
class VistaRete:
    """The network on a day, filtered: nodes by name, ties by date, and what was computed on them."""

    al: date
    nodi: list[Nodo]
    archi: list[Arco]
    grafo: nx.Graph
    misure: dict[str, Misura]
    posizioni: dict[str, tuple[float, float]]


def archi_reti(al: date) -> Iterable[Arco]:
    """Ties that seats and held meetings make, up to `al`; two queries, whatever the size."""
    return [*_archi_seggi(al), *_archi_incontri(al)]


def _archi_seggi(al: date) -> list[Arco]:
    """One tie per body and board: several seats of a body at one board (qualifications) count once."""
    seggi = Adesione.objects.filter(dal__lte=al).select_related("rete__convocante", "soggetto").order_by("dal", "pk")
    visti: dict[tuple, Arco] = {}
    for seggio in seggi:
        rete = seggio.rete
        fine = min((giorno for giorno in (seggio.al, rete.al) if giorno), default=None)
        arco = Arco(
            seggio.soggetto.slug,
            rete.convocante.slug,
            "seggio",
            seggio.dal,
            fine,
            _("Seggio in «%s»") % rete.nome,
            rete.get_absolute_url() if rete.pubblica else "",
            rete.pubblica,
        )
        chiave = (arco.da, rete.slug)
        # A seat that goes on wins over one that ended.
        if arco.da != arco.a and (chiave not in visti or (visti[chiave].al and visti[chiave].al < (fine or date.max))):
            visti[chiave] = arco
    return list(visti.values())


def _archi_incontri(al: date) -> list[Arco]:
    """One tie per body and board, from the first held meeting where it was present: twenty seats at
    twenty-four meetings make twenty ties with the convenor, not the thousands of all pairs."""
    gruppi = (
        Presenza.objects.filter(incontro__in=Incontro.objects.tenuti(al=al), esito=Presenza.Esito.PRESENTE)
        .values_list(
            "adesione__soggetto__slug",
            "incontro__rete__convocante__slug",
            "incontro__rete__slug",
            "incontro__rete__nome",
            "incontro__rete__pubblica",
        )
        .annotate(primo=Min("incontro__inizio"), quanti=Count("incontro", distinct=True))
        .order_by("primo", "adesione__soggetto__slug", "incontro__rete__slug")
    )
    return [
        Arco(
            soggetto,
            convocante,
            "incontro",
            localdate(primo),
            None,
            _prova_incontri(nome, quanti, localdate(primo)),
            reverse("tavoli:rete", args=[rete]) if pubblica else "",
            pubblica,
        )
        for soggetto, convocante, rete, nome, pubblica, primo, quanti in gruppi
        if soggetto != convocante
    ]


def _prova_incontri(nome: str, quanti: int, primo: date) -> str:
    frase = ngettext(
        "%(n)d incontro di «%(nome)s», il %(primo)s", "%(n)d incontri di «%(nome)s», il primo il %(primo)s", quanti
    )
    return frase % {"n": quanti, "nome": nome, "primo": date_format(primo, "SHORT_DATE_FORMAT")}


def nodi_rete() -> list[Nodo]:
    """Every soggetto, by name; two queries."""
    soggetti = Soggetto.objects.prefetch_related("sedi__comune").order_by("denominazione")
    return [
        Nodo(
            s.slug,
            s.denominazione,
            s.natura,
            s.tipo,
            tuple(sede.comune.codice_istat for sede in s.sedi.all()),
            next((sede.comune.nome for sede in s.sedi.all()), ""),
        )
        for s in soggetti
    ]


def archi_al(giorno: date, utente: Any = None) -> list[Arco]:
    """Ties in force that day from every provider (FORNITORI_ARCHI), those that `utente` may see, by date."""
    tutti = ha_ruolo(utente, LEGGONO_TUTTO)
    archi = [a for a in in_essere(raccogli("FORNITORI_ARCHI", giorno), giorno) if tutti or a.pubblico]
    return sorted(archi, key=lambda a: (a.dal, a.da, a.a, a.tipo, a.prova))


def rete_al(giorno: date, filtro: Filtro | None = None, utente: Any = None) -> VistaRete:
    """The network on that day as `utente` may see it (None = the anonymous), with measures and layout.

    Measures and layout depend on nodes and edges alone and are kept in the cache by their fingerprint.
    """
    nodi, archi = filtra(nodi_rete(), archi_al(giorno, utente), filtro or Filtro())
    grafo = grafo_semplice(nodi, archi)
    calcolati = cache.get_or_set(
        f"rete-{impronta(grafo)}", lambda: (misure(grafo), disposizione(grafo)), GIORNO_IN_SECONDI
    )
    return VistaRete(giorno, nodi, archi, grafo, *calcolati)


def legami_di(soggetto: Soggetto, giorno: date, utente: Any = None) -> list[tuple[Arco, Soggetto]]:
    """Ties of one body that day, each with the body at the other end."""
    suoi = [a for a in archi_al(giorno, utente) if soggetto.slug in (a.da, a.a) and a.da != a.a]
    altri = Soggetto.objects.in_bulk({a.a if a.da == soggetto.slug else a.da for a in suoi}, field_name="slug")
    coppie = [(a, altri.get(a.a if a.da == soggetto.slug else a.da)) for a in suoi]
    return [(arco, altro) for arco, altro in coppie if altro]
