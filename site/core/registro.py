"""Audit trail: append a line, verify the chain (R64)."""

import hashlib
import json
from typing import Any

from django.db import models, transaction

from core.models import RigaRegistro, TestaRegistro
from core.orologio import adesso


def testo_di(riga: RigaRegistro) -> str:
    """The text whose SHA-256 is the line's fingerprint: JSON with sorted keys, no spaces, no line ends."""
    contenuto = {
        "numero": riga.numero,
        "quando": riga.quando.timestamp(),
        "utente": riga.utente_id,
        "azione": riga.azione,
        "oggetto_tipo": riga.oggetto_tipo,
        "oggetto_id": riga.oggetto_id,
        "oggetto_nome": riga.oggetto_nome,
        "dati": riga.dati,
        "precedente": riga.precedente,
    }
    return json.dumps(contenuto, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _impronta(riga: RigaRegistro) -> str:
    return hashlib.sha256(testo_di(riga).encode()).hexdigest()


@transaction.atomic
def annota(utente: Any, azione: str, oggetto: models.Model, **dati: Any) -> RigaRegistro:
    """Append one line about `oggetto` in the caller's transaction.

    `utente` may be None (the system, or a person without an account). `dati`
    must survive JSON: texts, numbers, booleans, None, lists and dicts of these.
    """
    testa = TestaRegistro.objects.select_for_update().first()
    if testa is None:  # the very first line: two writers at once must agree on one head
        TestaRegistro.objects.get_or_create(pk=1)
        testa = TestaRegistro.objects.select_for_update().get(pk=1)
    riga = RigaRegistro(
        numero=testa.numero + 1,
        quando=adesso(),
        utente_id=getattr(utente, "pk", None),
        azione=azione,
        oggetto_tipo=oggetto._meta.label_lower,
        oggetto_id=str(oggetto.pk),
        oggetto_nome=str(oggetto)[:255],
        dati=dati,
        precedente=testa.impronta,
    )
    riga.impronta = _impronta(riga)
    riga.save()
    testa.numero, testa.impronta = riga.numero, riga.impronta
    testa.save()
    return riga


def righe_di(oggetto: models.Model) -> models.QuerySet[RigaRegistro]:
    """The history of one object, oldest first."""
    return RigaRegistro.objects.filter(
        oggetto_tipo=oggetto._meta.label_lower, oggetto_id=str(oggetto.pk)
    ).select_related("utente")


def verifica() -> tuple[int, str]:
    """Walk the chain: (lines read, "") when whole, else (number of the first bad line, why)."""
    precedente, atteso = "0" * 64, 1
    for riga in RigaRegistro.objects.order_by("numero").iterator(chunk_size=2000):
        if riga.numero != atteso:
            return atteso, f"manca la riga {atteso}"
        if riga.precedente != precedente:
            return riga.numero, f"la riga {riga.numero} non segue la precedente"
        if _impronta(riga) != riga.impronta:
            return riga.numero, f"la riga {riga.numero} è stata alterata"
        precedente, atteso = riga.impronta, atteso + 1
    testa = TestaRegistro.objects.first() or TestaRegistro()
    if (testa.numero, testa.impronta) != (atteso - 1, precedente):
        return atteso, f"mancano righe dopo la {atteso - 1}"
    return atteso - 1, ""
