"""The row of absences of each place: how many meetings it missed since it was last there, or ever.

Who was never there is counted by the database; of the others, what came after the last time is read backwards.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from reti.models import Incontro, Presenza
from reti.models.incontri import ConvocazioneQuerySet
from reti.queries.tassi import CONTATI
from reti.queries.ultimi_incontri import Posto

MANCATI = (Presenza.Esito.ASSENTE, Presenza.Esito.GIUSTIFICATO)


@dataclass(frozen=True)
class Fila:
    """What a place missed since it was last there (`ultima`), or ever; the instants are of meetings' starts."""

    fila: int = 0
    giustificate: int = 0
    non_rilevate: int = 0
    dal: datetime | None = None
    al: datetime | None = None
    ultima: datetime | None = None

    def __add__(self, altra: "Fila") -> "Fila":
        """With that of another seat of the same place."""
        return Fila(
            self.fila + altra.fila,
            self.giustificate + altra.giustificate,
            self.non_rilevate + altra.non_rilevate,
            min(filter(None, (self.dal, altra.dal)), default=None),
            max(filter(None, (self.al, altra.al)), default=None),
            max(filter(None, (self.ultima, altra.ultima)), default=None),
        )


def file_di(posti: dict[Posto, list[int]], inviti: ConvocazioneQuerySet) -> dict[Posto, Fila]:
    """The row of each of `posti`, those without an invitation left out. One query, or three when some were there."""
    di_chi = {pk: posto for posto, seggi in posti.items() for pk in seggi}
    mancati = Q(appello__esito__in=MANCATI)
    conti = {
        "fila": Count("pk", filter=mancati),
        "giustificate": Count("pk", filter=CONTATI["giustificate"]),
        "non_rilevate": Count("pk", filter=CONTATI["non_rilevate"]),
        "dal": Min("incontro__inizio", filter=mancati),
        "al": Max("incontro__inizio", filter=mancati),
        "ultima": Max("incontro__inizio", filter=CONTATI["presenze"]),
    }
    file: dict[Posto, Fila] = defaultdict(Fila)
    # By board and not by seat: thousands of seats in an "in" make SQLite try each of them at each meeting.
    dei_tavoli = inviti.filter(adesione__rete__in={posto[0] for posto in posti}).order_by()
    for seggio, *cifre in dei_tavoli.values_list("adesione").annotate(**conti):
        if seggio in di_chi:
            file[di_chi[seggio]] += Fila(*cifre)
    venuti = {posto: f.ultima for posto, f in file.items() if f.ultima}
    return file | _a_ritroso(venuti, di_chi, inviti)


def _a_ritroso(
    venuti: dict[Posto, datetime], di_chi: dict[int, Posto], inviti: ConvocazioneQuerySet
) -> dict[Posto, Fila]:
    """Rows of places that were last there at `venuti`: what came after, read from the latest meeting. Two queries."""
    if not venuti:
        return {}
    prima = min(venuti.values())
    # Starts are few beside the invitations: read once, not converted for each of them.
    inizi = dict(Incontro.objects.tenuti().filter(inizio__gte=prima).values_list("pk", "inizio"))
    dei_tavoli = inviti.filter(adesione__rete__in={posto[0] for posto in venuti}, incontro__inizio__gte=prima)
    righe = dei_tavoli.order_by("-incontro__inizio", "-incontro")
    finiti, passi = set(), {posto: [] for posto in venuti}
    for seggio, incontro, esito in righe.values_list("adesione", "incontro", "appello__esito"):
        posto = di_chi.get(seggio)
        if posto not in passi or posto in finiti:
            continue
        if esito == Presenza.Esito.PRESENTE:
            finiti.add(posto)
        else:
            passi[posto].append((esito, incontro))
    return {posto: _fila(p, inizi, venuti[posto]) for posto, p in passi.items()}


def _fila(passi: list[tuple[str | None, int]], inizi: dict[int, datetime], ultima: datetime) -> Fila:
    """Of (outcome, meeting) from the latest back."""
    mancati = [(esito, incontro) for esito, incontro in passi if esito]
    return Fila(
        fila=len(mancati),
        giustificate=sum(esito == Presenza.Esito.GIUSTIFICATO for esito, _incontro in mancati),
        non_rilevate=len(passi) - len(mancati),
        dal=inizi[mancati[-1][1]] if mancati else None,
        al=inizi[mancati[0][1]] if mancati else None,
        ultima=ultima,
    )
