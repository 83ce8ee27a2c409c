"""Hours of a host, written once for the points that follow them (R34)."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import EccezioneOspite, OrarioOspite, PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.services.chiusure import e_vicina
from punti_informativi.turni import sovrapposizione
from reti.models import Soggetto
from utenti.permissions import motivo_rifiuto_coordina

SENZA_ORARI = (
    "Scrivi almeno un'apertura della settimana, oppure togli la spunta ai punti che seguono questi orari: "
    "altrimenti la loro pagina direbbe «orari non comunicati»."
)
TROPPO_LONTANE = (
    "Il periodo che finisce il %(al)s è lontano: qui valgono subito le date dei prossimi %(giorni)d giorni. "
    "Scrivilo punto per punto, dove lo legge prima la Provincia, oppure torna quando è più vicino."
)
NON_PIU_SUO = "Uno dei punti scelti non è tra quelli del soggetto: ricarica la pagina e scegli di nuovo."


@transaction.atomic
def aggiorna_ospite(
    *,
    utente: Any,
    soggetto: Soggetto,
    fasce: Collection[Fascia] | None = None,
    deroghe: Collection[Deroga] | None = None,
    punti: Collection[PuntoInformativo] | None = None,
) -> bool:
    """Write the weekly spells of a host, its dated exceptions, which points follow them; None leaves a part alone.

    All holds at once on the page of each point that follows. Past exceptions stay where
    they are; a point that stops following finds its own hours again. True when something
    changed. Refuses spells that overlap, an exception that is over or, written by the host,
    too far away, a point of another host or an ended one, and no weekly spell at all for
    a point that follows.
    """
    if motivo := permissions.motivo_rifiuto_orari_ospite(utente, soggetto):
        raise PermissionDenied(motivo)
    soggetto = Soggetto.objects.select_for_update().get(pk=soggetto.pk)
    fatti = [
        fasce is not None and _scrivi_settimana(utente, soggetto, fasce),
        deroghe is not None and _scrivi_date(utente, soggetto, deroghe),
        punti is not None and _scegli(utente, soggetto, punti),
    ]
    seguono = PuntoInformativo.objects.ospitati_da(soggetto).filter(orari_dell_ospite=True, solo_appuntamento=False)
    if any(fatti) and not soggetto.orari_ospite.exists() and seguono.exists():
        raise Rifiuto(SENZA_ORARI)
    return any(fatti)


def _scrivi_settimana(utente: Any, soggetto: Soggetto, fasce: Collection[Fascia]) -> bool:
    if scontro := sovrapposizione(fasce):
        raise Rifiuto(scontro)
    presenti = {r.fascia: r for r in soggetto.orari_ospite.all()}
    return _sostituisci(utente, soggetto, "orari_ospite_modificati", OrarioOspite, presenti, fasce)


def _scrivi_date(utente: Any, soggetto: Soggetto, deroghe: Collection[Deroga]) -> bool:
    finite = {e.deroga for e in soggetto.eccezioni_ospite.filter(al__lt=oggi())}
    nuove = [d for d in deroghe if d not in finite]
    if passata := next((d for d in nuove if d.al < oggi()), None):
        raise Rifiuto(f"Il periodo che finisce il {passata.al:%d/%m/%Y} è già passato: correggi le date.")
    presenti = {r.deroga: r for r in soggetto.eccezioni_ospite.filter(al__gte=oggi())}
    if len(nuove) > settings.PUNTI_ECCEZIONI_MASSIME:
        raise Rifiuto("Ci sono troppe date segnate: togli quelle che non servono, poi riprova.")
    lontane = [d for d in nuove if d not in presenti and not e_vicina(d)]
    if lontane and motivo_rifiuto_coordina(utente):
        raise Rifiuto(
            TROPPO_LONTANE % {"al": f"{lontane[0].al:%d/%m/%Y}", "giorni": settings.PUNTI_GIORNI_ECCEZIONI_SUBITO}
        )
    return _sostituisci(utente, soggetto, "chiusure_ospite_modificate", EccezioneOspite, presenti, nuove)


def _sostituisci(
    utente: Any,
    soggetto: Soggetto,
    azione: str,
    modello: type[models.Model],
    presenti: dict[Fascia | Deroga, models.Model],
    nuove: Collection[Fascia | Deroga],
) -> bool:
    """Rows equal to one of `nuove` stay; the audit line says how all of them were, and are."""
    if set(nuove) == set(presenti):
        return False
    prima = [str(riga) for riga in presenti.values()]
    for valore in set(presenti) - set(nuove):
        presenti.pop(valore).delete()
    for valore in dict.fromkeys(nuove):
        if valore not in presenti:
            riga = modello(soggetto=soggetto, **asdict(valore))
            riga.full_clean(exclude=["soggetto"])
            riga.save()
            presenti[valore] = riga
    annota(utente, azione, soggetto, prima=sorted(prima), dopo=sorted(str(riga) for riga in presenti.values()))
    return True


def _scegli(utente: Any, soggetto: Soggetto, punti: Collection[PuntoInformativo]) -> bool:
    ospitati = list(PuntoInformativo.objects.ospitati_da(soggetto).select_for_update())
    if set(punti) - set(ospitati):
        raise Rifiuto(NON_PIU_SUO)
    cambiati = [p for p in ospitati if p.orari_dell_ospite != (p in punti)]
    for punto in cambiati:
        punto.orari_dell_ospite = punto in punti
        punto.save(update_fields=["orari_dell_ospite"])
        annota(utente, "punto_modificato", punto, campi=["orari_dell_ospite"], segue=punto.orari_dell_ospite)
    return bool(cambiati)
