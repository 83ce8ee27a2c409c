"""«Abito a …»: a comune from what a person wrote, and what to suggest while they write (R33)."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from core.lingue import con_traduzioni
from core.parole import parole
from punti_informativi.models import Servizio
from reti.models import Comune

# Words that people put before the name of a comune.
CONTORNO = frozenset({"comune", "citta", "di", "a", "abito", "cr"})
SICURA, POSSIBILE = 84, 55
QUANTE_PROPOSTE = 4


@dataclass(frozen=True)
class Luogo:
    """`comune` when what was written says one; else the names nearest to it, to choose from."""

    comune: Comune | None = None
    proposte: tuple[Comune, ...] = ()


def luogo(scritto: str) -> Luogo:
    """The comune of an ISTAT code, of a name, or of a name with small errors; accents and capitals don't count."""
    comuni = list(Comune.objects.order_by("nome"))
    per_nome = {_chiave(c.nome): c for c in comuni} | {c.codice_istat: c for c in comuni}
    cercata = _chiave(scritto)
    if cercata in per_nome:
        return Luogo(per_nome[cercata])
    inizi = [c for c in comuni if cercata and _chiave(c.nome).startswith(cercata)]
    if len(inizi) == 1:
        return Luogo(inizi[0])
    nomi = [_chiave(c.nome) for c in comuni]
    vicini = process.extract(cercata, nomi, scorer=fuzz.ratio, score_cutoff=POSSIBILE, limit=QUANTE_PROPOSTE)
    if not inizi and vicini and vicini[0][1] >= SICURA and (len(vicini) == 1 or vicini[1][1] < vicini[0][1]):
        return Luogo(comuni[vicini[0][2]])
    proposte = dict.fromkeys([*inizi, *(comuni[posto] for _nome, _punti, posto in vicini)])
    return Luogo(proposte=tuple(proposte)[:QUANTE_PROPOSTE])


def suggerimenti() -> dict[str, list[str]]:
    """What the two fields «Abito a» and «Mi serve» offer while one writes: names of comuni and of services."""
    return {
        "comuni": list(Comune.objects.order_by("nome").values_list("nome", flat=True)),
        "servizi": sorted(str(s) for s in con_traduzioni(Servizio.objects.all())),
    }


def _chiave(nome: str) -> str:
    """A name as it is compared: «Comune di Sant'Ambrogio» and «santambrogio» alike but for the words around it."""
    dette = parole(nome)
    return "".join([p for p in dette if p not in CONTORNO] or dette)
