"""A drawing of rates as bars: only numbers and texts here, the template draws them as SVG. Pure, no database.

Every bar is cut in the four outcomes, told apart by filling and by the figures written beside it, never by colour:
widths are percent of the bar, heights are pixels, so that letters keep their size on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reti.partecipazione import Partecipazione

ALTEZZA = 46  # pixels of a bar with its name
NOME = 46  # letters of a name that fit on a phone


@dataclass(frozen=True)
class Parte:
    """A piece of a bar: `riempimento` names the pattern, `da` and `largo` are percent, ready for an attribute."""

    riempimento: str
    da: str
    largo: str


@dataclass(frozen=True)
class Barra:
    nome: str
    testo: str
    alto: int
    parti: tuple[Parte, ...]


@dataclass(frozen=True)
class Grafico:
    """`prefisso` keeps the identifiers of two drawings on one page apart."""

    prefisso: str
    titolo: str
    descrizione: str
    barre: tuple[Barra, ...]

    @property
    def altezza(self) -> int:
        return ALTEZZA * len(self.barre)


def percento(riga: Partecipazione) -> str:
    """The rate as it is read: «66,7%» or «n.d.»."""
    return _("n.d.") if riga.tasso is None else f"{riga.tasso}%".replace(".", ",")


def _parti(riga: Partecipazione) -> tuple[Parte, ...]:
    voci = (
        ("presenti", riga.presenze),
        ("giustificate", riga.giustificate),
        ("assenti", riga.assenti),
        ("non-rilevate", riga.non_rilevate),
    )
    parti, prima = [], 0
    for riempimento, quanti in voci:
        if quanti:
            da, largo = (f"{100 * n / riga.inviti:.3f}%" for n in (prima, quanti))
            parti.append(Parte(riempimento, da, largo))
        prima += quanti
    return tuple(parti)


def disegna(prefisso: str, titolo: str, righe: Iterable[Partecipazione]) -> Grafico:
    """One bar for each row, in their order; where all have one name, what tells them apart is written."""
    tutte = list(righe)
    uno_solo = len({r.nome for r in tutte}) == 1
    barre = tuple(
        Barra(
            Truncator(_nome(r, uno_solo)).chars(NOME),
            _("%(tasso)s (%(presenze)d su %(inviti)d)")
            % {"tasso": percento(r), "presenze": r.presenze, "inviti": r.inviti},
            n * ALTEZZA,
            _parti(r),
        )
        for n, r in enumerate(tutte)
    )
    descrizione = "; ".join(f"{b.nome}: {b.testo}" for b in barre)
    return Grafico(prefisso, titolo, descrizione, barre)


def _nome(riga: Partecipazione, uno_solo: bool) -> str:
    if not riga.dettaglio:
        return riga.nome
    return riga.dettaglio if uno_solo else f"{riga.nome}, {riga.dettaglio}"
