"""Where an agreement stands for one of its parties: what happens now, who is awaited, what it still owes (R08, R11)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from accordi.models import Accordo, Impegno, Parte
from accordi.queries.accordi import ParteFirma, solo_amministrazioni
from accordi.queries.giro import inizio_turno, livello_dovuto
from accordi.scelte import Livello
from accordi.stati import StatoAccordo
from reti.models import Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

IMPEGNI_MOSTRATI = 3

FRASI = {
    StatoAccordo.BOZZA: _l("La Provincia sta scrivendo il testo: quando è pronto lo manda in firma."),
    StatoAccordo.RIFIUTATO: _l("Una parte ha rifiutato di firmare: la Provincia corregge il testo o lo annulla."),
    StatoAccordo.ANNULLATO: _l("L'accordo non si conclude: nessuno deve più firmare e non vale per nessuno."),
    StatoAccordo.SOTTOSCRITTO: _l("Hanno firmato tutti. Manca che la Provincia lo attivi: ricevi un messaggio."),
    StatoAccordo.SOSPESO: _l("L'accordo è sospeso: non devi fare nulla finché la Provincia non toglie la sospensione."),
    StatoAccordo.SCADUTO: _l("L'accordo è scaduto e non obbliga più nessuno. Documento e prove restano qui."),
    StatoAccordo.RECESSO: _l("L'accordo è finito per recesso. Documento e prove restano qui."),
    StatoAccordo.RISOLTO: _l("L'accordo è stato risolto prima della scadenza. Documento e prove restano qui."),
}


@dataclass(frozen=True)
class Atteso:
    """A party whose signature is awaited now: since when, and the least level that it must have."""

    parte: Parte
    dal: datetime
    livello: str


@dataclass(frozen=True)
class Situazione:
    """What the party reads first. `dopo`: parties that sign after those; `impegni`: the first of its own, open."""

    frase: str
    attesi: list[Atteso]
    dopo: list[Parte]
    impegni: list[Impegno]
    altri_impegni: int


def situazione(accordo: Accordo, parti: list[ParteFirma], utente: Any) -> Situazione:
    """For `utente`, with `parti` as `parti_e_firme` gives them; a number of queries that doesn't grow with the rows."""
    impegni = list(_impegni(accordo, utente)) if accordo.in_vita else []
    return Situazione(
        frase=_frase(accordo, parti),
        attesi=_attesi(accordo, [p.parte for p in parti if p.di_turno]),
        dopo=[p.parte for p in parti if _firma_dopo(accordo, p)],
        impegni=impegni[:IMPEGNI_MOSTRATI],
        altri_impegni=max(len(impegni) - IMPEGNI_MOSTRATI, 0),
    )


def _firma_dopo(accordo: Accordo, p: ParteFirma) -> bool:
    da_firmare = p.firma is None and p.parte.firma_la_modifica and not p.di_turno
    return accordo.stato == StatoAccordo.IN_FIRMA and da_firmare


def _frase(accordo: Accordo, parti: list[ParteFirma]) -> str:
    stato = accordo.stato_attuale
    if stato == StatoAccordo.IN_FIRMA:
        firmano = [p for p in parti if p.parte.firma_la_modifica]
        fatte = sum(p.firma is not None for p in firmano)
        frase = ngettext(
            "Ha firmato %(fatte)d parte su %(tutte)d.", "Hanno firmato %(fatte)d parti su %(tutte)d.", fatte
        )
        return frase % {"fatte": fatte, "tutte": len(firmano)}
    if stato == StatoAccordo.ATTIVO:
        if accordo.scade_il:
            return _("L'accordo è in vigore fino al %s.") % date_format(accordo.scade_il, "j F Y").lower()
        return _("L'accordo è in vigore, senza una scadenza.")
    return str(FRASI[stato])


def _attesi(accordo: Accordo, di_turno: list[Parte]) -> list[Atteso]:
    """All of one stage, so awaited since the same moment."""
    if not di_turno:
        return []
    dal, fra_amministrazioni = inizio_turno(di_turno[0]), solo_amministrazioni(accordo)
    return [
        Atteso(p, dal, str(Livello(livello_dovuto(p, fra_amministrazioni=fra_amministrazioni)).label)) for p in di_turno
    ]


def _impegni(accordo: Accordo, utente: Any) -> Any:
    """Open obligations, of everyone and of one's own bodies; all of them for who reads everything."""
    aperti = Impegno.objects.aperti().filter(accordo=accordo).select_related("parte__soggetto")
    if ha_ruolo(utente, LEGGONO_TUTTO):
        return aperti
    return aperti.filter(Q(parte__isnull=True) | Q(parte__soggetto__in=Soggetto.objects.rappresentati_da(utente)))
