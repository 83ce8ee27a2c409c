"""A series of meetings: drafts that share a code, convened together or one by one (R25)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Incontro, Rete
from reti.models.incontri import codice_opaco
from reti.ricorrenza import MASSIMO
from reti.services.incontri import convoca_incontro, crea_incontro, esigi_gestione
from reti.stati import StatoIncontro


def tempi(giorni: Iterable[date], dalle: time, alle: time) -> list[tuple[datetime, datetime]]:
    """Aware start and end on each day: the same local hour all year, whatever the clocks do."""
    fuso = timezone.get_current_timezone()
    return [(datetime.combine(g, dalle, fuso), datetime.combine(g, alle, fuso)) for g in giorni]


@transaction.atomic
def crea_serie(
    *, utente: Any, rete: Rete, giorni: Sequence[date], dalle: time, alle: time, titolo: str, **altro: Any
) -> list[Incontro]:
    """Create a draft for each day, all with one series' code; nobody is told.

    `altro`: as for `crea_incontro`. Raises PermissionDenied, Rifiuto (no day, more than MASSIMO,
    one in the past or twice, times reversed, a board of others).
    """
    esigi_gestione(utente)
    if rete.di_altri:
        raise Rifiuto(_("Le date le sceglie chi convoca: una serie si fa per i tavoli della Provincia."))
    if not 1 <= len(giorni) <= MASSIMO:
        raise Rifiuto(_("Scegli da 1 a %d date.") % MASSIMO)
    if len(set(giorni)) < len(giorni):
        raise Rifiuto(_("Una data è ripetuta: togline una."))
    if alle <= dalle:
        raise Rifiuto(_("La fine deve venire dopo l'inizio: correggi gli orari."))
    coppie = tempi(sorted(giorni), dalle, alle)
    if coppie[0][0] <= adesso():
        raise Rifiuto(_("La prima data è già passata: toglila o spostala in avanti."))
    codice = codice_opaco()
    incontri = [
        crea_incontro(utente=utente, rete=rete, titolo=titolo, inizio=inizio, fine=fine, serie=codice, **altro)
        for inizio, fine in coppie
    ]
    annota(utente, "serie.creata", incontri[0], serie=codice, incontri=len(incontri))
    return incontri


def convoca_serie(*, utente: Any, serie: str) -> tuple[list[Incontro], list[tuple[Incontro, str]]]:
    """Convene every draft of the series: those convened, and those refused with the reason.

    Each in a transaction of its own: one that can't be convened leaves the others be.
    Raises PermissionDenied.
    """
    esigi_gestione(utente)
    convocati, rifiutati = [], []
    for incontro in Incontro.objects.filter(serie=serie, stato=StatoIncontro.BOZZA).order_by("inizio"):
        try:
            convocati.append(convoca_incontro(utente=utente, incontro=incontro))
        except Rifiuto as rifiuto:
            rifiutati.append((incontro, " ".join(rifiuto.messages)))
    return convocati, rifiutati
