"""«Abito a …»: a comune from what a person wrote, and what to suggest while they write (R33)."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from core.lingue import con_traduzioni, in_uso
from core.memoria import RICORDI
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


class _Comuni:
    """All of them, by the names that people may write."""

    def __init__(self) -> None:
        self.tutti = list(Comune.objects.order_by("nome"))
        self.nomi = [_chiave(c.nome) for c in self.tutti]
        self.per_nome = dict(zip(self.nomi, self.tutti, strict=True)) | {c.codice_istat: c for c in self.tutti}


def luogo(scritto: str) -> Luogo:
    """The comune of an ISTAT code, of a name, or of a name with small errors; accents and capitals don't count."""
    comuni, cercata = RICORDI.ricorda("comuni", _Comuni), _chiave(scritto)
    if cercata in comuni.per_nome:
        return Luogo(comuni.per_nome[cercata])
    inizi = [c for c, nome in zip(comuni.tutti, comuni.nomi, strict=True) if cercata and nome.startswith(cercata)]
    if len(inizi) == 1:
        return Luogo(inizi[0])
    vicini = process.extract(cercata, comuni.nomi, scorer=fuzz.ratio, score_cutoff=POSSIBILE, limit=QUANTE_PROPOSTE)
    if not inizi and vicini and vicini[0][1] >= SICURA and (len(vicini) == 1 or vicini[1][1] < vicini[0][1]):
        return Luogo(comuni.tutti[vicini[0][2]])
    proposte = dict.fromkeys([*inizi, *(comuni.tutti[posto] for _nome, _punti, posto in vicini)])
    return Luogo(proposte=tuple(proposte)[:QUANTE_PROPOSTE])


def suggerimenti() -> dict[str, list[str]]:
    """What the two fields «Abito a» and «Mi serve» offer while one writes: names of comuni and of services."""
    return RICORDI.ricorda(("suggerimenti", in_uso()), _suggerimenti)


def _suggerimenti() -> dict[str, list[str]]:
    return {
        "comuni": list(Comune.objects.order_by("nome").values_list("nome", flat=True)),
        "servizi": sorted(str(s) for s in con_traduzioni(Servizio.objects.all())),
    }


def _chiave(nome: str) -> str:
    """A name as it is compared: «Comune di Sant'Ambrogio» and «santambrogio» alike but for the words around it."""
    dette = parole(nome)
    return "".join([p for p in dette if p not in CONTORNO] or dette)
