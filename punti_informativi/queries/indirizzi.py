"""What the address of a point answers: its page, the one that took its place, the open points near one that ended."""

from django.conf import settings

from core.lingue import con_traduzioni
from punti_informativi.models import IndirizzoPrecedente, PuntoInformativo
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.queries.elenco import Filtri, per_la_lista, punti_trovati
from punti_informativi.stati import StatoPunto

VICINI = 3
LISTE = ("servizi", "destinatari", "lingue", "comuni_serviti", "verifiche")
CON_UNA_PAGINA = (StatoPunto.ATTIVO, StatoPunto.SOSPESO, StatoPunto.CESSATO)


def con_una_pagina() -> PuntoQuerySet:
    """Points that citizens have known: those that are or were open."""
    return PuntoInformativo.objects.filter(stato__in=CON_UNA_PAGINA, attivo_dal__isnull=False)


def per_la_pagina() -> PuntoQuerySet:
    """The same with all that the page shows, in a fixed number of queries."""
    punti = con_una_pagina().con_orari().select_related("cpi_riferimento").prefetch_related(*LISTE)
    return con_traduzioni(punti, "traduzioni", "servizi__traduzioni", "destinatari__traduzioni")


def indirizzo_attuale(slug: str) -> str:
    """The present slug of the point that had `slug` once; "" when none had it, or it has no page."""
    trovati = con_una_pagina().filter(pk__in=IndirizzoPrecedente.objects.filter(slug=slug).values("punto"))
    return trovati.values_list("slug", flat=True).first() or ""


def successore(punto: PuntoInformativo) -> PuntoInformativo | None:
    """The open point at the end of the chain of replacements of one that ended; None when the chain ends nowhere."""
    visti: set[int] = set()
    while punto.stato == StatoPunto.CESSATO and punto.sostituito_da_id and punto.pk not in visti:
        visti.add(punto.pk)
        punto = punto.sostituito_da
    return punto if visti and punto.stato != StatoPunto.CESSATO and punto.live else None


def vicini_a(punto: PuntoInformativo) -> PuntoQuerySet:
    """The nearest public points, as the list shows them; from the comune's centre where the place isn't known."""
    return per_la_lista(punti_trovati(Filtri(vicino=punto.sede.posizione)))[:VICINI]


def indirizzo_intero(punto: PuntoInformativo) -> str:
    """The address to write on paper and to send, in the language in use."""
    return settings.INDIRIZZO_PUBBLICO + punto.get_absolute_url()
