"""The desk: what waits for a person today, as home page of the back office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from core.scrivania import PER_GENERE, Voce, voci_di

URGENZE: tuple[tuple[int, str | Promise, str], ...] = (
    (0, gettext_lazy("In ritardo"), "warning"),
    (1, gettext_lazy("In scadenza"), "time"),
    (2, gettext_lazy("Da fare"), "list-ul"),
)
PER_PAGINA = 50


@dataclass(frozen=True)
class Genere:
    """A subject of the desk: the things shown of it, and how many there are."""

    nome: str
    voci: list[Voce]
    quante: int

    @property
    def slug(self) -> str:
        return slugify(self.nome)

    @property
    def restanti(self) -> int:
        """Things that aren't shown here, nor counted by a line that is."""
        return self.quante - quante(self.voci)


@dataclass(frozen=True)
class Riquadro:
    """One panel: what to do first, or one urgency."""

    ancora: str
    titolo: str
    icona: str
    urgenza: int
    generi: list[Genere]

    @property
    def quante(self) -> int:
        return sum(g.quante for g in self.generi)


def quante(voci: Iterable[Voce]) -> int:
    """How many things these entries stand for."""
    return sum(v.quante for v in voci)


def _nome(voce: Voce) -> str:
    return voce.gruppo or _("Altro")


def per_genere(voci: list[Voce], massimo: int | None = None) -> list[Genere]:
    """By subject, each with its first `massimo` entries; the subject of the most urgent entry first."""
    ordine = {nome: n for n, nome in enumerate(dict.fromkeys(map(_nome, voci)))}
    gruppi = groupby(sorted(voci, key=lambda v: ordine[_nome(v)]), key=_nome)
    tutti = [(nome, list(gruppo)) for nome, gruppo in gruppi]
    return [Genere(nome, gruppo[:massimo], quante(gruppo)) for nome, gruppo in tutti]


def riquadri(voci: list[Voce], massimo: int | None = None) -> list[Riquadro]:
    """What goes before all in a panel of its own, then one for each urgency; none is empty."""
    prima = [v for v in voci if v.prima]
    dopo = [v for v in voci if not v.prima]
    scelti = (
        [Riquadro("scrivania-prima", _("Prima di tutto"), "edit", prima[0].urgenza, per_genere(prima, massimo))]
        if prima
        else []
    )
    for urgenza, titolo, icona in URGENZE:
        if di_questa := [v for v in dopo if v.urgenza == urgenza]:
            scelti.append(Riquadro(f"scrivania-{urgenza}", str(titolo), icona, urgenza, per_genere(di_questa, massimo)))
    return scelti


class PannelloScrivania(Component):
    """Things that wait for the person, late first, by subject; each opens where it is done. `?genere` keeps to one."""

    name = "scrivania"
    template_name = "core/gestione/scrivania.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        richiesta = parent_context["request"]
        voci = voci_di(richiesta.user)
        generi = sorted(per_genere(voci), key=lambda g: g.nome)
        chiesto = richiesta.GET.get("genere", "")
        contesto = {"generi": generi, "quante": quante(voci), "genere": chiesto}
        if not chiesto:
            in_ordine = bool(voci) and all(v.urgenza == 2 for v in voci)
            return contesto | {"riquadri": riquadri(voci, PER_GENERE), "in_ordine": in_ordine}
        pagina = Paginator([v for v in voci if slugify(_nome(v)) == chiesto], PER_PAGINA)
        pagina = pagina.get_page(richiesta.GET.get("pagina"))
        return contesto | {"riquadri": riquadri(list(pagina)), "pagina": pagina}
