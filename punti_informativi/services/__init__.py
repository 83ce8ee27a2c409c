"""Verbs that change a point."""

from punti_informativi.services.conferme import (
    cambia_elenco,
    chiedi_conferma,
    conferma_da_collegamento,
    conferma_punto,
    segnala_da_collegamento,
)
from punti_informativi.services.contenuto import modifica_punto
from punti_informativi.services.registrazione import candida_punto, registra_punto
from punti_informativi.services.stati import (
    attiva_punto,
    cessa_punto,
    riattiva_punto,
    sospendi_punto,
    verifica_punto,
)

__all__ = [
    "attiva_punto",
    "cambia_elenco",
    "candida_punto",
    "cessa_punto",
    "chiedi_conferma",
    "conferma_da_collegamento",
    "conferma_punto",
    "modifica_punto",
    "registra_punto",
    "riattiva_punto",
    "segnala_da_collegamento",
    "sospendi_punto",
    "verifica_punto",
]
