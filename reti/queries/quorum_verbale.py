"""The quorum in words for the minutes: reached or not, from when to when."""

from collections.abc import Sequence
from datetime import time

from reti.models import Incontro, Rete
from reti.queries.appello import Aula
from reti.queries.collegio import valuta
from reti.seduta import Tratto, tratti


def frasi_del_quorum(incontro: Incontro, dalle: time, alle: time) -> list[str]:
    """One sentence for each board that asks a quorum; one for the required members that never came."""
    aula = Aula.di(incontro)
    return [frase for rete in aula.reti for frase in _frasi(aula, rete, dalle, alle)]


def _frasi(aula: Aula, rete: Rete, dalle: time, alle: time) -> list[str]:
    seggi = [s for s in aula.seggi if s.rete_id == rete.pk]
    nome = f" di «{rete.nome}»" if len(aula.reti) > 1 else ""
    frasi = []
    if rete.quorum:
        frasi.append(_quorum(tratti(dalle, alle, aula.permanenze, lambda p: valuta(rete, seggi, p)), nome))
    if assenti := valuta(rete, seggi, {p.chiave for p in aula.permanenze}).mancanti:
        frasi.append(f"Fra i membri richiesti{nome} mancano: {', '.join(assenti)}.")
    return frasi


def _quorum(seduta: Sequence[Tratto], nome: str) -> str:
    migliore = max((t.esito.conto for t in seduta), key=lambda c: c.presenti)
    conto = f"presenti {migliore.presenti} su {migliore.totale}, ne servono {migliore.serve}"
    validi = _uniti(seduta)
    if not validi:
        return f"Il quorum{nome} non è raggiunto ({conto})."
    if validi == [(seduta[0].dalle, seduta[-1].alle)]:
        return f"Il quorum{nome} è raggiunto per tutta la seduta ({conto})."
    spazi = ", ".join(f"dalle ore {da:%H:%M} alle ore {a:%H:%M}" for da, a in validi)
    return f"Il quorum{nome} è raggiunto {spazi} ({conto})."


def _uniti(seduta: Sequence[Tratto]) -> list[tuple[time, time]]:
    """From when to when the quorum held; stretches that touch are one."""
    spazi: list[tuple[time, time]] = []
    for tratto in seduta:
        if tratto.esito.conto.raggiunto:
            attaccato = spazi and spazi[-1][1] == tratto.dalle
            dalle = spazi.pop()[0] if attaccato else tratto.dalle
            spazi.append((dalle, tratto.alle))
    return spazi
