"""A line of the CSV of points read as data. No database: what is known comes with `Elenchi`.

An empty cell leaves what is there, «-» empties it. The key is `codice`, the Province's own; a point that has none
yet is found by `indirizzo_web`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process

from core.errori import Rifiuto
from core.parole import parole
from punti_informativi.colonne import COLONNE, Colonna
from punti_informativi.orari_scritti import leggi_orari
from reti.tabella_csv import RigaFile

VUOTA = "-"
SIMILE = 75  # percent of likeness from which a name is suggested
GRADI_MASSIMI = 0.5  # of a position from the centre of its comune: about 50 km
_SEPARATORI = re.compile(r"[|;\n]")
_SI_NO = {"si": True, "x": True, "1": True, "vero": True, "no": False, "0": False, "falso": False}


@dataclass(frozen=True)
class Elenchi:
    """What cells may name: by column, from the words that are accepted (`chiave`) to the rows they mean."""

    voci: Mapping[str, Mapping[str, tuple[Any, ...]]]
    scelte: Mapping[str, str]


@dataclass
class DatiPunto:
    """A line understood: `valori` by field of the point, `sede` of its seat; what the line doesn't say is absent."""

    codice: str
    slug: str = ""
    ospite: Any = None
    valori: dict[str, Any] = field(default_factory=dict)
    sede: dict[str, Any] = field(default_factory=dict)


def chiave(testo: str) -> str:
    """A name as it is compared: case, accents, dots and spaces don't count."""
    return " ".join(parole(testo))


def interpreta(riga: RigaFile, elenchi: Elenchi) -> DatiPunto:
    """The line as data. Raises Rifiuto with every reason found, each with its column."""
    if riga.errore:
        raise Rifiuto(riga.errore)
    errori: list[str] = []
    dati = DatiPunto(riga.celle["codice"], riga.celle.get("indirizzo_web", "").lower())
    if not dati.codice or dati.codice == VUOTA:
        errori.append(_("«codice»: manca, scrivi il codice che usi per questo punto."))
    for colonna in COLONNE:
        cella = riga.celle.get(colonna.nome, "")
        if colonna.campo and cella:
            _prova(
                errori, colonna.nome, lambda c=colonna, t=cella: dati.valori.update({c.campo: _leggi(c, t, elenchi)})
            )
    if ospite := riga.celle.get("ospite"):
        _prova(errori, "ospite", lambda: setattr(dati, "ospite", _ospite(ospite, elenchi)))
    _sede(riga.celle, dati, elenchi, errori)
    if errori:
        raise Rifiuto(errori)
    return dati


def _prova(errori: list[str], colonna: str, leggi: Callable[[], None]) -> None:
    try:
        leggi()
    except Rifiuto as rifiuto:
        errori += [f"«{colonna}»: {frase}" for frase in rifiuto.messages]


def _leggi(colonna: Colonna, cella: str, elenchi: Elenchi) -> Any:
    vuota = cella == VUOTA
    if colonna.lettura == "lista":
        pezzi = [] if vuota else [p.strip() for p in _SEPARATORI.split(cella) if p.strip()]
        trovati = {v.pk: v for p in pezzi for v in [_voce(colonna.nome, p, elenchi)]}
        return [trovati[pk] for pk in sorted(trovati)]
    if colonna.lettura == "orari":
        return [] if vuota else leggi_orari(cella)
    if colonna.lettura == "si_no":
        return _si_no(cella)
    if colonna.lettura == "scelta":
        return _scelta(cella, elenchi)
    if colonna.lettura == "cpi":
        return None if vuota else _voce("cpi", cella, elenchi)
    if vuota:
        return ""
    testo = cella.replace("\r\n", "\n").strip()
    return f"https://{testo}" if colonna.lettura == "sito" and "://" not in testo else testo


def _si_no(cella: str) -> bool:
    if (letto := _SI_NO.get(chiave(cella))) is None:
        raise Rifiuto(_("«%s» non va bene: scrivi sì o no.") % cella)
    return letto


def _scelta(cella: str, elenchi: Elenchi) -> str:
    if (letta := elenchi.scelte.get(chiave(cella))) is None:
        raise Rifiuto(_("«%s» non va bene: scrivi completa, parziale, no oppure non_nota.") % cella)
    return letta


def _voce(colonna: str, testo: str, elenchi: Elenchi) -> Any:
    """The one row that `testo` names."""
    noti = elenchi.voci[colonna]
    trovate = noti.get(chiave(testo), ())
    if len(trovate) == 1:
        return trovate[0]
    if trovate:
        raise Rifiuto(_("«%s» è il nome di più voci: scrivi il codice.") % testo)
    raise Rifiuto(_("«%(testo)s» non è nell'elenco%(simile)s.") % {"testo": testo, "simile": _simile(testo, noti)})


def _ospite(testo: str, elenchi: Elenchi) -> Any:
    noti = elenchi.voci["ospite"]
    trovati = noti.get(chiave(testo), ())
    if len(trovati) == 1:
        return trovati[0]
    if trovati:
        raise Rifiuto(_("più soggetti si chiamano «%s»: scrivi il codice fiscale.") % testo)
    frase = _(
        "«%(testo)s» non è nel registro dei soggetti%(simile)s. "
        "Correggi, oppure registralo prima (Rete → Soggetti → Importa CSV) e carica di nuovo questo file."
    )
    raise Rifiuto(frase % {"testo": testo, "simile": _simile(testo, noti)})


def _simile(testo: str, noti: Mapping[str, tuple[Any, ...]]) -> str:
    vicino = process.extractOne(chiave(testo), noti.keys(), score_cutoff=SIMILE)
    return _(" (forse «%s»?)") % noti[vicino[0]][0] if vicino else ""


def _sede(celle: Mapping[str, str], dati: DatiPunto, elenchi: Elenchi, errori: list[str]) -> None:
    for campo in ("indirizzo", "cap"):
        if testo := celle.get(campo, ""):
            dati.sede[campo] = "" if testo == VUOTA and campo == "cap" else testo
    if comune := celle.get("comune"):
        _prova(errori, "comune", lambda: dati.sede.update(comune=_voce("comune", comune, elenchi)))
    lat, lon = (celle.get(c, "") for c in ("lat", "lon"))
    if not (lat or lon):
        return
    if lat == lon == VUOTA:
        dati.sede |= {"lat": None, "lon": None}
        return
    gradi = {c: _gradi(t) for c, t in (("lat", lat), ("lon", lon))}
    if None in gradi.values():
        errori.append(_("«lat», «lon»: scrivi tutti e due in gradi, per esempio 45.363 e 9.686."))
    elif (c := dati.sede.get("comune")) and not _vicini(gradi, c):
        errori.append(_("«lat», «lon»: sono lontani da %s. Forse sono scambiati?") % c)
    else:
        dati.sede |= gradi


def _gradi(testo: str) -> float | None:
    try:
        valore = float(testo.replace(",", "."))
    except ValueError:
        return None
    return valore if -180 <= valore <= 180 else None


def _vicini(gradi: Mapping[str, float | None], comune: Any) -> bool:
    return all(abs(gradi[c] - getattr(comune, c)) <= GRADI_MASSIMI for c in ("lat", "lon"))
