"""What is said of an information point, field by field: one description for the API, the files and their page.

Organisations and places, never persons. Times are wall-clock times of the place; 23:59 means midnight.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

ORA = r"^([01]\d|2[0-3]):[0-5]\d$"
Ora = Annotated[str, Field(pattern=ORA, examples=["09:00"])]
CodiceIstat = Annotated[str, Field(pattern=r"^\d{6}$", examples=["019036"])]


class Modello(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Accessibilita(StrEnum):
    """By wheelchair: alone, with help, not, not known."""

    COMPLETA = "completa"
    PARZIALE = "parziale"
    NO = "no"
    NON_NOTA = "non_nota"


class Voce(Modello):
    """Una voce degli elenchi della Provincia: un servizio, un gruppo di destinatari."""

    slug: str = Field(description="Identificativo stabile della voce.")
    nome: str


class Lingua(Modello):
    codice: str = Field(description="Codice ISO 639.", examples=["en"])
    nome: str = Field(description="Nome in italiano.", examples=["inglese"])


class ComuneBreve(Modello):
    codice_istat: CodiceIstat
    nome: str


class Ente(Modello):
    """Un soggetto della rete: un ente, mai una persona."""

    slug: str
    nome: str
    pagina: str = Field(description="Pagina del soggetto nel registro pubblico.")


class Indirizzo(Modello):
    via: str
    cap: str = Field(description="Vuoto quando non è noto.")
    comune: ComuneBreve


class Posizione(Modello):
    """WGS 84, gradi decimali: cinque cifre dopo il punto al massimo, tre quando è approssimata."""

    latitudine: float = Field(ge=-90, le=90)
    longitudine: float = Field(ge=-180, le=180)
    approssimata: bool = Field(description="Vero quando è il centro del comune.")


class Orario(Modello):
    """Una fascia della settimana."""

    giorno: int = Field(ge=1, le=7, description="1 è lunedì (ISO 8601).")
    dalle: Ora
    alle: Ora
    su_appuntamento: bool


class Eccezione(Modello):
    """Una chiusura, o un'apertura con i suoi orari, in ogni giorno dal primo all'ultimo."""

    dal: date
    al: date
    chiuso: bool
    dalle: Ora | None
    alle: Ora | None
    motivo: str


class Punto(Modello):
    """Un punto informativo che i cittadini trovano nell'elenco pubblico."""

    id: UUID = Field(description="Non cambia mai, nemmeno quando cambia l'indirizzo della pagina.")
    slug: str = Field(description="L'ultima parte dell'indirizzo della pagina.")
    nome: str
    descrizione: str = Field(description="Che cosa si può fare al punto.")
    cosa_portare: str
    come_arrivare: str
    ente: Ente = Field(description="Il soggetto che ospita il punto.")
    indirizzo: Indirizzo
    posizione: Posizione
    servizi: list[Voce]
    destinatari: list[Voce]
    lingue: list[Lingua] = Field(description="Lingue parlate.")
    comuni_serviti: list[ComuneBreve]
    accessibilita: Accessibilita = Field(description="In sedia a rotelle: da soli, con aiuto, no, non nota.")
    a_distanza: bool = Field(description="Aiuta anche per telefono, email o video.")
    solo_appuntamento: bool
    telefono: str
    email: str
    sito_web: str
    orari: list[Orario] = Field(description="Settimana normale. Vuoto: orari non noti, non «chiuso».")
    eccezioni: list[Eccezione] = Field(
        description="Da oggi in poi. Vincono su feste nazionali e patronali (chiuso), che vincono sulla settimana."
    )
    verificato_il: date | None = Field(description="Ultima conferma dei dati.")
    attivo_dal: date | None
    cpi_riferimento: str = Field(description="Centro per l'impiego di riferimento, o vuoto.")
    pagina: str
    calendario: str = Field(description="Aperture dei prossimi giorni in iCalendar.")
