"""Reads across models, named for the answer."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.orologio import oggi
from core.scrivania import Voce, VoceMenu
from monitoraggio.misure import MISURE, Esito, Gruppo
from monitoraggio.models import Fase, Indicatore, Obiettivo, Rilevazione
from monitoraggio.permissions import puo_scrivere_scheda
from monitoraggio.previsioni import Previsione, previsione
from monitoraggio.schede import Differenza, RigaFase, RigaIndicatore, Scheda, differenze
from monitoraggio.semafori import Periodo, luce_fase, luce_indicatore

# From this many days before the end a warning is urgent on the desk.
GIORNI_URGENTI = 30


def data_predefinita(obiettivo: Obiettivo) -> date:
    """Today within the year of the objective, its last day when the year is over."""
    return max(min(oggi(), obiettivo.fine), obiettivo.inizio)


def esito_indicatore(indicatore: Indicatore, al: date) -> Esito:
    """Value on day `al`: the named measure, or the latest value entered up to that day."""
    if indicatore.misura:
        return MISURE[indicatore.misura](indicatore.parametri, indicatore.obiettivo.inizio, al)
    valori = sorted(
        (v for v in indicatore.valori.all() if v.al <= al), key=lambda v: (v.al, v.inserito_il, v.pk), reverse=True
    )
    if not valori:
        return Esito(None)
    precedenti = Gruppo("Valori precedenti", valori[1:], contato=False, perche="Sostituiti da un valore più recente.")
    return Esito(valori[0].valore, (Gruppo("Valore in vigore", valori[:1]), precedenti))


def periodo_indicatore(indicatore: Indicatore, al: date) -> Periodo:
    """The spell of the indicator's phases; the whole year when it has none."""
    obiettivo, fasi = indicatore.obiettivo, list(indicatore.fasi.all())
    return Periodo(
        dal=min((f.inizio_previsto for f in fasi), default=obiettivo.inizio),
        fine=max((f.fine_prevista for f in fasi), default=obiettivo.fine),
        al=al,
        chiuso=al >= obiettivo.fine,
    )


def riga_indicatore(indicatore: Indicatore, al: date) -> RigaIndicatore:
    """One row of the sheet, with its records."""
    esito, periodo = esito_indicatore(indicatore, al), periodo_indicatore(indicatore, al)
    luce = luce_indicatore(
        esito.valore,
        indicatore.previsto,
        periodo,
        basso=indicatore.meglio == Indicatore.Meglio.BASSO,
        tasso=indicatore.unita == "%",
        soglia=settings.SOGLIA_SEMAFORO_GIALLO,
        allarme=settings.GIORNI_ALLARME_INDICATORI,
    )
    return RigaIndicatore(indicatore, esito, luce, periodo, esito.record)


def _riga_fase(fase: Fase, al: date, chiuso: bool) -> RigaFase:
    inizio = fase.inizio_effettivo if fase.inizio_effettivo and fase.inizio_effettivo <= al else None
    fine = fase.fine_effettiva if fase.fine_effettiva and fase.fine_effettiva <= al else None
    # Progress is known only as it is now: on an earlier day of a phase finished since, it is unknown.
    noto = bool(inizio) and fine == fase.fine_effettiva
    luce = luce_fase(
        inizio_previsto=fase.inizio_previsto,
        fine_prevista=fase.fine_prevista,
        inizio=inizio,
        fine=fine,
        al=al,
        chiuso=chiuso,
    )
    return RigaFase(
        fase,
        [i.codice for i in sorted(fase.indicatori.all(), key=lambda i: i.ordine)],
        inizio,
        fine,
        fase.avanzamento if noto else None,
        luce,
    )


def indicatori_di(obiettivo: Obiettivo) -> list[Indicatore]:
    """Indicators with what a row needs, in two more queries whatever their number."""
    return list(obiettivo.indicatori.select_related("obiettivo").prefetch_related("fasi", "valori__utente"))


