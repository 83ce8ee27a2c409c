"""Quorum and required members of real boards: the rows behind `reti.collegio`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from reti.collegio import Conto, Quorum, Regola, Seggio, conta, mancanti
from reti.models import Adesione, Incontro, Presenza, Rete


@dataclass(frozen=True)
class QuorumRete:
    """Where one board stands: its count and the names of the required members that aren't there."""

    rete: Rete
    conto: Conto
    mancanti: list[str]

    @property
    def valido(self) -> bool:
        """Quorum reached and every required kind of member there."""
        return self.conto.raggiunto and not self.mancanti


def regola_di(rete: Rete) -> Regola:
    """Who must sit: the law's three for a technical committee (L. 68/1999 art. 8 c. 1-bis), else the board's own."""
    if rete.tipo != Rete.Tipo.COMITATO_TECNICO:
        return rete.composizione
    tre = (Adesione.Qualifica.FUNZIONARIO, Adesione.Qualifica.SOCIALE, Adesione.Qualifica.MEDICO_LEGALE)
    return [{"nome": str(q.label).lower(), "minimo": 1, "qualifiche": [q.value]} for q in tre]


def come_seggio(adesione: Adesione) -> Seggio:
    """`adesione` with its soggetto at hand."""
    ente = adesione.soggetto
    return Seggio(adesione.pk, adesione.vota, adesione.peso, adesione.qualifica, ente.natura, ente.tipo)


def mancanti_in(rete: Rete, al: date) -> list[str]:
    """Names of the required members that hold no seat on that day."""
    return mancanti(regola_di(rete), [come_seggio(a) for a in rete.adesioni.vigenti(al).select_related("soggetto")])


def valuta(rete: Rete, seggi: Iterable[Adesione], presenti: Collection[int]) -> QuorumRete:
    """Where `rete` stands when the seats `presenti` (primary keys) are there, out of its `seggi`."""
    tutti = [come_seggio(a) for a in seggi]
    ci_sono = [s for s in tutti if s.chiave in presenti]
    quorum = Quorum(rete.quorum_modo, rete.quorum)
    return QuorumRete(rete, conta(quorum, tutti, presenti), mancanti(regola_di(rete), ci_sono))


def reti_di(incontro: Incontro) -> list[Rete]:
    """The boards that meet: the one that convenes, then those joined with it."""
    return [incontro.rete, *incontro.altre_reti.all()]


def quorum_di(incontro: Incontro, presenti: Collection[int] | None = None) -> list[QuorumRete]:
    """Each board of a convened meeting, among its invited seats; `presenti` None: those that the roll has."""
    if presenti is None:
        righe = incontro.presenze.filter(esito=Presenza.Esito.PRESENTE)
        presenti = set(righe.values_list("adesione_id", flat=True))
    invitati = Adesione.objects.filter(convocazioni__incontro=incontro).select_related("soggetto")
    per_rete: dict[int, list[Adesione]] = {}
    for adesione in invitati:
        per_rete.setdefault(adesione.rete_id, []).append(adesione)
    return [valuta(rete, per_rete.get(rete.pk, []), presenti) for rete in reti_di(incontro)]
