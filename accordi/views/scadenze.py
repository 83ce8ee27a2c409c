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
from core.scrivania import ente_scelto, enti_di
from reti.feed import feed_di_giornate
from reti.models import Abbonamento, Soggetto
from reti.services.abbonamenti import crea_abbonamento
from reti.views.feed import indirizzo_ignoto

MESI = 12


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mie(request: HttpRequest) -> HttpResponse:
    """The next twelve months of one's agreements, or of the body in `?ente`; POST makes the calendar's address."""
    if request.method == "POST":
        crea_abbonamento(utente=request.user)
        return redirect("accordi:scadenze")
    utente, propri = request.user, enti_di(request.user)
    ente = ente_scelto(propri, request.GET.get("ente", ""))
    enti = None if utente.e_provincia and not ente else Soggetto.objects.rappresentati_da(utente)
    if ente:
        enti = enti.filter(slug=ente)
    accordi = Accordo.objects.visibili_a(utente).di_ente(ente)
    voci = scadenze(accordi, dal=oggi(), al=aggiungi_mesi(oggi(), MESI), enti=enti)
    contesto = {"voci": voci, "indirizzi": _indirizzi(utente), "enti": propri, "ente": ente}
    return render(request, "accordi/scadenze.html", contesto)


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
