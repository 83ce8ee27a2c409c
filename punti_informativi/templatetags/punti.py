"""Addresses that a point's page offers: its own to send, and where to see it on a map."""

from urllib.parse import quote, urlencode

from django import template

from punti_informativi.models import PuntoInformativo
from punti_informativi.queries import indirizzi

register = template.Library()
register.filter("indirizzo_intero", indirizzi.indirizzo_intero)
MAPPA = "https://www.openstreetmap.org/"
INGRANDIMENTO = 17  # streets with their names


@register.filter
def mailto(punto: PuntoInformativo) -> str:
    """A mail that sends the page to somebody: no recipient yet."""
    dati = {"subject": punto.nome, "body": f"{punto.nome}\n{indirizzi.indirizzo_intero(punto)}"}
    return "mailto:?" + urlencode(dati, quote_via=quote)


@register.filter
def openstreetmap(punto: PuntoInformativo) -> str:
    """The place on OpenStreetMap: a plain address, nothing of it is loaded here."""
    sede = punto.sede
    if sede.approssimata:
        return f"{MAPPA}search?{urlencode({'query': f'{sede.indirizzo}, {sede.comune.nome}'})}"
    lat, lon = sede.posizione_pubblica
    return f"{MAPPA}?{urlencode({'mlat': lat, 'mlon': lon})}#map={INGRANDIMENTO}/{lat}/{lon}"
