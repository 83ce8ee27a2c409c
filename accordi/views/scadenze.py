"""What expires: one's own page, and the feed behind the same secret address as the calendar of meetings."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from accordi.durata import aggiungi_mesi
from accordi.models import Accordo
from accordi.queries.calendario import feed_scadenze, scadenze
from core.orologio import oggi
from reti.feed import feed_di_giornate
from reti.models import Abbonamento, Soggetto
from reti.services.abbonamenti import crea_abbonamento
from reti.views.feed import indirizzo_ignoto

MESI = 12


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mie(request: HttpRequest) -> HttpResponse:
    """The next twelve months of one's own agreements; POST makes the address of the calendar."""
    if request.method == "POST":
        crea_abbonamento(utente=request.user)
        return redirect("accordi:scadenze")
    utente = request.user
    enti = None if utente.e_provincia else Soggetto.objects.rappresentati_da(utente)
    voci = scadenze(Accordo.objects.visibili_a(utente), dal=oggi(), al=aggiungi_mesi(oggi(), MESI), enti=enti)
    return render(request, "accordi/scadenze.html", {"voci": voci, "indirizzi": _indirizzi(utente)})


def _indirizzi(utente: Any) -> list[tuple[str, str]]:
    """(whose, address) of the feeds that one's subscriptions open: one's own and of bodies."""
    abbonamenti = Abbonamento.objects.visibili_a(utente).attivi().filter(rete__isnull=True).select_related("soggetto")
    return [
        (str(a.soggetto or ""), settings.INDIRIZZO_PUBBLICO + reverse("accordi:scadenze_feed", args=[a.gettone]))
        for a in abbonamenti
    ]


@require_safe
def segreto(request: HttpRequest, gettone: str) -> HttpResponse:
    """The feed by its secret address, without signing in; 304 when the reader has this version already."""
    feed = feed_scadenze(gettone)
    if feed is None:
        return indirizzo_ignoto(request)
    risposta = get_conditional_response(request, etag=feed.versione)
    if risposta is None:
        testo = feed_di_giornate(feed.nome, feed.giornate)
        risposta = HttpResponse(testo, content_type="text/calendar; charset=utf-8")
        risposta["Content-Disposition"] = 'inline; filename="scadenze.ics"'
    risposta["ETag"] = feed.versione
    risposta["Cache-Control"] = "private, no-cache"
    risposta["X-Robots-Tag"] = "noindex"
    risposta["Referrer-Policy"] = "no-referrer"
    return risposta
