"""Verbs that change a point."""

from punti_informativi.services.chiusure import segna_eccezione, togli_eccezione
from punti_informativi.services.conferme import (
    cambia_elenco,
    chiedi_conferma,
    conferma_da_collegamento,
    conferma_punto,
    segnala_da_collegamento,
)
from punti_informativi.services.contenuto import modifica_punto
from punti_informativi.services.orari import aggiorna_ospite
from punti_informativi.services.orari_proposti import accogli_orari, respingi_orari, ritira_orari
from punti_informativi.services.proposte import (
    accogli_proposta,
    proponi_eccezione,
    proponi_modifica,
    respingi_proposta,
    ritira_proposta,
)
from punti_informativi.services.registrazione import candida_punto, registra_punto
from punti_informativi.services.stati import (
    attiva_punto,
    cessa_punto,
    riattiva_punto,
    sospendi_punto,
    verifica_punto,
)

__all__ = [
    "accogli_orari",
    "accogli_proposta",
    "aggiorna_ospite",
    "attiva_punto",
    "cambia_elenco",
    "candida_punto",
    "cessa_punto",
    "chiedi_conferma",
    "conferma_da_collegamento",
    "conferma_punto",
    "modifica_punto",
    "proponi_eccezione",
    "proponi_modifica",
    "registra_punto",
    "respingi_orari",
    "respingi_proposta",
    "riattiva_punto",
    "ritira_orari",
    "ritira_proposta",
    "segna_eccezione",
    "segnala_da_collegamento",
    "sospendi_punto",
    "togli_eccezione",
    "verifica_punto",
]
