"""The CSV of soggetti: read and interpret, with no database (docs/dati-soggetti.md).

One row per soggetto; the key is the fiscal code. The same columns come out of
the export and go into the import, so that a file exported and imported again
changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core.errori import Rifiuto
from reti.tabella_csv import RigaFile, leggi_tabella

REGISTRI = ("lavoro", "formazione")
CAMPI_SOGGETTO = (
    "denominazione",
    "natura",
    "tipo",
    "partita_iva",
    "codice_ipa",
    "pec",
    "email",
    "telefono",
    "sito_web",
)
CAMPI_SEDE = ("sede", "indirizzo", "cap", "comune", "lat", "lon")
CAMPI_REGISTRO = ("numero", "carattere", "dal", "al")
COLONNE = (
    "codice_fiscale",
    *CAMPI_SOGGETTO,
    "slug",
    *CAMPI_SEDE,
    *(f"{registro}_{campo}" for registro in REGISTRI for campo in CAMPI_REGISTRO),
)
OBBLIGATORIE = ("codice_fiscale", "denominazione", "natura", "tipo")


@dataclass
class DatiSede:
    """`comune` as written: ISTAT code or name. Coordinates in degrees, both or neither."""

    nome: str
    indirizzo: str
    comune: str
    altri: dict[str, object] = field(default_factory=dict)


@dataclass
class DatiAccreditamento:
    registro: str
    numero: str
    dal: date
    altri: dict[str, object] = field(default_factory=dict)


@dataclass
class DatiSoggetto:
    """What a row says; a column that the file doesn't have is absent from `campi` and leaves the record alone."""

    codice_fiscale: str
    campi: dict[str, str]
    slug: str = ""
    sede: DatiSede | None = None
    accreditamenti: list[DatiAccreditamento] = field(default_factory=list)


def leggi(contenuto: bytes) -> list[RigaFile]:
    """Rows of the file; raises Rifiuto when the whole of it is unusable."""
    return leggi_tabella(contenuto, COLONNE, OBBLIGATORIE)


def interpreta(riga: RigaFile, scelte: Mapping[str, Mapping[str, str]]) -> DatiSoggetto:
    """The row as data; `scelte` maps column → {accepted text in lower case: stored value}.

    Raises Rifiuto with every reason found in this row.
    """
    if riga.errore:
        raise Rifiuto(riga.errore)
    celle, errori = riga.celle, []
    errori += [f"Manca «{c}»." for c in OBBLIGATORIE if not celle[c]]
    campi = {c: celle[c] for c in CAMPI_SOGGETTO if c in celle}
    for colonna in ("natura", "tipo"):
        valore = scelte[colonna].get(campi[colonna].lower())
        if campi[colonna] and valore is None:
            errori.append(f"«{colonna}» non può essere «{campi[colonna]}»: usa uno dei valori previsti.")
        campi[colonna] = valore or ""
    if "partita_iva" in campi:
        campi["partita_iva"] = campi["partita_iva"].replace(" ", "")
    codice = celle["codice_fiscale"].replace(" ", "").upper()
    if codice.isdigit() and len(codice) < 11:
        errori.append(f"Il codice fiscale «{codice}» ha {len(codice)} cifre e non 11: forse manca lo zero iniziale.")
    sede = _sede(celle, errori)
    accreditamenti = [a for a in (_accreditamento(celle, r, scelte["carattere"], errori) for r in REGISTRI) if a]
    if errori:
        raise Rifiuto(errori)
    return DatiSoggetto(codice, campi, celle.get("slug", "").lower(), sede, accreditamenti)


def _sede(celle: Mapping[str, str], errori: list[str]) -> DatiSede | None:
    presenti = {c: celle.get(c, "") for c in CAMPI_SEDE}
    if not any(presenti.values()):
        return None
    if not presenti["indirizzo"] or not presenti["comune"]:
        errori.append("Per la sede servono indirizzo e comune.")
    altri: dict[str, object] = {"cap": presenti["cap"]} if "cap" in celle else {}
    for colonna, limite in (("lat", 90), ("lon", 180)):
        if colonna in celle:
            altri[colonna] = _gradi(presenti[colonna], colonna, limite, errori)
    return DatiSede(presenti["sede"] or "Sede principale", presenti["indirizzo"], presenti["comune"], altri)


def _gradi(testo: str, colonna: str, limite: int, errori: list[str]) -> float | None:
    if not testo:
        return None
    try:
        valore = float(testo.replace(",", "."))
    except ValueError:
        valore = float("nan")
    if not -limite <= valore <= limite:
        errori.append(f"«{colonna}» deve essere in gradi, per esempio 45.133: «{testo}» non va bene.")
        return None
    return valore


def _accreditamento(
    celle: Mapping[str, str], registro: str, caratteri: Mapping[str, str], errori: list[str]
) -> DatiAccreditamento | None:
    numero, carattere, dal, al = (celle.get(f"{registro}_{c}", "") for c in CAMPI_REGISTRO)
    if not (numero or carattere or dal or al):
        return None
    inizio, fine = (_data(t, f"{registro}_{c}", errori) for t, c in ((dal, "dal"), (al, "al")))
    if not numero or not dal:
        errori.append(f"Per l'accreditamento «{registro}» servono numero e data di inizio.")
    altri: dict[str, object] = {"al": fine} if f"{registro}_al" in celle else {}
    if carattere:
        altri["carattere"] = caratteri.get(carattere.lower(), "")
        if not altri["carattere"]:
            errori.append(f"«{registro}_carattere» può essere provvisorio o definitivo, non «{carattere}».")
    return DatiAccreditamento(registro, numero, inizio or date.min, altri)


def _data(testo: str, colonna: str, errori: list[str]) -> date | None:
    if not testo:
        return None
    for formato in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(testo, formato).date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            continue
    errori.append(f"«{colonna}» deve essere una data come 2023-05-31 o 31/05/2023: «{testo}» non va bene.")
    return None
