"""Calendars to subscribe to: the text behind a secret address, and a public board's (R20)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Installazione
from reti.feed import feed as scrivi
from reti.models import Rete
from reti.queries.feed import Feed, feed_di, feed_pubblico, versione, voci
from reti.services.inviti import organizzatore
from reti.views.tentativi import conta_tentativo, troppi_tentativi

TESTO = "text/plain; charset=utf-8"


def _consegna(request: HttpRequest, feed: Feed, cache_control: str) -> HttpResponse:
    """304 when the reader has this version already, else the text.

    If-Modified-Since alone is answered with the text: a meeting that leaves the
    calendar changes it without any row being newer.
    """
    ufficio = organizzatore(Installazione.corrente())
    etag, ultimo = versione(feed, ufficio)
    risposta = get_conditional_response(request, etag=etag)
    if risposta is None:
        risposta = HttpResponse(scrivi(feed.nome, voci(feed, ufficio)), content_type="text/calendar; charset=utf-8")
        risposta["Content-Disposition"] = 'inline; filename="raccordo.ics"'
    risposta["ETag"] = etag
    if ultimo:
        risposta["Last-Modified"] = http_date(ultimo.timestamp())
    risposta["Cache-Control"] = cache_control
    return risposta


@require_safe
def segreto(request: HttpRequest, gettone: str) -> HttpResponse:
    """A calendar by its secret address, without signing in; 404 when unknown, revoked or no longer of right.

    A right address always opens, whatever others of the same office tried.
    """
    feed = feed_di(gettone)
    if feed is None:
        return indirizzo_ignoto(request)
    risposta = _consegna(request, feed, "private, no-cache")
    risposta["X-Robots-Tag"] = "noindex"
    risposta["Referrer-Policy"] = "no-referrer"
    return risposta


def indirizzo_ignoto(request: HttpRequest) -> HttpResponse:
    """In plain text: a program reads it, and comes back every hour."""
    if troppi_tentativi(request):
        intestazioni = {"Retry-After": str(settings.TENTATIVI_GETTONE_SECONDI)}
        frase = _("Troppi indirizzi sconosciuti: riprova fra qualche minuto.")
        return HttpResponse(frase, status=429, content_type=TESTO, headers=intestazioni)
    conta_tentativo(request)
    frase = _("Questo calendario non c'è: l'indirizzo è sbagliato o è stato revocato. Creane uno nuovo in Raccordo.")
    return HttpResponse(frase, status=404, content_type=TESTO, headers={"Cache-Control": "private, no-store"})


@require_safe
def pubblico(request: HttpRequest, slug: str) -> HttpResponse:
    """A public board's calendar: when and where it meets, for anyone."""
    rete = get_object_or_404(Rete.objects.filter(pubblica=True).select_related("convocante"), slug=slug)
    return _consegna(request, feed_pubblico(rete), f"public, max-age={settings.CALENDARIO_PUBBLICO_SECONDI}")
