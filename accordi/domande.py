"""The questions of a call and their answers, by type. No database.

An answer is kept as it was typed (a text, or a list of texts where several choices
are allowed), so that a draft loses nothing; `leggi` says what it means or what is
wrong with it, `in_parole` how it is printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Grezzo = str | list[str]
MASSIMO = {"testo_breve": 300, "testo_lungo": 8000}
# Hard limit on what a draft keeps of one answer, in characters: beyond any question's own.
MASSIMO_BOZZA = 20_000
IMPORTO_MASSIMO = Decimal(10) ** 10
_NUMERO = re.compile(r"-?(\d{1,9}|\d{1,3}(\.\d{3}){1,2})")
_EURO_ITALIANO = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
_EURO_INGLESE = re.compile(r"\d+\.\d{1,2}")


@dataclass(frozen=True)
class Domanda:
    """One question; `id` is the block's own, under which the answer is kept."""

    id: str
    tipo: str
    testo: str
    aiuto: str = ""
    obbligatoria: bool = True
    scelte: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sezione:
    """Questions under one title; the first may have none."""

    titolo: str
    domande: tuple[Domanda, ...]


def sezioni(blocchi: Iterable[Any]) -> list[Sezione]:
    """The form of a call, from its StreamField; sections without questions are left out."""
    gruppi: list[tuple[str, list[Domanda]]] = [("", [])]
    for blocco in blocchi:
        if blocco.block_type == "titolo":
            gruppi.append((str(blocco.value), []))
        else:
            gruppi[-1][1].append(_domanda(blocco))
    return [Sezione(titolo, tuple(domande)) for titolo, domande in gruppi if domande]


def domande_di(blocchi: Iterable[Any]) -> list[Domanda]:
    """Every question of a call, in order."""
    return [domanda for sezione in sezioni(blocchi) for domanda in sezione.domande]


def _domanda(blocco: Any) -> Domanda:
    valore = blocco.value
    return Domanda(
        id=str(blocco.id),
        tipo=blocco.block_type,
        testo=valore["domanda"],
        aiuto=valore.get("aiuto") or "",
        obbligatoria=bool(valore.get("obbligatoria")),
        scelte=tuple(valore.get("scelte") or ()),
    )


def ripulisci_testo(testo: str) -> str:
    """`testo` without what no database keeps (NUL, half characters), cut at the draft's limit."""
    return testo[:MASSIMO_BOZZA].replace("\x00", "").encode("utf-8", "ignore").decode()


def pulisci(domande: Iterable[Domanda], dati: Mapping[str, Any]) -> dict[str, Grezzo]:
    """Of `dati` only the answers to these questions, of the right shape; the rest is dropped."""
    puliti: dict[str, Grezzo] = {}
    for domanda in domande:
        valore = dati.get(domanda.id)
        if domanda.tipo == "piu_scelte" and isinstance(valore, list):
            scelte = [ripulisci_testo(v) for v in valore[: len(domanda.scelte)] if isinstance(v, str)]
            puliti[domanda.id] = list(dict.fromkeys(scelte))
        elif domanda.tipo != "piu_scelte" and isinstance(valore, str):
            puliti[domanda.id] = ripulisci_testo(valore)
    return puliti


def vuota(grezzo: Any) -> bool:
    return not (grezzo.strip() if isinstance(grezzo, str) else grezzo)


def leggi(domanda: Domanda, grezzo: Grezzo) -> Any:
    """The value of an answer that isn't empty; ValidationError with what to do when it can't be read."""
    if domanda.tipo == "piu_scelte":
        if set(grezzo) - set(domanda.scelte):
            raise ValidationError(_("Una delle risposte non è più tra le scelte: scegli di nuovo."))
        return list(grezzo)
    return _LETTORI[domanda.tipo](domanda, str(grezzo).strip())


def _testo(domanda: Domanda, testo: str) -> str:
    massimo = MASSIMO[domanda.tipo]
    if len(testo) > massimo:
        raise ValidationError(
            _("La risposta ha %(n)d caratteri e ne può avere %(massimo)d: accorciala.")
            % {"n": len(testo), "massimo": massimo}
        )
    return testo


def _numero(domanda: Domanda, testo: str) -> int:
    if not _NUMERO.fullmatch(testo):
        raise ValidationError(_("Scrivi un numero intero, in cifre e senza decimali: per esempio 12."))
    return int(testo.replace(".", ""))


def _importo(domanda: Domanda, testo: str) -> Decimal:
    """Euro with comma or point: «1.234,50», «1234.5»; a point before three digits divides the thousands."""
    cifre = testo.replace("€", "").replace(" ", "").replace("\xa0", "")
    if _EURO_ITALIANO.fullmatch(cifre):
        cifre = cifre.replace(".", "").replace(",", ".")
    elif not _EURO_INGLESE.fullmatch(cifre):
        raise ValidationError(_("Scrivi un importo in euro, con due decimali al massimo: per esempio 1.234,50."))
    if Decimal(cifre) >= IMPORTO_MASSIMO:
        raise ValidationError(_("L'importo è troppo grande: controlla le cifre."))
    return Decimal(cifre)


def _data(domanda: Domanda, testo: str) -> date:
    for formato in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(testo, formato).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise ValidationError(_("Scrivi una data che esiste, come giorno/mese/anno: per esempio 31/03/2026."))


def _scelta(domanda: Domanda, testo: str) -> str:
    scelte = ("si", "no") if domanda.tipo == "si_no" else domanda.scelte
    if testo not in scelte:
        raise ValidationError(_("La risposta non è più tra le scelte: scegli di nuovo."))
    return testo


_LETTORI = {
    "testo_breve": _testo,
    "testo_lungo": _testo,
    "numero": _numero,
    "importo": _importo,
    "data": _data,
    "si_no": _scelta,
    "scelta": _scelta,
}


def in_parole(domanda: Domanda, grezzo: Grezzo | None) -> str:
    """An answer as it is printed; what can't be read is printed as it was typed."""
    if grezzo is None or vuota(grezzo):
        return ""
    try:
        valore = leggi(domanda, grezzo)
    except ValidationError:
        return "; ".join(grezzo) if isinstance(grezzo, list) else grezzo
    match domanda.tipo:
        case "importo":
            return f"{valore:,.2f} €".translate(str.maketrans(",.", ".,"))
        case "numero":
            return f"{valore:,}".replace(",", ".")
        case "data":
            return f"{valore:%d/%m/%Y}"
        case "si_no":
            return _("sì") if valore == "si" else _("no")
        case "piu_scelte":
            return "; ".join(valore)
    return valore


def mancanze(domande: Iterable[Domanda], risposte: Mapping[str, Grezzo]) -> Iterator[str]:
    """What keeps the answers from being presented, one sentence each."""
    for domanda in domande:
        grezzo = risposte.get(domanda.id, "")
        if vuota(grezzo):
            if domanda.obbligatoria:
                yield _("Rispondi alla domanda «%s».") % domanda.testo
            continue
        try:
            leggi(domanda, grezzo)
        except ValidationError as errore:
            yield _("Correggi la risposta a «%(domanda)s»: %(errore)s") % {
                "domanda": domanda.testo,
                "errore": errore.messages[0][:1].lower() + errore.messages[0][1:],
            }
