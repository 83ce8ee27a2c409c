"""The signing round: whose turn it is, who comes before, who holds the document, which level is due (R02, R11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte, Prenotazione
from accordi.queries.accordi import ParteFirma, parti_e_firme, solo_amministrazioni
from accordi.scelte import Livello
from core.orologio import adesso

_FORZA = {livello: n for n, livello in enumerate(Livello.values)}


def basta(livello: str, chiesto: str) -> bool:
    """A signature of `livello` satisfies who asks for `chiesto`."""
    return _FORZA[livello] >= _FORZA[chiesto]


def livello_dovuto(parte: Parte) -> str:
    """The least level of this party's signature: what the agreement asks, never "semplice" among administrations."""
    chiesto = parte.livello_chiesto
    if solo_amministrazioni(parte.accordo) and not basta(chiesto, Livello.AVANZATA):
        return Livello.AVANZATA
    return chiesto


def prima_di(parte: Parte) -> list[Parte]:
    """Parties of earlier stages that still have to sign, in order."""
    precedenti = parte.accordo.parti.filter(stadio__lt=parte.stadio)
    return list(precedenti.senza_firma().select_related("soggetto"))


def prenotazione_aperta(accordo: Accordo) -> Prenotazione | None:
    """Who holds the document to sign it outside, now; None when nobody does."""
    aperte = Prenotazione.objects.filter(versione__accordo=accordo, chiusa_il__isnull=True, scade_il__gt=adesso())
    return aperte.select_related("parte__soggetto").first()


@dataclass(frozen=True)
class Stadio:
    """The parties that sign together. `aperto`: it is their turn."""

    numero: int
    parti: Sequence[ParteFirma]
    aperto: bool

    @property
    def concluso(self) -> bool:
        return all(p.firma or not p.parte.firma_la_modifica for p in self.parti)

    @property
    def in_parole(self) -> str:
        if self.concluso:
            return _("Hanno firmato tutti.")
        if self.aperto:
            return _("Si firma adesso.")
        return _("Si firma dopo lo stadio precedente.")


def stadi(accordo: Accordo) -> list[Stadio]:
    """The round in order of stage; a single stage means that all sign together."""
    parti = parti_e_firme(accordo)
    di_turno = set(accordo.parti.di_turno().values_list("stadio", flat=True))
    numeri = sorted({p.parte.stadio for p in parti})
    return [Stadio(n, [p for p in parti if p.parte.stadio == n], n in di_turno) for n in numeri]
