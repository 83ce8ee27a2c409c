"""«Quali misure chiedere»: a few questions, and which measures are worth asking about. Pure: no database.

Nobody is told that they are entitled: that is for the person who receives them. A measure carries profiles, each a
set of answers and why they matter; the answers of one person live in the address alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NON_SO = "non_so"
CHI = "chi"
PERSONE = frozenset({"senza", "sospeso", "poco", "lavora"})
Testo = str | Promise


@dataclass(frozen=True)
class Domanda:
    """`risposte`: key → words; `solo_a`: who is asked, by the answer to «chi»; everybody when empty."""

    chiave: str
    testo: Testo
    risposte: Mapping[str, Testo]
    aiuto: Testo = ""
    solo_a: frozenset[str] = frozenset()

    @property
    def scelte(self) -> list[tuple[str, Testo]]:
        return [*self.risposte.items(), (NON_SO, _("Non lo so, o preferisco non dirlo"))]


DOMANDE = (
    Domanda(
        CHI,
        _("Come ti trovi adesso?"),
        {
            "senza": _("Non ho un lavoro"),
            "sospeso": _("Ho un lavoro, ma è sospeso: per esempio sono in cassa integrazione"),
            "poco": _("Lavoro, ma guadagno molto poco"),
            "lavora": _("Lavoro, alle dipendenze o in proprio"),
            "impresa": _("Ho un'impresa, o assumo persone"),
        },
    ),
    Domanda(
        "sostegno",
        _("Ricevi un aiuto in denaro perché non hai un lavoro?"),
        {"si": _("Sì"), "no": _("No")},
        _("Per esempio la NASpI o la DIS-COLL."),
        frozenset({"senza"}),
    ),
    Domanda(
        "eta",
        _("Quanti anni hai?"),
        {"giovane": _("Meno di 30"), "adulto": _("Da 30 a 54"), "over": _("55 o più")},
        _("Alcune misure sono per chi è giovane o ha più di 55 anni."),
        PERSONE,
    ),
    Domanda(
        "cosa",
        _("Che cosa ti serve di più?"),
        {
            "lavoro": _("Trovare un lavoro"),
            "imparare": _("Imparare un mestiere o aggiornarmi"),
            "proprio": _("Mettermi in proprio"),
        },
        solo_a=PERSONE,
    ),
    Domanda(
        "impresa",
        _("Che cosa serve alla tua impresa?"),
        {"assumere": _("Assumere una persona"), "formare": _("Formare chi già lavora con noi")},
        solo_a=frozenset({"impresa"}),
    ),
)


@dataclass(frozen=True)
class Profilo:
    """Who a measure is for: any of the answers to each question named, for all the questions named."""

    risposte: frozenset[tuple[str, str]]
    perche: str

    def per(self, date: Mapping[str, str]) -> bool | None:
        """True when the answers fit it, False when they don't, None when it depends on one that wasn't given."""
        esiti = [self._vale(d, date) for d in DOMANDE if any(q == d.chiave for q, _r in self.risposte)]
        if not esiti or False in esiti:
            return False
        return None if None in esiti else True

    def _vale(self, domanda: Domanda, date: Mapping[str, str]) -> bool | None:
        if domanda.solo_a and date.get(CHI) in DOMANDE[0].risposte and date[CHI] not in domanda.solo_a:
            return False
        data = date.get(domanda.chiave, NON_SO)
        return None if data == NON_SO else (domanda.chiave, data) in self.risposte


@dataclass(frozen=True)
class Consiglio:
    """Whether the answers fit (`sicuro`) or may fit, and why, in the words of the profiles that do."""

    sicuro: bool
    perche: tuple[str, ...]


def consiglio(profili: Iterable[Profilo], date: Mapping[str, str]) -> Consiglio | None:
    """Why to ask about a measure with these profiles; None when no profile may fit."""
    esiti = [(p.per(date), p.perche) for p in profili]
    for cercato in (True, None):
        if perche := tuple(dict.fromkeys(testo for esito, testo in esiti if esito is cercato)):
            return Consiglio(cercato is True, perche)
    return None


def domande_per(date: Mapping[str, str]) -> list[Domanda]:
    """The questions that these answers open, in order."""
    return [d for d in DOMANDE if not d.solo_a or date.get(CHI) in d.solo_a]


def risposte_valide(scritte: Mapping[str, str]) -> dict[str, str]:
    """The answers of an address up to the first question without one; anything else in it counts for nothing."""
    date: dict[str, str] = {}
    for domanda in DOMANDE:
        if domanda not in domande_per(date):
            continue
        if scritte.get(domanda.chiave) not in dict(domanda.scelte):
            break
        date[domanda.chiave] = scritte[domanda.chiave]
    return date
