"""What an agreement comes from and what follows it: renewals in a chain, amendments, what holds today (R12, R13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accordi.durata import ultimo_giorno
from accordi.models import Accordo, Parte
from accordi.stati import ACCORDI_FIRMATI, StatoAccordo
from core.orologio import oggi


def rinnovo_di(accordo: Accordo) -> Accordo | None:
    """The renewal of `accordo` that wasn't given up; None when there is none."""
    seguiti = accordo.seguiti.filter(legame=Accordo.Legame.RINNOVO).exclude(stato=StatoAccordo.ANNULLATO)
    return seguiti.order_by("pk").first()


def catena(accordo: Accordo) -> list[Accordo]:
    """The renewals before and after `accordo`, itself included, the oldest first; alone when never renewed."""
    tutti, visti = [accordo], {accordo.pk}
    while tutti[0].legame == Accordo.Legame.RINNOVO and tutti[0].padre_id not in visti:
        tutti.insert(0, tutti[0].padre)
        visti.add(tutti[0].pk)
    while (dopo := rinnovo_di(tutti[-1])) and dopo.pk not in visti:
        tutti.append(dopo)
        visti.add(dopo.pk)
    return tutti


@dataclass(frozen=True)
class Consolidato:
    """What holds today: the agreement, the amendments that took effect in order, and those under way."""

    accordo: Accordo
    modifiche: list[Accordo]
    aperte: list[Accordo]


def consolidato(accordo: Accordo) -> Consolidato:
    """Two lists of the amendments of `accordo`: in effect by date of signature, and not signed yet."""
    modifiche = list(accordo.seguiti.filter(legame=Accordo.Legame.MODIFICA).exclude(stato=StatoAccordo.ANNULLATO))
    in_effetto = [m for m in modifiche if m.stato in ACCORDI_FIRMATI]
    return Consolidato(
        accordo,
        sorted(in_effetto, key=lambda m: m.sottoscritto_il),
        [m for m in modifiche if m.stato not in ACCORDI_FIRMATI],
    )


@dataclass(frozen=True)
class ParteOggi:
    """A party and its withdrawal, announced or in effect, or None."""

    parte: Parte
    esce_dal: date | None
    uscita: bool


def parti_oggi(accordo: Accordo, al: date) -> list[ParteOggi]:
    """Every party in order with whether it is still bound on that day; one query."""
    return [
        ParteOggi(p, r.efficace_dal if r else None, bool(r and r.efficace_dal <= al))
        for p in accordo.parti.select_related("soggetto", "recesso")
        for r in [getattr(p, "recesso", None)]
    ]


def date_proposte(accordo: Accordo) -> dict[str, Any]:
    """First values of the activation: those of a renewal, or today and the length that the call fixes."""
    firma = timezone.localdate(accordo.sottoscritto_il) if accordo.sottoscritto_il else oggi()
    dal = max(accordo.efficace_dal or oggi(), firma)
    mesi = accordo.istanza.avviso.durata_mesi if accordo.istanza else None
    al = accordo.scade_il or (ultimo_giorno(dal, mesi) if mesi else None)
    return {"efficace_dal": dal, "scade_il": al, "preavviso_giorni": accordo.preavviso_giorni}
