"""The agenda: written as text, one item a line, kept as items that have an outcome of their own."""

import re

from reti.models import Incontro, PuntoOdg
from reti.queries.decisioni import ordine_iniziale

NUMERAZIONE = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*–])\s+")


def titoli(testo: str) -> list[str]:
    """The items of a text, one a line, without the numbers or dashes that one types out of habit."""
    righe = (NUMERAZIONE.sub("", riga).strip() for riga in testo.splitlines())
    return [riga[:300] for riga in righe if riga]


def scrivi_ordine_del_giorno(incontro: Incontro, testo: str) -> bool:
    """Make the items of `incontro` those of `testo`; an item whose words stay keeps what was recorded of it.

    An item that takes up an open decision of the board, as proposed, is tied to it.
    True when something changed. To be called with the meeting's row locked, or just created.
    """
    voluti = titoli(testo)
    attuali = list(incontro.punti.all())
    if voluti == [punto.titolo for punto in attuali]:
        return False
    liberi = {punto.titolo: punto for punto in reversed(attuali)}
    riprese = {p.titolo: p.decisione for p in ordine_iniziale(incontro.rete)} if set(voluti) - set(liberi) else {}
    tenuti = set()
    for ordine, titolo in enumerate(voluti, 1):
        punto = liberi.pop(titolo, None)
        punto = punto or PuntoOdg(incontro=incontro, titolo=titolo, decisione=riprese.get(titolo))
        punto.ordine = ordine
        punto.full_clean()
        punto.save()
        tenuti.add(punto.pk)
    incontro.punti.exclude(pk__in=tenuti).delete()
    return True
