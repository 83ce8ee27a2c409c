"""What the API says beyond the points, and how it pages and refuses."""

from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import Field

from dati_aperti.schemi import CodiceIstat, ComuneBreve, Ente, Modello, Voce

T = TypeVar("T")


class Pagina(Modello, Generic[T]):
    """Una pagina di un elenco. `successiva` e `precedente` sono indirizzi interi, o null."""

    totale: int = Field(description="Quanti risultati in tutto.")
    pagina: int
    pagine: int = Field(description="Almeno 1, anche quando non c'è nessun risultato.")
    per_pagina: int
    precedente: str | None
    successiva: str | None
    risultati: list[T]


class Servizio(Modello):
    """Una cosa che si può fare a un punto."""

    slug: str = Field(description="Da usare nel filtro «servizio» dei punti.")
    nome: str
    descrizione: str
    punti: int = Field(description="Punti pubblici che lo offrono.")


class Comune(Modello):
    codice_istat: CodiceIstat
    codice_catastale: str
    nome: str
    ambito: str
    latitudine: float = Field(description="Centro del comune, gradi WGS 84.")
    longitudine: float
    punti: int = Field(description="Punti pubblici nel comune.")


class Fase(StrEnum):
    """Open now, not yet, no more."""

    APERTO = "aperto"
    IN_ARRIVO = "in-arrivo"
    CHIUSO = "chiuso"


class Avviso(Modello):
    slug: str
    titolo: str
    sommario: str
    tipo: Voce = Field(description="Tipo di accordo che ne nasce.")
    atto: str = Field(description="Atto che lo approva.")
    apre: datetime
    chiude: datetime
    fase: Fase
    destinatari: list[str]
    pagina: str


class Parte(Modello):
    nome: str
    codice_fiscale: str = Field(description="Vuoto per le ditte individuali: è il codice di una persona.")
    fino_al: date | None = Field(description="Ultimo giorno in cui è obbligata, se è receduta.")


class Accordo(Modello):
    """Un accordo del registro pubblico."""

    codice: str
    codice_verifica: str
    oggetto: str
    tipo: Voce
    parti: list[Parte]
    atto: str
    sottoscritto_il: date
    protocollo: str = Field(description="Numero e anno, o vuoto.")
    efficace_dal: date | None
    scade_il: date | None
    stato: Voce = Field(description="Lo stato di oggi.")
    pagina: str


class Tavolo(Modello):
    slug: str
    nome: str
    tipo: Voce
    descrizione: str
    convocato_da: Ente
    dal: date
    al: date | None
    pagina: str
    calendario: str = Field(description="Gli incontri in iCalendar.")


class Incontro(Modello):
    """Un incontro convocato o svolto: quando e dove, nient'altro. I nomi delle persone non ci sono."""

    titolo: str
    inizio: datetime
    fine: datetime
    luogo: str = Field(description="Vuoto per gli incontri da remoto.")


class Errore(Modello):
    parametro: str
    messaggio: str


class Problema(Modello):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errori: list[Errore] = Field(description="I parametri da correggere.")


__all__ = [
    "Accordo", "Avviso", "Comune", "ComuneBreve", "Errore", "Fase", "Incontro", "Pagina", "Parte", "Problema",
    "Servizio", "Tavolo",
]  # fmt: skip