def scheda(obiettivo: Obiettivo, al: date | None = None) -> Scheda:
    """The sheet of `obiettivo` as of day `al` (R50, R52)."""
    giorno = al or data_predefinita(obiettivo)
    chiuso = giorno >= obiettivo.fine
    return Scheda(
        obiettivo,
        giorno,
        [_riga_fase(f, giorno, chiuso) for f in obiettivo.fasi.prefetch_related("indicatori")],
        [riga_indicatore(i, giorno) for i in indicatori_di(obiettivo)],
        chiuso,
    )


def previsioni(foglio: Scheda) -> list[Previsione]:
    """What will end badly unless someone acts, the nearest term first (R54). None once the year is over."""
    if foglio.definitiva:
        return []
    trovate = [p for r in foglio.indicatori if (p := previsione(r))]
    return sorted(trovate, key=lambda p: (p.entro, p.riga.indicatore.ordine))


def voci_scrivania(utente: Any) -> list[Voce]:
    """Warnings about the objectives of this year, for those who can mend them."""
    if not puo_scrivere_scheda(utente):
        return []
    giorno = oggi()
    return [
        Voce(
            titolo=p.testo,
            url=p.url,
            urgenza=0 if p.giorni < 0 else 1 if p.giorni <= GIORNI_URGENTI else 2,
            dettaglio=p.dettaglio,
            entro=p.entro,
            gruppo="Scheda obiettivi",
        )
        for obiettivo in Obiettivo.objects.filter(anno=giorno.year)
        for p in previsioni(scheda(obiettivo, giorno))
    ]


def confronto(rilevazione: Rilevazione) -> list[Differenza]:
    """What a frozen sheet says differently from the same sheet computed now for the same day (R52)."""
    return differenze(rilevazione.scheda, contenuto_rilevazione(rilevazione.obiettivo, rilevazione.al))


def contenuto_rilevazione(obiettivo: Obiettivo, al: date) -> dict[str, Any]:
    """What a snapshot freezes: the sheet, its day, and how each indicator was defined then."""
    foglio = scheda(obiettivo, al)
    contenuto = foglio.come_dict() | {"al": al.isoformat()}
    for riga, voce in zip(foglio.indicatori, contenuto["indicatori"], strict=True):
        i = riga.indicatore
        voce["definizione"] = {"versione": i.versione, "misura": i.misura, "parametri": i.parametri, "meglio": i.meglio}
    return contenuto


def totali(fogli: list[Scheda]) -> dict[str, dict[str, int]]:
    """For each objective code, how many indicators have each light."""
    return {
        f.obiettivo.codice: {c: sum(r.luce.colore == c for r in f.indicatori) for c in ("green", "yellow", "red", "nd")}
        for f in fogli
    }


def definizione_di(obiettivo: Obiettivo) -> dict[str, Any]:
    """The objective as a definition that can be imported again: no value, no actual date."""
    foglio = scheda(obiettivo)
    fasi = [f.come_dict() for f in foglio.fasi]
    tolti = {"raggiunto", "semaforo", "origine", "record"}
    indicatori = [
        {n: v for n, v in r.come_dict().items() if n not in tolti}
        | {n: getattr(r.indicatore, n) for n in ("misura", "parametri", "meglio", "unita")}
        for r in foglio.indicatori
    ]
    return foglio.come_dict() | {"fasi": fasi, "indicatori": indicatori}


def cifre_di_incontro(incontro: Any) -> list[VoceMenu]:
    """The figures that count a meeting convened by others, each as it is now, opening its records."""
    anno = timezone.localdate(incontro.inizio).year
    indicatori = Indicatore.objects.filter(obiettivo__anno=anno, misura="tasso_partecipazione_altri")
    righe = [
        riga_indicatore(i, data_predefinita(i.obiettivo))
        for i in indicatori.select_related("obiettivo").prefetch_related("fasi", "valori")
    ]
    return [
        VoceMenu(
            titolo=f"{r.indicatore.codice} {anno}: {r.raggiunto_testo}{'' if r.valore is None else r.indicatore.unita}",
            url=reverse("peg:record", args=[r.indicatore.obiettivo.codice, r.indicatore.codice]),
            descrizione=r.indicatore.obiettivo.titolo,
        )
        for r in righe
    ]
