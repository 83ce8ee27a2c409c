"""The roll as it stands: who is expected, what was marked and by whom, who is in the room, item by item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils import timezone
from django.utils.translation import gettext as _

from core.orologio import adesso
from reti.deleghe import FRASI, Attesa, Posizione
from reti.models import Adesione, Incontro, Ingresso, Presenza, PuntoOdg, Rete, Sostituto
from reti.queries.collegio import QuorumRete, reti_di, valuta
from reti.seduta import Permanenza, Tratto, presenti_alle, tratti
from reti.stati import StatoIncontro
from reti.tocchi import ARRIVO, DELEGA, ESITO, PERSONA, REMOTO, Fatto, ultimo


def attese(incontro: Incontro) -> dict[int, Attesa]:
    """Who is expected on each invited seat, by seat: delegate of the answer, holder, substitutes of that day."""
    giorno = timezone.localdate(incontro.inizio)
    sostituti: dict[int, list[str]] = {}
    in_carica = Sostituto.objects.vigenti(giorno).filter(adesione__convocazioni__incontro=incontro)
    for seggio, nome in in_carica.values_list("adesione_id", "nome"):
        sostituti.setdefault(seggio, []).append(nome)
    return {
        c.adesione_id: Attesa(nome_titolare(c.adesione), tuple(sostituti.get(c.adesione_id, ())), c.delegato)
        for c in incontro.convocazioni.select_related("adesione__titolare")
    }


def nome_titolare(seggio: Adesione) -> str:
    """The holder's name as written on the seat, else that of their account."""
    return seggio.titolare_nome or (seggio.titolare.get_full_name() if seggio.titolare else "")


def storia_dei_tocchi(incontro: Incontro) -> dict[int, list[Fatto]]:
    """Every tap received for a meeting, by seat, in the order of arrival."""
    storia: dict[int, list[Fatto]] = {}
    for t in incontro.tocchi.select_related("utente"):
        fatto = Fatto(t.gesto["campo"], t.gesto["valore"], t.fatto_il, t.utente.get_full_name(), t.utente_id)
        storia.setdefault(t.adesione_id, []).append(fatto)
    return storia


def etichetta(fatto: Fatto) -> str:
    """A tap in words."""
    if fatto.campo == ESITO:
        nomi = {
            "presente": _("presente"),
            "remoto": _("da remoto"),
            "giustificato": _("assente giustificato"),
            "assente": _("assente"),
        }
        return nomi.get(fatto.valore, _("non ancora segnato"))
    if fatto.campo == DELEGA:
        return _("delega vista") if fatto.valore else _("delega non vista")
    parole = {PERSONA: _("persona"), ARRIVO: _("arrivo")}
    return f"{parole.get(fatto.campo, _('uscita'))} {fatto.valore}".strip()


@dataclass
class Aula:
    """One meeting's seats and presences, read once; every count of the roll comes from here."""

    incontro: Incontro
    reti: list[Rete]
    seggi: list[Adesione]
    presenze: list[Presenza]

    @classmethod
    def di(cls, incontro: Incontro) -> "Aula":
        """Three queries, whatever the number of seats; the incontro has its `rete` at hand."""
        invitati = Adesione.objects.filter(convocazioni__incontro=incontro).select_related("soggetto")
        presenze = incontro.presenze.select_related("adesione__soggetto")
        return cls(incontro, reti_di(incontro), list(invitati), list(presenze))

    @property
    def permanenze(self) -> list[Permanenza]:
        presenti = [p for p in self.presenze if p.esito == Presenza.Esito.PRESENTE]
        return [Permanenza(p.adesione_id, p.arrivo, p.uscita) for p in presenti]

    def quorum(self, presenti: Iterable[int] | None = None) -> list[QuorumRete]:
        """Each board when the seats `presenti` are there; None: all those of the roll, whenever they came."""
        ci_sono = {p.chiave for p in self.permanenze} if presenti is None else set(presenti)
        return [valuta(rete, [s for s in self.seggi if s.rete_id == rete.pk], ci_sono) for rete in self.reti]

    def quorum_adesso(self) -> list[QuorumRete]:
        """Each board with who is in the room now; once the meeting is held, with all who came."""
        ora = ora_in_aula(self.incontro)
        return self.quorum(presenti_alle(ora, self.permanenze) if ora else None)

    def quorum_dei_punti(self) -> list["QuorumPunto"]:
        return [QuorumPunto(punto, self._tratti(punto)) for punto in self.incontro.punti.all()]

    def _tratti(self, punto: PuntoOdg) -> list[Tratto]:
        """An item without its start was not timed: who came counts for the whole of it."""
        dalle, alle = punto.dalle, punto.alle
        if dalle is None:
            return []
        fine = alle or max(dalle, ora_in_aula(self.incontro) or timezone.localtime(self.incontro.fine).time())
        return tratti(dalle, fine, self.permanenze, lambda presenti: Esame(self.quorum(presenti)))


