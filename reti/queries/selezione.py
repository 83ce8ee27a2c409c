"""Which invitations are looked at, and what a row of the table stands for."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.giorni import nei_giorni
from reti.partecipazione import Trimestre

# Years that a person may ask for: outside, the bounds of a day can't be written.
PRIMO_ANNO, ULTIMO_ANNO = 1970, 2199
CHIAVE_MASSIMA = 2**63 - 1


class Per(models.TextChoices):
    """What a row stands for."""

    TAVOLO = "tavolo", _("Tavolo")
    ENTE = "ente", _("Ente")
    SEGGIO = "seggio", _("Seggio")
    TIPO = "tipo", _("Tipo di tavolo")
    TEMA = "tema", _("Tema")
    TRIMESTRE = "trimestre", _("Trimestre")
    ANNO = "anno", _("Anno")
    INCONTRO = "incontro", _("Incontro")


@dataclass(frozen=True)
class Selezione:
    """Which invitations are looked at. Empty = all; the days are local, both included."""

    rete: int | None = None
    ente: int | None = None
    tipo: str = ""
    tema: str = ""
    dal: date | None = None
    al: date | None = None
    seggio: int | None = None
    incontro: int | None = None

    def con_voce(self, per: str, voce: str) -> "Selezione":
        """Only the row `voce` of the table by `per`; ValueError when there can't be one."""
        campo = {Per.TAVOLO: "rete"}.get(per, per)
        if per in (Per.TIPO, Per.TEMA):
            return replace(self, **{campo: voce})
        if per in (Per.TRIMESTRE, Per.ANNO):
            primo, ultimo = _periodo(per, voce)
            return replace(self, dal=max(self.dal or primo, primo), al=min(self.al or ultimo, ultimo))
        if (chiave := int(voce)) > CHIAVE_MASSIMA:
            raise ValueError(voce)
        return replace(self, **{campo: chiave})

    def condizione(self) -> Q:
        uguali = {
            "adesione__rete": self.rete,
            "adesione__soggetto": self.ente,
            "adesione__rete__tipo": self.tipo,
            "adesione__rete__tema": self.tema,
            "adesione": self.seggio,
            "incontro": self.incontro,
        }
        return Q(**{campo: v for campo, v in uguali.items() if v}) & nei_giorni("incontro__inizio", self.dal, self.al)


def _periodo(per: str, voce: str) -> tuple[date, date]:
    primo = Trimestre.da_codice(voce) if per == Per.TRIMESTRE else Trimestre(int(voce), 1)
    ultimo = primo if per == Per.TRIMESTRE else Trimestre(int(voce), 4)
    if not PRIMO_ANNO <= primo.anno <= ULTIMO_ANNO:
        raise ValueError(voce)
    return primo.dal, ultimo.al
