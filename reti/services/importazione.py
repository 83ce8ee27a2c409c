"""Import of the register from CSV: good lines go in, bad ones are refused with their reason."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import deposito
from reti.importazione import interpreta, leggi
from reti.models import Accreditamento, Soggetto
from reti.services.soggetti import AGGIORNATO, INVARIATO, NUOVO, esigi_gestione, registra_soggetto
from reti.tabella_csv import RigaFile

RIFIUTATO = "rifiutato"


@dataclass(frozen=True)
class EsitoRiga:
    """What became of a line: `esito` nuovo, aggiornato, invariato or rifiutato (with `motivo`)."""

    numero: int
    esito: str
    nome: str
    motivo: str = ""


@dataclass
class Resoconto:
    righe: list[EsitoRiga] = field(default_factory=list)

    def conta(self, esito: str) -> int:
        return sum(riga.esito == esito for riga in self.righe)

    @property
    def conti(self) -> dict[str, int]:
        """Lines by outcome, always all four."""
        nomi = {NUOVO: "nuovi", AGGIORNATO: "aggiornati", INVARIATO: "invariati", RIFIUTATO: "rifiutati"}
        return {nome: self.conta(esito) for esito, nome in nomi.items()}

    def frase(self) -> str:
        """«nuovi 3, aggiornati 1, invariati 30, rifiutati 1»."""
        return ", ".join(f"{nome} {numero}" for nome, numero in self.conti.items())

    def da_leggere(self) -> list[EsitoRiga]:
        """The lines with those to correct first, then what changes, then the rest."""
        ordine = [RIFIUTATO, AGGIORNATO, NUOVO, INVARIATO]
        return sorted(self.righe, key=lambda riga: ordine.index(riga.esito))


@transaction.atomic
def importa_soggetti(*, utente: Any, contenuto: bytes, prova: bool = False) -> Resoconto:
    """Read a CSV and write each good line; with `prova` everything is tried and then undone.

    Raises Rifiuto when the file as a whole can't be used (nothing is written).
    """
    esigi_gestione(utente)
    resoconto, visti, scelte = Resoconto(), {}, scelte_ammesse()
    for riga in leggi(contenuto):
        resoconto.righe.append(_importa_riga(utente, riga, visti, scelte))
    if prova:
        transaction.set_rollback(True)
    return resoconto


def deposita(*, utente: Any, contenuto: bytes) -> str:
    """Keep the file that `utente` is about to confirm, in place of their former one; returns its fingerprint."""
    esigi_gestione(utente)
    return deposito.deposita(_nome_deposito(utente), contenuto)


def preleva(*, utente: Any, attesa: str) -> bytes:
    """The deposited file, when it still is the one that was previewed; it stays until `scarta`."""
    esigi_gestione(utente)
    return deposito.preleva(_nome_deposito(utente), attesa)


def scarta(*, utente: Any) -> None:
    deposito.scarta(_nome_deposito(utente))


def _nome_deposito(utente: Any) -> str:
    return f"importazioni/{utente.pk}.csv"


def scelte_ammesse() -> dict[str, dict[str, str]]:
    """Column → accepted text in lower case (value or label) → stored value."""
    elenchi = {"natura": Soggetto.Natura, "tipo": Soggetto.Tipo, "carattere": Accreditamento.Carattere}
    return {
        colonna: {testo.lower(): str(v) for v, etichetta in elenco.choices for testo in (str(v), str(etichetta))}
        for colonna, elenco in elenchi.items()
    }


def _importa_riga(utente: Any, riga: RigaFile, visti: dict[str, int], scelte: dict) -> EsitoRiga:
    nome = riga.celle.get("denominazione", "")
    try:
        dati = interpreta(riga, scelte)
        if dati.codice_fiscale in visti:
            raise ValidationError(f"Questo codice fiscale è già alla riga {visti[dati.codice_fiscale]} del file.")
        visti[dati.codice_fiscale] = riga.numero
        with transaction.atomic():
            esito = registra_soggetto(utente=utente, dati=dati).esito
    except ValidationError as errore:
        return EsitoRiga(riga.numero, RIFIUTATO, nome, " ".join(_frasi(errore)))
    return EsitoRiga(riga.numero, esito, nome)


def _frasi(errore: ValidationError) -> list[str]:
    """Each message once, with the name of its column where it has one."""
    if not hasattr(errore, "error_dict"):
        return list(dict.fromkeys(errore.messages))
    return [
        messaggio if campo == "__all__" or "«" in messaggio else f"{campo}: {messaggio}"
        for campo, messaggi in errore.message_dict.items()
        for messaggio in messaggi
    ]
