"""Hours of a host as rows: its week, its dates, which points follow them; each change with its audit line (R34)."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import models

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
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


def controlla(soggetto: Soggetto, fasce: Collection[Fascia], punti: Collection[PuntoInformativo]) -> None:
    """Refuse spells that overlap, a point of another host or an ended one, and no spell at all for who follows."""
    if scontro := sovrapposizione(fasce):
        raise Rifiuto(scontro)
    for fascia in fasce:
        OrarioOspite(soggetto=soggetto, **asdict(fascia)).full_clean(exclude=["soggetto"], validate_unique=False)
    if set(punti) - set(PuntoInformativo.objects.ospitati_da(soggetto)):
        raise Rifiuto(NON_PIU_SUO)
    if not fasce and any(not p.solo_appuntamento for p in punti):
        raise Rifiuto(SENZA_ORARI)


def scrivi_settimana(utente: Any, soggetto: Soggetto, fasce: Collection[Fascia]) -> bool:
    presenti = {r.fascia: r for r in soggetto.orari_ospite.all()}
    return _sostituisci(utente, soggetto, "orari_ospite_modificati", OrarioOspite, presenti, fasce)


def scrivi_date(utente: Any, soggetto: Soggetto, deroghe: Collection[Deroga]) -> bool:
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


def scegli(utente: Any, soggetto: Soggetto, punti: Collection[PuntoInformativo]) -> bool:
    ospitati = PuntoInformativo.objects.ospitati_da(soggetto).select_for_update()
    cambiati = [p for p in ospitati if p.orari_dell_ospite != (p in punti)]
    for punto in cambiati:
        punto.orari_dell_ospite = punto in punti
        punto.save(update_fields=["orari_dell_ospite"])
        annota(utente, "punto_modificato", punto, campi=["orari_dell_ospite"], segue=punto.orari_dell_ospite)
    return bool(cambiati)
