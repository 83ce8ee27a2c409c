"""The outcome of a poll: who can slot by slot, whether each board would be valid, which slot to take (R23)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.orologio import adesso
from reti.models import Adesione, Disponibilita, Fascia, Incontro, Interpellato, Rete, Sondaggio
from reti.queries.collegio import QuorumRete, valuta
from reti.queries.conflitti import Conflitto, conflitti
from reti.queries.sondaggi import valido
from reti.stati import StatoSondaggio

SI, FORSE, NO = Disponibilita.Valore.SI, Disponibilita.Valore.FORSE, Disponibilita.Valore.NO


@dataclass(frozen=True)
class Cella:
    """What one seat says of one slot; `valore` empty: no answer; `in_carica` False: it isn't asked."""

    valore: str = ""
    in_carica: bool = True


@dataclass
class EsitoFascia:
    """A slot: how many can, and where each board stands with the yes alone and with the "if needed"."""

    fascia: Fascia
    conti: Counter
    coi_si: list[QuorumRete]
    coi_forse: list[QuorumRete]
    conflitti: list[Conflitto] = field(default_factory=list)

    @property
    def si(self) -> int:
        return self.conti[SI]

    @property
    def forse(self) -> int:
        return self.conti[FORSE]

    @property
    def no(self) -> int:
        return self.conti[NO]

    @property
    def passata(self) -> bool:
        return self.fascia.inizio <= adesso()

    @property
    def valida(self) -> bool:
        """Every board would be valid with those who said yes."""
        return all(q.valido for q in self.coi_si)

    @property
    def valida_coi_forse(self) -> bool:
        return all(q.valido for q in self.coi_forse)

    @property
    def mancano(self) -> int:
        """What the boards still lack, the "if needed" included: votes for the quorum and required members."""
        return sum(q.conto.mancano + len(q.mancanti) for q in self.coi_forse)

    @property
    def merito(self) -> tuple:
        """The greater the better."""
        quanti = (-self.mancano, self.si, self.forse, -len(self.conflitti))
        return (self.valida, self.valida_coi_forse, *quanti, -self.fascia.inizio.timestamp())


@dataclass(frozen=True)
class Risultato:
    """The whole poll: a row for each seat with a cell for each slot, the outcome of each slot, the best one."""

    righe: list[tuple[Interpellato, list[Cella]]]
    esiti: list[EsitoFascia]
    risposte: int

    @property
    def senza_email(self) -> list[Interpellato]:
        return [i for i, _celle in self.righe if not i.email and not i.risposto_il]

    @property
    def mancanti(self) -> list[Interpellato]:
        """Who hasn't answered."""
        return [i for i, _celle in self.righe if not i.risposto_il]

    @property
    def migliore(self) -> EsitoFascia | None:
        """The slot to take; None before any answer, or when all are past."""
        possibili = [e for e in self.esiti if not e.passata]
        return max(possibili, key=lambda e: e.merito) if possibili and self.risposte else None


def interpellati_con_risposte(sondaggio: Sondaggio) -> list[Interpellato]:
    """Every seat asked, by board and body, with its answers at hand."""
    righe = sondaggio.interpellati.select_related("adesione__soggetto", "adesione__rete", "adesione__titolare")
    righe = righe.prefetch_related("disponibilita")
    return list(righe.order_by("adesione__rete__nome", "adesione__soggetto__denominazione", "pk"))


def _esito(fascia: Fascia, reti: Sequence[Rete], chi: list[Interpellato], detto: dict) -> EsitoFascia:
    in_carica = [i for i in chi if valido(i.adesione, fascia.inizio)]
    valori = {i.adesione_id: detto.get((i.pk, fascia.pk), "") for i in in_carica}
    seggi: dict[int, list[Adesione]] = {}
    for interpellato in in_carica:
        seggi.setdefault(interpellato.adesione.rete_id, []).append(interpellato.adesione)

    def con(*ammessi: str) -> list[QuorumRete]:
        presenti = {seggio for seggio, valore in valori.items() if valore in ammessi}
        return [valuta(rete, seggi.get(rete.pk, []), presenti) for rete in reti]

    return EsitoFascia(fascia, Counter(valori.values()), con(SI), con(SI, FORSE))


def risultato(sondaggio: Sondaggio) -> Risultato:
    """The poll as it stands, with the meetings that would collide; constant number of queries."""
    reti, fasce = [sondaggio.rete, *sondaggio.altre_reti.all()], list(sondaggio.fasce.all())
    chi = interpellati_con_risposte(sondaggio)
    detto = {(i.pk, d.fascia_id): d.valore for i in chi for d in i.disponibilita.all()}
    righe = [(i, [Cella(detto.get((i.pk, f.pk), ""), valido(i.adesione, f.inizio)) for f in fasce]) for i in chi]
    esiti = [_esito(fascia, reti, chi, detto) for fascia in fasce]
    if sondaggio.stato == StatoSondaggio.APERTO:
        luogo = "" if sondaggio.modalita == Incontro.Modalita.REMOTO else sondaggio.luogo
        trovati = conflitti([(f.inizio, f.fine) for f in fasce], seggi=[i.adesione for i in chi], luogo=luogo)
        for esito, suoi in zip(esiti, trovati, strict=True):
            esito.conflitti = suoi
    return Risultato(righe, esiti, sum(i.risposto_il is not None for i in chi))


def perche(esito: EsitoFascia) -> str:
    """Why that slot is the best one, in a sentence."""
    conta = _("%(si)d sì, %(forse)d se necessario, %(no)d no") % {
        "si": esito.si,
        "forse": esito.forse,
        "no": esito.no,
    }
    if all(not q.rete.quorum and not q.rete.composizione for q in esito.coi_si) and esito.valida:
        return _("Nessun numero legale da raggiungere: è la fascia con più sì (%s).") % conta
    if esito.valida:
        return _("Con chi ha detto sì la seduta sarebbe valida: %s.") % conta
    if esito.valida_coi_forse:
        return _("La seduta sarebbe valida solo con chi ha detto «se necessario»: %s.") % conta
    return _("In nessuna fascia la seduta sarebbe valida: questa è la più vicina (%s).") % conta
