"""Minutes: text, decisions and attendance locked under one fingerprint (R24, basic)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.transizioni import transita
from reti.models import Decisione, Incontro, Verbale
from reti.services.incontri import blocca, esigi_gestione
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro, StatoVerbale


def impronta_del_verbale(incontro: Incontro, testo: str) -> str:
    """SHA-256 of the minutes as canonical JSON: meeting, text, decisions, attendance.

    Later facts (a decision carried out) don't enter it.
    """
    decisioni = incontro.decisioni.order_by("pk").values_list("testo", "incaricato", "entro")
    presenze = incontro.presenze.order_by("adesione__soggetto__slug", "adesione__qualifica", "adesione").values_list(
        "adesione__soggetto__slug", "adesione__qualifica", "esito", "da_remoto", "persona", "arrivo", "uscita"
    )
    contenuto = {
        "incontro": incontro.codice,
        "titolo": incontro.titolo,
        "inizio": incontro.inizio.timestamp(),
        "ordine_del_giorno": incontro.ordine_del_giorno,
        "testo": testo,
        "decisioni": [list(map(str, d)) for d in decisioni],
        "presenze": [list(map(str, p)) for p in presenze],
    }
    return impronta(json.dumps(contenuto, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def verbale_integro(verbale: Verbale) -> bool:
    """True when the minutes, decisions and attendance are still those that were locked."""
    return impronta_del_verbale(verbale.incontro, verbale.testo) == verbale.impronta


@transaction.atomic
def verbalizza(*, utente: Any, incontro: Incontro, testo: str, decisioni: Iterable[Mapping[str, Any]] = ()) -> Verbale:
    """Lock the minutes of a held meeting. Each decision: testo, incaricato, entro (date or None).

    Raises PermissionDenied, Rifiuto (empty text, meeting not held or minuted already).
    """
    esigi_gestione(utente)
    incontro = blocca(incontro)
    if not testo.strip():
        raise Rifiuto(_("Scrivi il testo del verbale."))
    transita(
        incontro,
        StatoIncontro.VERBALIZZATO,
        tabella=TRANSIZIONI_INCONTRO,
        utente=utente,
        azione="incontro.verbalizzato",
    )
    for dati in decisioni:
        decisione = Decisione(
            incontro=incontro,
            testo=dati["testo"],
            incaricato=dati.get("incaricato", ""),
            entro=dati.get("entro"),
        )
        decisione.full_clean()
        decisione.save()
    verbale = Verbale(
        incontro=incontro,
        testo=testo,
        redatto_da=utente,
        redatto_il=adesso(),
        stato=StatoVerbale.APPROVATO,
        approvato_il=oggi(),
        impronta=impronta_del_verbale(incontro, testo),
    )
    verbale.full_clean()
    verbale.save()
    return verbale
