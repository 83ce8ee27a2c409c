"""Weekly hours as an office writes them in a cell: «lun-ven 9:00-12:30, 14:00-17:00; sab 9-12 su appuntamento».

Pure. Strict: what isn't understood is refused, never guessed. Libraries for OpenStreetMap's `opening_hours` were left
out: they read English days, holidays, months and sunsets that our spells don't hold, and accept what we must refuse.
"""

import re
from collections.abc import Iterable
from datetime import time
from itertools import groupby

from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.parole import piega
from punti_informativi.orari import MEZZANOTTE, Fascia
from punti_informativi.turni import sovrapposizione

GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
INTERI = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
PER_ESEMPIO = "lun-ven 9:00-12:30, 14:00-17:00; sab 9:00-12:00 su appuntamento"
SU_APPUNTAMENTO = "su appuntamento"
_GRUPPO = re.compile(r"(?P<giorni>[a-z]+(?:\s*[-,]\s*[a-z]+)*)\s*:?\s+(?P<ore>.+)")
_ORE = re.compile(r"(?P<h1>\d{1,2})(?:[:.](?P<m1>\d{2}))?\s*-\s*(?P<h2>\d{1,2})(?:[:.](?P<m2>\d{2}))?")


def leggi_orari(testo: str) -> list[Fascia]:
    """The weekly spells that `testo` says, by day and hour; raises Rifiuto that quotes what can't be read."""
    piano = re.sub(r"[–—]", "-", piega(testo))
    fasce = [fascia for gruppo in re.split(r"[;\n]", piano) if gruppo.strip() for fascia in _gruppo(gruppo.strip())]
    if scontro := sovrapposizione(fasce):
        raise Rifiuto(scontro)
    return sorted(fasce, key=lambda f: (f.giorno, f.dalle))


def scrivi_orari(fasce: Iterable[Fascia]) -> str:
    """The same hours in the written form: days that follow each other and are alike together."""
    giorni = {
        g: ", ".join(_fascia(f) for f in righe) for g, righe in groupby(sorted(fasce, key=_ordine), lambda f: f.giorno)
    }
    gruppi: list[list[int]] = []
    for giorno, ore in giorni.items():
        if gruppi and gruppi[-1][-1] == giorno - 1 and giorni[giorno - 1] == ore:
            gruppi[-1].append(giorno)
        else:
            gruppi.append([giorno])
    return "; ".join(f"{_giorni(g)} {giorni[g[0]]}" for g in gruppi)


def _ordine(fascia: Fascia) -> tuple[int, time]:
    return fascia.giorno, fascia.dalle


def _fascia(fascia: Fascia) -> str:
    alle = "24:00" if fascia.alle == MEZZANOTTE else f"{fascia.alle:%H:%M}"
    return f"{fascia.dalle:%H:%M}-{alle}{f' {SU_APPUNTAMENTO}' if fascia.su_appuntamento else ''}"


def _giorni(giorni: list[int]) -> str:
    return GIORNI[giorni[0]] if len(giorni) == 1 else f"{GIORNI[giorni[0]]}-{GIORNI[giorni[-1]]}"


def _gruppo(testo: str) -> list[Fascia]:
    trovato = _GRUPPO.fullmatch(testo)
    if not trovato:
        raise Rifiuto(_("Non capisco «%(testo)s»: scrivi come «%(esempio)s».") % _dati(testo))
    giorni = [g for pezzo in trovato["giorni"].split(",") for g in _intervallo_di_giorni(pezzo.strip())]
    ore = trovato["ore"].strip()
    if ore == "chiuso":
        return []
    # «su appuntamento» holds for the spell that it follows.
    pezzi = [p.strip() for p in ore.split(",")]
    return [Fascia(g, *_ore(p)) for g in dict.fromkeys(giorni) for p in pezzi]


def _intervallo_di_giorni(testo: str) -> list[int]:
    estremi = [_giorno(g.strip()) for g in testo.split("-")]
    if len(estremi) > 2 or estremi[0] > estremi[-1]:
        raise Rifiuto(_("«%s» non è un intervallo di giorni: scrivi come «lun-ven».") % testo)
    return list(range(estremi[0], estremi[-1] + 1))


def _giorno(testo: str) -> int:
    for nomi in (GIORNI, INTERI):
        if testo in nomi:
            return nomi.index(testo)
    raise Rifiuto(_("«%(testo)s» non è un giorno: scrivi %(giorni)s.") % {"testo": testo, "giorni": ", ".join(GIORNI)})


def _ore(testo: str) -> tuple[time, time, bool]:
    solo_ore = testo.removesuffix(SU_APPUNTAMENTO).strip()
    if not solo_ore:
        frase = _("«%(testo)s» non dice le ore: scrivi come «sab 9:00-12:00 su appuntamento».")
        raise Rifiuto(frase % {"testo": testo})
    trovato = _ORE.fullmatch(solo_ore)
    if not trovato:
        raise Rifiuto(_("Non capisco «%(testo)s»: scrivi come «%(esempio)s».") % _dati(testo))
    dalle, alle = _ora(trovato["h1"], trovato["m1"]), _ora(trovato["h2"], trovato["m2"], fine=True)
    if alle <= dalle:
        raise Rifiuto(_("«%s»: la chiusura viene prima dell'apertura.") % solo_ore)
    return dalle, alle, solo_ore != testo


def _ora(ore: str, minuti: str | None, *, fine: bool = False) -> time:
    h, m = int(ore), int(minuti or 0)
    if fine and (h, m) == (24, 0):
        return MEZZANOTTE
    if h > 23 or m > 59:
        raise Rifiuto(_("«%s» non è un'ora: scrivi come 9:00 o 14:30.") % f"{ore}:{m:02d}")
    return time(h, m)


def _dati(testo: str) -> dict[str, str]:
    return {"testo": testo, "esempio": PER_ESEMPIO}
