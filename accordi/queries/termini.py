"""The clock of an application: 30 days from the protocol date, gross and net of suspensions (R01)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accordi.models import Istanza
from accordi.stati import ACCORDI_FIRMATI, StatoIstanza
from core.giorni import nei_giorni
from core.orologio import oggi
from core.termini import giorni_lordi, giorni_netti, scadenza_netta

# Closed without an agreement. Of the first two nobody is late; a revocation stops the count, and doesn't undo a delay.
MAI_IN_RITARDO = (StatoIstanza.RESPINTA, StatoIstanza.RITIRATA)
SENZA_ACCORDO = (*MAI_IN_RITARDO, StatoIstanza.REVOCATA)


@dataclass(frozen=True)
class Clock:
    """The term of an application on a day (R01). Days are calendar days from the protocol date, day 0.

    `termine` is the last day to sign on time; when the call counts net days, suspensions push it
    forward. `fermo` means that the count ended: signed by all, rejected, withdrawn, admission revoked.
    """

    termine: date
    al: date
    giorni_lordi: int
    giorni_netti: int
    giorni_previsti: int
    conta_netto: bool
    fermo: bool
    in_ritardo: bool

    @property
    def giorni(self) -> int:
        """The days that the call counts."""
        return self.giorni_netti if self.conta_netto else self.giorni_lordi

    @property
    def mancano(self) -> int:
        """Days left to the term; negative when it has passed."""
        return self.giorni_previsti - self.giorni

    @property
    def oltre(self) -> int:
        """Days past the term; 0 when there are none."""
        return max(0, -self.mancano)

    @property
    def in_scadenza(self) -> bool:
        """Running, on time, and within the first notice that the installation chose."""
        return not self.fermo and 0 <= self.mancano <= max(settings.GIORNI_AVVISI_TERMINE)


def per_il_clock(istanze: QuerySet[Istanza]) -> QuerySet[Istanza]:
    """What `clock` reads, fetched with the list so that the queries don't grow with the rows."""
    return istanze.select_related("avviso", "capofila", "protocollo__invio").prefetch_related("sospensioni", "accordi")


def _fine(istanza: Istanza) -> date | None:
    """The day on which the count ended, or None while it runs."""
    accordo = istanza.accordo
    if accordo is not None and accordo.sottoscritto_il and accordo.stato in ACCORDI_FIRMATI:
        return timezone.localdate(accordo.sottoscritto_il)
    if istanza.stato in SENZA_ACCORDO and istanza.esito_il:
        return timezone.localdate(istanza.esito_il)
    return None


def clock(istanza: Istanza, al_giorno: date | None = None) -> Clock | None:
    """The clock of a presented application as of a day (today by default); None for a draft.

    Facts after that day are not known yet. An application rejected or withdrawn is never late; one
    whose agreement was given up goes on counting from its protocol date, until another is signed by all.
    """
    dal = istanza.presentata_il
    if dal is None:
        return None
    giorno = al_giorno or oggi()
    fine = _fine(istanza)
    fermo = fine is not None and fine <= giorno
    al = max(dal, fine if fine is not None and fermo else giorno)
    sospensioni = [(s.dal, s.al) for s in istanza.sospensioni.all() if s.dal <= al]
    lordi, netti = giorni_lordi(dal, al), giorni_netti(dal, al, sospensioni)
    avviso = istanza.avviso
    contati = netti if avviso.conta_netto else lordi
    previsti = avviso.giorni_sottoscrizione
    return Clock(
        termine=scadenza_netta(dal, previsti, sospensioni if avviso.conta_netto else [], al),
        al=al,
        giorni_lordi=lordi,
        giorni_netti=netti,
        giorni_previsti=previsti,
        conta_netto=avviso.conta_netto,
        fermo=fermo,
        in_ritardo=contati > previsti and not (fermo and istanza.stato in MAI_IN_RITARDO),
    )


def istanze_presentate(*, tipo: str = "", dal: date, al: date) -> QuerySet[Istanza]:
    """Applications whose protocol date falls in the period, both ends included, to calls of that kind of agreement."""
    istanze = per_il_clock(Istanza.objects.filter(nei_giorni("protocollo__registrato_il", dal, al)))
    istanze = istanze.filter(avviso__tipo=tipo) if tipo else istanze
    return istanze.order_by("protocollo__anno", "protocollo__numero")


def casi_in_ritardo(*, tipo: str = "", dal: date, al: date, al_giorno: date | None = None) -> list[Istanza]:
    """Applications presented in the period that are late as of `al_giorno` (default: `al`, but never after today).

    Late: signed by all after the call's term, or not signed and past it (B5).
    """
    giorno = al_giorno or min(al, oggi())
    presentate = istanze_presentate(tipo=tipo, dal=dal, al=al)
    return [i for i in presentate if (c := clock(i, giorno)) and c.in_ritardo]


def in_corso(istanze: QuerySet[Istanza]) -> QuerySet[Istanza]:
    """Those whose clock runs today: presented, neither closed without an agreement nor signed by all."""
    chiuse = Q(stato__in=[StatoIstanza.BOZZA, *SENZA_ACCORDO]) | Q(accordi__stato__in=ACCORDI_FIRMATI)
    return per_il_clock(istanze.exclude(chiuse))
