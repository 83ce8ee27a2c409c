"""How many times the page of a point is opened: by day, never by whom (R35).

No cookie, no address, nothing kept of the request; the same line counts a few times in a day for one page
(punti_informativi.ripetute). Visits are gathered in memory and written together: a page never waits for it, and a
process that dies loses less than a minute of them.
"""

import atexit
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import Error, close_old_connections, transaction
from django.db.models import F

from core.orologio import oggi
from punti_informativi.models import Consultazioni, PuntoInformativo
from punti_informativi.ripetute import Ripetute

diario = logging.getLogger(__name__)
# Words with which programs name themselves; who says nothing is one too.
PROGRAMMI = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|check|headless|curl|wget|python|java/|go-http|httpclient|"
    r"axios|node|ruby|perl|php|libwww|facebookexternal|whatsapp|telegram",
    re.IGNORECASE,
)


class _Attesa:
    """Visits of this process that aren't written yet, and the timer that will."""

    def __init__(self) -> None:
        self.lucchetto = threading.Lock()
        self.visite: Counter[tuple[str, date]] = Counter()
        self.sveglia: threading.Timer | None = None

    def aggiungi(self, slug: str, giorno: date) -> None:
        with self.lucchetto:
            self.visite[slug, giorno] += 1
            if self.sveglia is None and settings.CONSULTAZIONI_SECONDI:
                self.sveglia = threading.Timer(settings.CONSULTAZIONI_SECONDI, scrivi_dal_timer)
                self.sveglia.daemon = True
                self.sveglia.start()

    def prendi(self) -> Counter[tuple[str, date]]:
        with self.lucchetto:
            visite, self.visite, self.sveglia = self.visite, Counter(), None
        return visite


_attesa = _Attesa()
_ripetute = Ripetute()


@lru_cache(maxsize=512)
def _e_un_programma(agente: str) -> bool:
    """Remembered for the names heard last, which say nothing of who bears them: browsers are few, pages many."""
    return PROGRAMMI.search(agente) is not None


def conta_visita(slug: str, agente: str, da: Callable[[], str] = str) -> None:
    """One visit to the page of `slug` by a browser that calls itself `agente`; programs aren't counted, nor what comes
    from the line that `da` says beyond CONSULTAZIONI_PER_INDIRIZZO in a day ("": not known, and not limited)."""
    if not agente or _e_un_programma(agente):
        return
    giorno = oggi()
    if not (rete := da()) or not _ripetute.troppe(rete, slug, giorno, settings.CONSULTAZIONI_PER_INDIRIZZO):
        _attesa.aggiungi(slug, giorno)
        if not settings.CONSULTAZIONI_SECONDI:
            scrivi_visite()


def scrivi_visite() -> int:
    """Write what this process has gathered; how many visits. A database that refuses loses them; the log says so."""
    visite = _attesa.prendi()
    try:
        with transaction.atomic():
            return _scrivi(visite) if visite else 0
    except Error:
        diario.exception("Visite non contate: %d", sum(visite.values()))
        return 0


@atexit.register
def scrivi_dal_timer() -> None:
    """As `scrivi_visite`, from a thread or an end of its own: it leaves no connection behind."""
    scrivi_visite()
    close_old_connections()


def _scrivi(visite: Counter[tuple[str, date]]) -> int:
    """One statement for each point and day; a slug that no point has counts for nothing."""
    punti = dict(PuntoInformativo.objects.filter(slug__in={s for s, _g in visite}).values_list("slug", "pk"))
    quante = 0
    for (slug, giorno), n in sorted(visite.items()):
        if punto := punti.get(slug):
            riga, nuova = Consultazioni.objects.get_or_create(punto_id=punto, giorno=giorno, defaults={"quante": n})
            if not nuova:
                Consultazioni.objects.filter(pk=riga.pk).update(quante=F("quante") + n)
            quante += n
    return quante
