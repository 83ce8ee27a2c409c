"""The one place that assigns a workflow state."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from core.errori import Rifiuto
from core.registro import annota

Tabella = Mapping[str, frozenset[str]]


def transita(
    oggetto: models.Model, nuovo: str, *, tabella: Tabella, utente: Any, azione: str, dati: dict | None = None
) -> None:
    """Move `oggetto`, a row locked by the caller, to state `nuovo`; save it whole and write the audit line.

    Other fields that change with the state are set on `oggetto` before the call.
    Raises Rifiuto when the table has no such transition.
    """
    da = oggetto.stato
    if nuovo not in tabella[da]:
        etichette = dict(type(oggetto)._meta.get_field("stato").choices)
        raise Rifiuto(f"Non si può passare da «{etichette[da]}» a «{etichette[nuovo]}».")
    oggetto.stato = nuovo
    oggetto.full_clean()
    oggetto.save()
    annota(utente, azione, oggetto, da=da, a=str(nuovo), **(dati or {}))
