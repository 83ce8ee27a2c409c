"""A plain JSON service: PUT of our registration under our own key, which gives its number back (docs/protocollo.md).

PUT is idempotent: the same key again answers with the same number, so an uncertain request is simply repeated.
"""

import base64
import json
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings

from accordi.protocolli import EsitoIncerto, NonRegistrato, Registrazione, Ricevuta
from accordi.protocolli.rete import Risposta, chiedi


class Rest:
    """Reads settings.PROTOCOLLO: URL; UTENTE and PASSWORD (Basic), or PASSWORD alone (Bearer)."""

    ripetibile = True

    def __init__(self) -> None:
        self.conto = settings.PROTOCOLLO

    def registra(self, registrazione: Registrazione) -> Ricevuta:
        url = f"{self.conto['URL'].rstrip('/')}/registrazioni/{quote(registrazione.chiave, safe='')}"
        corpo = json.dumps(self._dati(registrazione), ensure_ascii=False).encode()
        intestazioni = {"Content-Type": "application/json", "Accept": "application/json", **self._accesso()}
        return _leggi(chiedi("PUT", url, corpo, intestazioni, self.conto["ATTESA"]))

    def _accesso(self) -> dict[str, str]:
        utente, password = self.conto["UTENTE"], self.conto["PASSWORD"]
        if utente:
            return {"Authorization": "Basic " + base64.b64encode(f"{utente}:{password}".encode()).decode()}
        return {"Authorization": f"Bearer {password}"} if password else {}

    def _dati(self, r: Registrazione) -> dict[str, Any]:
        return {
            "riferimento": r.chiave,
            "registro_emergenza": {"numero": r.numero, "anno": r.anno, "data": r.data.isoformat()},
            "flusso": "entrata" if r.in_entrata else "uscita",
            "oggetto": r.oggetto,
            "corrispondente": r.corrispondente,
            "ente": {
                "denominazione": r.ente,
                "codice": self.conto["CODICE_ENTE"],
                "aoo": self.conto["AOO"],
                "ufficio": self.conto["UFFICIO"],
            },
            "titolario": self.conto["TITOLARIO"],
            "documento": {
                "nome": r.nome_file,
                "tipo": r.tipo,
                "sha256": r.impronta,
                "contenuto": base64.b64encode(r.contenuto).decode(),
            },
        }


def _leggi(risposta: Risposta) -> Ricevuta:
    if risposta.stato >= 500:
        raise EsitoIncerto(f"il servizio risponde {risposta.stato}")
    if risposta.stato not in (200, 201):
        raise NonRegistrato(f"il servizio rifiuta la registrazione ({risposta.stato})")
    try:
        dati = json.loads(risposta.corpo)
        numero, giorno = str(dati["numero"]).strip(), date.fromisoformat(dati["data"])
    except (ValueError, TypeError, KeyError) as errore:
        raise EsitoIncerto("risposta che non si capisce") from errore
    if not numero or len(numero) > 60:
        raise EsitoIncerto("la risposta non contiene un numero di protocollo")
    return Ricevuta(numero, giorno, {"numero": numero, "data": dati["data"]})
