"""Demonstration data: the objective 2023_3504 as the Province reported it, and this year's running one.

What records can tell is computed from them; the rest is entered by hand at the
end of 2023, each value with its note. Everything goes through the services.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.orologio import fermo, oggi
from monitoraggio.definizioni import sposta_anno
from monitoraggio.models import Obiettivo
from monitoraggio.services import aggiorna_fase, importa_scheda, inserisci_valore
from utenti.models import Utente

ROMA = ZoneInfo("Europe/Rome")
ORIGINE = Path(__file__).parent / "data" / "peg_2023_3504.json"
COORDINATRICE = "coordinatrice@provincia.example"

# What the source doesn't say: how each value is obtained and which way is good.
MISURE: dict[str, dict[str, Any]] = {
    "A1": {"misura": "incontri_tenuti", "parametri": {"tipo": "osservatorio"}},
    "B1": {"misura": "incontri_tenuti", "parametri": {"tema": "operatori"}},
    "B2": {"misura": "incontri_tenuti", "parametri": {"tipo": "tavolo", "tema": "disabilita"}},
    "B5": {"misura": "casi_in_ritardo", "parametri": {"tipo": "partenariato_gol"}, "meglio": "basso", "unita": "casi"},
    "C1": {"unita": "%"},
    "D1": {"misura": "tasso_partecipazione_altri", "unita": "%"},
    "D2": {"misura": "accordi_sottoscritti", "parametri": {"tipo": "collaborazione"}},
    "E1": {
        "misura": "atto_entro",
        "parametri": {"tipo": "comitato_tecnico", "entro": "04-30"},
        "meglio": "basso",
        "unita": "giorni",
    },
    "E2": {"misura": "incontri_tenuti", "parametri": {"tipo": "comitato_tecnico"}},
    "F1": {"misura": "categorie_raggiunte"},
    "F2": {"misura": "incontri_tenuti", "parametri": {"tema": "punti_informativi"}},
    "G1": {"meglio": "basso", "unita": "giorni"},
    "G3": {"unita": "%"},
}

NOTE = {
    "A2": "Tre indagini pubblicate sul sito dell'Osservatorio; elenco nel fascicolo dell'Osservatorio.",
    "A3": "Tre numeri della newsletter, inviati agli iscritti; copie nel fascicolo dell'Osservatorio.",
    "A4": "Una rilevazione del fabbisogno di competenze presso le imprese; relazione nel fascicolo.",
    "B3": "Due aggiornamenti dell'offerta formativa per adulti; atti nel fascicolo della formazione.",
    "B4": "Cinque indicazioni operative sul Programma GOL inviate agli operatori accreditati.",
    "C1": "Segnalati dai CPI su presi in carico con patto di servizio GOL: estrazione dal sistema regionale.",
    "C2": "Tre azioni di sistema avviate su tre programmate; relazioni dei soggetti attuatori.",
    "C3": "Venti enti diversi coinvolti nelle azioni di sistema; elenco nelle relazioni dei soggetti attuatori.",
    "G1": "Protocollo d'intesa con la Regione sottoscritto nei termini: nessun giorno di ritardo.",
    "G2": "La scheda prevede 0 anche se chiede almeno una risorsa: il valore resta come approvato.",
    "G3": "Nessun controllo svolto nell'anno sui controlli assegnati.",
}

# What the running year would have so far; G3 and what records don't tell yet stay behind.
IN_CORSO = {
    "A2": 3, "A3": 3, "A4": 1, "B3": 2, "B4": 2, "C1": 78, "C2": 3, "C3": 21, "G1": 0, "G2": 0, "G3": 42,
}  # fmt: skip


def _definizione(origine: dict[str, Any]) -> dict[str, Any]:
    indicatori = [i | MISURE.get(i["codice"], {}) for i in origine["indicatori"]]
    return origine | {"indicatori": indicatori}


def _giorno(testo: str | None) -> date | None:
    return date.fromisoformat(testo) if testo else None


def _alle_nove(giorno: date) -> datetime:
    return datetime(giorno.year, giorno.month, giorno.day, 9, 0, tzinfo=ROMA)


def _fasi(obiettivo: Obiettivo, utente: Utente, origine: dict[str, Any]) -> None:
    """Each phase begins and ends on its own days, as the office would have written it."""
    voci = {v["codice"]: v for v in origine["fasi"]}
    for fase in obiettivo.fasi.all():
        inizio, fine = (_giorno(voci[fase.codice][n]) for n in ("inizio_effettivo", "fine_effettiva"))
        avanzamento = voci[fase.codice]["avanzamento_percento"]
        if inizio is None or fase.fine_effettiva == fine:
            continue
        with fermo(_alle_nove(fine or inizio)):
            aggiorna_fase(
                utente=utente, fase=fase, inizio_effettivo=inizio, fine_effettiva=fine, avanzamento=avanzamento
            )


def _valori(obiettivo: Obiettivo, utente: Utente, origine: dict[str, Any]) -> None:
    raggiunti = {v["codice"]: v["raggiunto"] for v in origine["indicatori"]}
    with fermo(_alle_nove(obiettivo.fine)):
        for indicatore in obiettivo.indicatori.filter(misura="").select_related("obiettivo"):
            inserisci_valore(
                utente=utente,
                indicatore=indicatore,
                valore=Decimal(raggiunti[indicatore.codice]),
                al=obiettivo.fine,
                nota=NOTE[indicatore.codice],
            )


def _fasi_in_corso(obiettivo: Obiettivo, utente: Utente) -> None:
    """Phases of this year begin as planned, and those due are done; F2 has not begun, as in 2023."""
    for fase in obiettivo.fasi.exclude(codice="F2").filter(inizio_previsto__lte=oggi()):
        finita = fase.fine_prevista < oggi()
        if fase.inizio_effettivo is None or (finita and fase.fine_effettiva is None):
            aggiorna_fase(
                utente=utente,
                fase=fase,
                inizio_effettivo=fase.inizio_previsto,
                fine_effettiva=fase.fine_prevista if finita else None,
                avanzamento=100 if finita else None,
            )


def _valori_in_corso(obiettivo: Obiettivo, utente: Utente) -> None:
    """A first value for what is entered by hand this year; none where there is one already."""
    for indicatore in obiettivo.indicatori.filter(misura="", valori=None).select_related("obiettivo"):
        inserisci_valore(
            utente=utente,
            indicatore=indicatore,
            valore=Decimal(IN_CORSO[indicatore.codice]),
            al=oggi(),
            nota="Valore dimostrativo dell'anno in corso.",
        )


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    origine = json.loads(ORIGINE.read_text(encoding="utf-8"))
    definizione = _definizione(origine)
    utente = Utente.objects.get(email=COORDINATRICE)
    with fermo(datetime(2023, 1, 2, 9, 0, tzinfo=ROMA)):
        obiettivo = importa_scheda(utente=utente, definizione=definizione, consegna_entro=date(2024, 6, 30))
    _fasi(obiettivo, utente, origine)
    _valori(obiettivo, utente, origine)
    anno = oggi().year
    if anno != obiettivo.anno:
        corrente = importa_scheda(
            utente=utente, definizione=sposta_anno(definizione, anno), consegna_entro=date(anno + 1, 6, 30)
        )
        _fasi_in_corso(corrente, utente)
        _valori_in_corso(corrente, utente)
    passo(f"Scheda obiettivi: {obiettivo.codice} e {anno}_3504.")
