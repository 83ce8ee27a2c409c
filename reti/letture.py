"""What the graph says, in plain Italian (R42): bridges, dependence, isolated bodies, mix. No database."""

from collections.abc import Mapping, Sequence

import networkx as nx
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reti.grafo import Arco, Misura, Nodo, appesi, mescolanza, ponti

QUANTI = 5


def letture(
    nodi: Sequence[Nodo],
    archi: Sequence[Arco],
    grafo: nx.Graph,
    misure: Mapping[str, Misura],
    nature: Mapping[str, str],
) -> list[str]:
    """Sentences about the network shown, the most important first; `nature` maps value → label."""
    if not nodi:
        return []
    nomi = {n.slug: n.nome for n in nodi}
    frasi = [_mescolanza(nodi, archi, nature), _ponte_principale(misure, nomi)]
    frasi += _dipendenze(misure, nomi)
    frasi += [
        _("Solo il legame fra «%(a)s» e «%(b)s» tiene unite due parti della rete.") % {"a": nomi[a], "b": nomi[b]}
        for a, b in ponti(grafo)[:QUANTI]
    ]
    frasi.append(_elenco(appesi(grafo), nomi, _("Si reggono su un solo vicino: %s.")))
    frasi.append(_elenco([s for s, m in misure.items() if not m.vicini], nomi, _("Non hanno legami: %s.")))
    return [frase for frase in frasi if frase]


def _mescolanza(nodi: Sequence[Nodo], archi: Sequence[Arco], nature: Mapping[str, str]) -> str:
    conti, percento = mescolanza(nodi, archi)
    parti = ", ".join(
        f"{nature.get(natura, natura).lower()} {n} ({round(100 * n / len(nodi))}%)" for natura, n in conti.most_common()
    )
    frase = _("Chi c'è: %s.") % parti
    if archi:
        frase += " " + _("Legami fra nature diverse: %d%%.") % percento
    return frase


def _ponte_principale(misure: Mapping[str, Misura], nomi: Mapping[str, str]) -> str:
    primo = max(misure, key=lambda slug: misure[slug].intermediazione)
    quota = round(100 * misure[primo].intermediazione)
    if not quota:
        return ""
    frase = _("Il ponte principale è «%(nome)s»: dei percorsi più brevi fra gli altri, di qui ne passano %(n)d su 100.")
    return frase % {"nome": nomi[primo], "n": quota}


def _dipendenze(misure: Mapping[str, Misura], nomi: Mapping[str, str]) -> list[str]:
    critici = sorted((s for s in misure if misure[s].isolabili), key=lambda s: (-misure[s].isolabili, s))
    return [
        ngettext(
            "Se uscisse «%(nome)s», %(n)d soggetto resterebbe staccato dal resto.",
            "Se uscisse «%(nome)s», %(n)d soggetti resterebbero staccati dal resto.",
            misure[slug].isolabili,
        )
        % {"nome": nomi[slug], "n": misure[slug].isolabili}
        for slug in critici[:QUANTI]
    ]


def _elenco(slug: Sequence[str], nomi: Mapping[str, str], frase: str) -> str:
    """`frase` with the first names, and how many more."""
    if not slug:
        return ""
    primi = ", ".join(nomi[s] for s in slug[:QUANTI])
    altri = len(slug) - QUANTI
    if altri > 0:
        primi += ngettext(" e %d altro", " e altri %d", altri) % altri
    return frase % primi
