"""Boundaries of comuni: load and refresh them from open data, each under its comune."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.models import Installazione
from core.registro import annota
from reti.confini import ConfineLetto, leggi_confini
from reti.models import Comune, Confine
from reti.services.soggetti import esigi_gestione


@dataclass
class EsitoConfini:
    """What an import did, or would do: names of comuni, in the order of the file."""

    nuovi: list[str] = field(default_factory=list)
    aggiornati: list[str] = field(default_factory=list)
    invariati: list[str] = field(default_factory=list)
    sconosciuti: list[str] = field(default_factory=list)
    senza_confine: list[str] = field(default_factory=list)

    def frase(self) -> str:
        return _("%(nuovi)d nuovi, %(aggiornati)d aggiornati, %(invariati)d invariati") % {
            "nuovi": len(self.nuovi),
            "aggiornati": len(self.aggiornati),
            "invariati": len(self.invariati),
        }


@transaction.atomic
def importa_confini(*, utente: Any, contenuto: bytes, fonte: str = "", prova: bool = False) -> EsitoConfini:
    """Store one boundary per known comune; a comune that the file doesn't name keeps its own.

    The comune is that of the ISTAT code, else of the name. `fonte` is said on the map, as the licence of most
    open data asks. With `prova` nothing is written. Refuses a file that can't be read, or whose boundaries lie
    elsewhere than the comuni that they name (latitude and longitude swapped). One line of audit per import.
    """
    esigi_gestione(utente)
    letti = leggi_confini(contenuto)
    comuni = list(Comune.objects.select_for_update())
    presenti = {c.comune_id: c for c in Confine.objects.all()}
    per_chiave = {c.nome.casefold(): c for c in comuni} | {c.codice_istat: c for c in comuni}
    esito = EsitoConfini()
    visti: set[int] = set()
    for letto in letti:
        comune = per_chiave.get(letto.codice) or per_chiave.get(letto.nome.casefold())
        if comune is None:
            esito.sconosciuti.append(letto.nome or letto.codice)
            continue
        _controlla(letto, comune, visti)
        confine = presenti.get(comune.pk) or Confine(comune=comune)
        _metti(esito, confine, letto, fonte, prova)
    if not visti:
        raise Rifiuto(_("Nessun confine del file è di un comune di questa installazione: importa prima i comuni."))
    esito.senza_confine = [c.nome for c in comuni if c.pk not in presenti and c.pk not in visti]
    if not prova and (esito.nuovi or esito.aggiornati):
        annota(utente, "importa_confini", Installazione.corrente(), fonte=fonte, esito=esito.frase())
    return esito


def _controlla(letto: ConfineLetto, comune: Comune, visti: set[int]) -> None:
    if comune.pk in visti:
        raise Rifiuto(_("%s c'è due volte nel file: tieni un solo elemento per comune.") % comune)
    if not letto.contiene(comune.lat, comune.lon):
        raise Rifiuto(
            _("Il confine di %s non sta dove sta il comune: forse latitudine e longitudine sono scambiate.") % comune
        )
    visti.add(comune.pk)


def _metti(esito: EsitoConfini, confine: Confine, letto: ConfineLetto, fonte: str, prova: bool) -> None:
    nuovo = confine.pk is None
    if not nuovo and (confine.geometria, confine.fonte) == (letto.geometria, fonte):
        esito.invariati.append(str(confine.comune))
        return
    (esito.nuovi if nuovo else esito.aggiornati).append(str(confine.comune))
    confine.geometria, confine.fonte = letto.geometria, fonte
    confine.full_clean(exclude=["comune"])
    if not prova:
        confine.save()
