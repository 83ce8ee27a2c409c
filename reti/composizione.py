"""A board's rule of composition and its quorum: checked, and said in plain Italian (R27). No database.

From the models it takes only the names of kinds; the rule's shape is in reti/collegio.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reti.collegio import PERCENTO, PESO, SEGGI, Conto, Quorum, Regola
from reti.models import Adesione, Soggetto

# What a place may ask of the seat that fills it: key → (its name, values with their labels).
GENERI = {
    "qualifiche": (gettext_lazy("qualifica"), dict(Adesione.Qualifica.choices)),
    "nature": (gettext_lazy("natura"), dict(Soggetto.Natura.choices)),
    "tipi": (gettext_lazy("tipo"), dict(Soggetto.Tipo.choices)),
}
CHIAVI = {"nome", "minimo", *GENERI}
# More places than this aren't a board any more; the best assignment is sought among them all.
POSTI_MASSIMI = 100


def valida_composizione(regola: Any) -> list[str]:
    """What is wrong with a rule, one sentence each; empty when it can be used."""
    if not isinstance(regola, list) or not all(isinstance(posto, Mapping) for posto in regola):
        return [_("La regola di composizione è un elenco di posti.")]
    errori = [frase for n, posto in enumerate(regola, 1) for frase in _errori_del_posto(n, posto)]
    if errori:
        return errori
    if sum(posto.get("minimo", 1) for posto in regola) > POSTI_MASSIMI:
        errori.append(_("I posti chiesti sono più di %d: riduci i minimi.") % POSTI_MASSIMI)
    ripetuti = [nome for nome, quanti in Counter(p["nome"].casefold() for p in regola).items() if quanti > 1]
    return errori + [_("Due posti si chiamano «%s»: uniscili, o cambia un nome.") % nome for nome in ripetuti]


def _errori_del_posto(n: int, posto: Mapping[str, Any]) -> list[str]:
    errori = []
    nome, minimo = posto.get("nome"), posto.get("minimo", 1)
    if not isinstance(nome, str) or not nome.strip():
        errori.append(_("Posto %d: scrivi chi deve sedere.") % n)
    if isinstance(minimo, bool) or not isinstance(minimo, int) or minimo < 1:
        errori.append(_("Posto %d: il minimo è un numero intero da 1 in su.") % n)
    for chiave, (titolo, valori) in GENERI.items():
        scelti = posto.get(chiave, [])
        if not isinstance(scelti, list) or any(not isinstance(v, str) or v not in valori for v in scelti):
            errori.append(_("Posto %(n)d: «%(genere)s» ha un valore sconosciuto.") % {"n": n, "genere": titolo})
    return errori + [
        _("Posto %(n)d: voce sconosciuta «%(chiave)s».") % {"n": n, "chiave": c} for c in sorted(set(posto) - CHIAVI)
    ]


def composizione_in_parole(regola: Regola) -> list[str]:
    """The rule for people to read, one line per place."""
    return [_posto_in_parole(posto) for posto in regola]


def _posto_in_parole(posto: Mapping[str, Any]) -> str:
    dettagli = []
    for chiave, (titolo, valori) in GENERI.items():
        nomi = [str(valori[v]).lower() for v in posto.get(chiave, [])]
        if nomi and nomi != [posto["nome"]]:
            dettagli.append(f"{titolo}: {_(' o ').join(nomi)}")
    frase = _("almeno %(n)d: %(nome)s") % {"n": posto.get("minimo", 1), "nome": posto["nome"]}
    return f"{frase} ({'; '.join(dettagli)})" if dettagli else frase


def elenca_mancanti(nomi: Iterable[str]) -> str:
    """The names of the places that miss somebody, each once, with how many when more than one."""
    return ", ".join(nome if n == 1 else f"{nome} ({n})" for nome, n in Counter(nomi).items())


def quorum_in_parole(quorum: Quorum, conto: Conto) -> str:
    """What the quorum asks, and its effect with the seats of today."""
    if conto.serve is None:
        return _("Nessun quorum.")
    if quorum.modo == PESO:
        return _(
            "Serve il %(p)d%% del peso dei seggi: con un peso totale di %(totale)d serve un peso presente di %(serve)d."
        ) % {"p": quorum.soglia, "totale": conto.totale, "serve": conto.serve}
    effetto = ngettext(
        "con %(totale)d seggio votante %(servono)s.", "con %(totale)d seggi votanti %(servono)s.", conto.totale
    ) % {
        "totale": conto.totale,
        "servono": ngettext("serve %d presente", "servono %d presenti", conto.serve) % conto.serve,
    }
    if quorum.modo == PERCENTO:
        return _("Serve il %d%% dei seggi: ") % quorum.soglia + effetto
    return effetto[0].upper() + effetto[1:]


def avviso_quorum(quorum: Quorum, conto: Conto) -> str:
    """A sentence when the quorum can't be reached with the seats of today; a warning, never a wall."""
    if quorum.modo != SEGGI or conto.serve is None or conto.serve <= conto.totale:
        return ""
    return _(
        "Il quorum chiede %(serve)d presenti e i seggi che votano oggi sono %(totale)d: così non si raggiunge mai."
    ) % {"serve": conto.serve, "totale": conto.totale}