@dataclass(frozen=True)
class Esame:
    """Every board of the meeting at one moment."""

    reti: list[QuorumRete]

    @property
    def valido(self) -> bool:
        return all(q.valido for q in self.reti)


@dataclass(frozen=True)
class QuorumPunto:
    """An item and its stretches; none when it has no time."""

    punto: PuntoOdg
    tratti: list[Tratto]

    @property
    def mancato(self) -> list[Tratto]:
        """The stretches without quorum, or without a required member."""
        return [t for t in self.tratti if not t.esito.valido]

    @property
    def chiede(self) -> bool:
        """Some board has a quorum, so that «reached» means something."""
        return any(q.conto.serve is not None for t in self.tratti for q in t.esito.reti)

    @property
    def presenti(self) -> tuple[int, int]:
        """The fewest and the most seats that were there."""
        quanti = [len(t.presenti) for t in self.tratti]
        return min(quanti, default=0), max(quanti, default=0)


def ora_in_aula(incontro: Incontro) -> time | None:
    """The local time while the meeting is on, on its day and until it is marked as held; else None."""
    ora = timezone.localtime(adesso())
    if incontro.stato != StatoIncontro.CONVOCATO or ora.date() != timezone.localdate(incontro.inizio):
        return None
    return ora.time()


def righe(aula: Aula) -> list[dict[str, object]]:
    """Every seat as the screen shows it: what is marked, by whom and when (milliseconds), by what right one sits."""
    per_seggio = attese(aula.incontro)
    storia = storia_dei_tocchi(aula.incontro)
    presenze = {p.adesione_id: p for p in aula.presenze}
    return [_riga(s, presenze.get(s.pk), per_seggio[s.pk], storia.get(s.pk, [])) for s in aula.seggi]


def _riga(seggio: Adesione, presenza: Presenza | None, attesa: Attesa, storia: list[Fatto]) -> dict[str, object]:
    segno = ultimo(ESITO, storia)
    esito, persona, delega = "", "", False
    if presenza:
        esito = REMOTO if presenza.da_remoto else presenza.esito
        persona, delega = presenza.persona, presenza.delega_verificata
    posizione = attesa.posizione(persona, delega_vista=delega)
    return {
        "seggio": seggio.pk,
        "esito": esito,
        "persona": persona,
        "arrivo": f"{presenza.arrivo:%H:%M}" if presenza and presenza.arrivo else "",
        "uscita": f"{presenza.uscita:%H:%M}" if presenza and presenza.uscita else "",
        "delega": delega,
        "posizione": str(FRASI[posizione]),
        "da_verificare": posizione == Posizione.DA_VERIFICARE,
        "chi": segno.chi if segno else "",
        "mano": segno.mano if segno else 0,
        "segno": etichetta(segno) if segno else "",
        "quando": int(segno.fatto_il.timestamp() * 1000) if segno else 0,
    }


def in_attesa(incontro: Incontro, per_seggio: Mapping[int, Attesa]) -> list[tuple[Ingresso, bool]]:
    """Self check-ins to confirm, the first who came first; with whether they are expected on their seat."""
    ingressi = incontro.ingressi.filter(esito=Ingresso.Stato.ATTESA).select_related("adesione__soggetto")
    return [(i, i.adesione_id in per_seggio and per_seggio[i.adesione_id].attende(i.nome)) for i in ingressi]


def frase_quorum(q: QuorumRete) -> str:
    """Where a board stood, in one sentence."""
    frase = _("Presenti %(n)d su %(tot)d.") % {"n": q.conto.presenti, "tot": q.conto.totale}
    if q.conto.serve is not None:
        esito = _("quorum di %d raggiunto") if q.conto.raggiunto else _("quorum di %d non raggiunto")
        frase = f"{frase[:-1]}; {esito % q.conto.serve}."
    if q.mancanti:
        frase = f"{frase} " + _("Manca: %s.") % ", ".join(q.mancanti)
    return frase


def frasi_quorum(aula: Aula) -> list[str]:
    """Where each board of the meeting stood with all who came, one sentence each, named when they are several."""
    tutti = aula.quorum()
    return [f"{q.rete}: {frase_quorum(q)}" if len(tutti) > 1 else frase_quorum(q) for q in tutti]
