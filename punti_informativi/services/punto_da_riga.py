"""A point and its seat brought to what a line of a file says (punti_informativi.importazione)."""

from typing import Any

from core.registro import annota
from punti_informativi.importazione import DatiPunto, chiave
from punti_informativi.models import PuntoInformativo
from punti_informativi.services.contenuto import bloccato, su_pagina_e_bozza
from punti_informativi.services.registrazione import registra_punto
from punti_informativi.services.stati import attiva_punto, verifica_punto
from punti_informativi.valori import metti_orari
from reti.models import Sede, Soggetto
from reti.services.soggetti import salva_soggetto

DOVE = ("indirizzo", "comune")


def registra(utente: Any, dati: DatiPunto, *, aprire: bool) -> PuntoInformativo:
    """A new candidate; with `aprire` verified and open to the public, and the host told."""
    valori = dict(dati.valori)
    nome, fasce = valori.pop("nome"), valori.pop("orari", [])
    ospite = Soggetto.objects.select_for_update().get(pk=dati.ospite.pk)
    sede = _sede_di(utente, ospite, nome, dati.sede)
    punto = registra_punto(
        utente=utente, sede=sede, nome=nome, codice=dati.codice, slug=dati.slug, fasce=fasce, **valori
    )
    if aprire:
        verifica_punto(utente=utente, punto=punto)
        punto = attiva_punto(utente=utente, punto=punto)
    return punto


def aggiorna(utente: Any, punto: PuntoInformativo, dati: DatiPunto, *, campi: list[str]) -> PuntoInformativo:
    """The `campi` of an existing point, on its page and on the Province's draft; its state stays what it is."""
    punto = bloccato(punto)
    sede = _spostata(utente, punto, {c: v for c, v in dati.sede.items() if c in campi})
    valori = {c: v for c, v in dati.valori.items() if c in campi}

    def cambia(p: PuntoInformativo) -> None:
        p.codice, p.sede = dati.codice, sede
        for campo, valore in valori.items():
            if campo == "orari":
                metti_orari(p, valore)
            else:
                setattr(p, campo, valore)

    nuovo = su_pagina_e_bozza(utente, punto, cambia)
    annota(utente, "punto_modificato", nuovo, campi=campi, codice=dati.codice)
    return nuovo


def _sede_di(utente: Any, ospite: Soggetto, nome: str, detta: dict[str, Any]) -> Sede:
    """The host's seat at that address, brought to what the line says, or a new one with a name of its own."""
    sedi = list(ospite.sedi.select_related("comune"))
    uguale = next((s for s in sedi if _dove(s.indirizzo, s.comune) == _dove(detta["indirizzo"], detta["comune"])), None)
    if uguale:
        return _porta(utente, uguale, {c: v for c, v in detta.items() if c not in DOVE})
    presi = {s.nome for s in sedi}
    base = nome[:110] if sedi else "Sede principale"
    libero = next(n for n in (base, *(f"{base} {i}" for i in range(2, len(presi) + 3))) if n not in presi)
    sede = Sede(soggetto=ospite, nome=libero, principale=not sedi, **detta)
    salva_soggetto(utente=utente, oggetto=sede, campi=[])
    return sede


def _spostata(utente: Any, punto: PuntoInformativo, detta: dict[str, Any]) -> Sede:
    """The point's seat as the line says it. A seat that other points share stays: the point moves to another."""
    sede = Sede.objects.select_related("comune").get(pk=punto.sede_id)
    intera = {c: getattr(sede, c) for c in DOVE} | detta
    if _dove(intera["indirizzo"], intera["comune"]) == _dove(sede.indirizzo, sede.comune):
        return _porta(utente, sede, detta)
    if sede.punti.exclude(pk=punto.pk).exists():
        return _sede_di(utente, punto.soggetto, punto.nome, intera)
    # At another address the old position says nothing: the comune's centre holds until a new one is given.
    return _porta(utente, sede, {"lat": None, "lon": None} | detta)


def _porta(utente: Any, sede: Sede, valori: dict[str, Any]) -> Sede:
    cambiati = [c for c, v in valori.items() if getattr(sede, c) != v]
    for campo in cambiati:
        setattr(sede, campo, valori[campo])
    salva_soggetto(utente=utente, oggetto=sede, campi=cambiati)
    return sede


def _dove(indirizzo: str, comune: Any) -> tuple[str, int]:
    return chiave(indirizzo), comune.pk
