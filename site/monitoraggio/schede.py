"""The sheet as a value: rows of phases and indicators on a day, and its canonical form.

Pure: built by monitoraggio.queries, drawn by the screens, written by the
exports, frozen by the services. The keys of `come_dict` are a contract with
scripts (docs/peg.md).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoraggio.semafori import Luce, Periodo

if TYPE_CHECKING:
    from monitoraggio.misure import Esito
    from monitoraggio.models import Fase, Indicatore, Obiettivo

CALCOLATO, INSERITO = "calcolato", "inserito"
ORIGINI: dict[str, str | Promise] = {CALCOLATO: _("Calcolato dai record"), INSERITO: _("Inserito a mano")}


def numero(valore: Decimal | None) -> int | float | None:
    """A value for JSON: an integer where it is one."""
    if valore is None:
        return None
    return int(valore) if valore == valore.to_integral_value() else float(valore)


def testo_numero(valore: Decimal | None) -> str:
    """A value for people: Italian decimal comma, "n.d." when it can't be determined."""
    semplice = numero(valore)
    return "n.d." if semplice is None else str(semplice).replace(".", ",")


@dataclass(frozen=True)
class RigaFase:
    """One phase on the day of the sheet: what happened later isn't there yet."""

    fase: "Fase"
    indicatori: list[str]
    inizio: date | None
    fine: date | None
    avanzamento: int | None
    luce: Luce

    def come_dict(self) -> dict[str, Any]:
        f = self.fase
        return {
            "codice": f.codice,
            "descrizione": f.descrizione,
            "indicatori": self.indicatori,
            "inizio_previsto": f.inizio_previsto.isoformat(),
            "inizio_effettivo": self.inizio.isoformat() if self.inizio else None,
            "fine_prevista": f.fine_prevista.isoformat(),
            "fine_effettiva": self.fine.isoformat() if self.fine else None,
            "avanzamento_percento": self.avanzamento,
            "rispetto_dei_tempi": self.luce.colore.value,
        }


@dataclass(frozen=True)
class RigaIndicatore:
    """One indicator on the day of the sheet, with the records behind its value."""

    indicatore: "Indicatore"
    esito: "Esito"
    luce: Luce
    periodo: Periodo
    record: int

    @property
    def valore(self) -> Decimal | None:
        return self.esito.valore

    @property
    def origine(self) -> str:
        return CALCOLATO if self.indicatore.misura else INSERITO

    @property
    def origine_testo(self) -> str | Promise:
        return ORIGINI[self.origine]

    @property
    def raggiunto_testo(self) -> str:
        return testo_numero(self.valore)

    @property
    def previsto_testo(self) -> str:
        return testo_numero(self.indicatore.previsto)

    @property
    def barra(self) -> int:
        """Reached against expected for the picture: percent of the expected value, from 0 to 100."""
        if not self.valore or not self.indicatore.previsto:
            return 0
        return min(int(100 * self.valore / self.indicatore.previsto), 100)

    def come_dict(self) -> dict[str, Any]:
        i = self.indicatore
        return {
            "codice": i.codice,
            "descrizione": i.descrizione,
            "tipo": i.tipo or None,
            "previsto": numero(i.previsto),
            "raggiunto": numero(self.valore),
            "semaforo": self.luce.colore.value,
            "origine": self.origine,
            "record": self.record,
        }


@dataclass(frozen=True)
class Scheda:
    """A whole sheet as of `al`; `definitiva` when its year is over."""

    obiettivo: "Obiettivo"
    al: date
    fasi: list[RigaFase]
    indicatori: list[RigaIndicatore]
    definitiva: bool = field(default=False)

    def riga(self, codice: str) -> RigaIndicatore:
        return next(r for r in self.indicatori if r.indicatore.codice == codice)

    def come_dict(self) -> dict[str, Any]:
        """The keys of the source file, plus `origine` and `record` of each indicator."""
        o = self.obiettivo
        return {
            "source": o.fonte or None,
            "obiettivo": o.codice,
            "titolo": o.titolo,
            "centro_di_responsabilita": o.centro_di_responsabilita,
            "fasi": [f.come_dict() for f in self.fasi],
            "indicatori": [i.come_dict() for i in self.indicatori],
        }


def canonico(contenuto: dict[str, Any]) -> str:
    """The one text of a content: sorted keys, no spaces, UTF-8 letters as they are."""
    return json.dumps(contenuto, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def impronta_scheda(contenuto: dict[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonico(contenuto).encode()).hexdigest()


@dataclass(frozen=True)
class Differenza:
    """One figure that was and is no longer the same."""

    parte: str
    codice: str
    campo: str
    prima: Any
    dopo: Any


def differenze(prima: dict[str, Any], dopo: dict[str, Any]) -> list[Differenza]:
    """What changed between two sheets, in the order of the sheet (R52); a missing row reads as None."""
    trovate = [
        Differenza("scheda", "", campo, prima.get(campo), dopo.get(campo))
        for campo in ("titolo", "centro_di_responsabilita")
        if prima.get(campo) != dopo.get(campo)
    ]
    for parte in ("fasi", "indicatori"):
        trovate += _differenze_righe(parte, prima.get(parte, []), dopo.get(parte, []))
    return trovate


def _differenze_righe(parte: str, prima: list[dict], dopo: list[dict]) -> Iterator[Differenza]:
    vecchie, nuove = ({r["codice"]: r for r in righe} for righe in (prima, dopo))
    for codice in dict.fromkeys([*vecchie, *nuove]):
        vecchia, nuova = vecchie.get(codice, {}), nuove.get(codice, {})
        for campo in dict.fromkeys([*vecchia, *nuova]):
            if vecchia.get(campo) != nuova.get(campo):
                yield Differenza(parte, codice, campo, vecchia.get(campo), nuova.get(campo))
