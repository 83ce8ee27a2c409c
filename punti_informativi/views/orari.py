"""Opening hours of a point, as a calendar to subscribe to."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.orologio import oggi
from punti_informativi.ics import Luogo, calendario_ics, versione
from punti_informativi.orari import Calendario
from punti_informativi.queries.indirizzi import con_una_pagina
from punti_informativi.stati import StatoPunto
from punti_informativi.views.punto import altrove, sospeso


@require_safe
def aperture(request: HttpRequest, slug: str) -> HttpResponse:
    """Openings and closures of a public point as iCalendar; 304 when the reader has them already.

    Of a suspended point nothing is open; an ended one says so with 410, and a program stops asking.
    """
    punto = con_una_pagina().con_orari().filter(slug=slug).first()
    if punto is None:
        return altrove(request, slug)
    if punto.stato == StatoPunto.CESSATO:
        return HttpResponse(_("Questo punto non c'è più."), status=410, content_type="text/plain; charset=utf-8")
    if not punto.live or (punto.stato == StatoPunto.ATTIVO and not punto.pubblico):
        raise Http404
    dove = f"{punto.sede.indirizzo}, {punto.sede.comune.nome}"
    luogo = Luogo(punto.pk, punto.nome, dove, settings.INDIRIZZO_PUBBLICO + punto.get_absolute_url())
    return _consegna(request, punto.slug, luogo, None if sospeso(punto) else punto.calendario)


def _consegna(request: HttpRequest, slug: str, luogo: Luogo, calendario: Calendario | None) -> HttpResponse:
    etag = versione(luogo, calendario, oggi())
    risposta = get_conditional_response(request, etag=etag)
    if risposta is None:
        testo = calendario_ics(luogo, calendario, oggi(), timezone.get_default_timezone())
        risposta = HttpResponse(testo, content_type="text/calendar; charset=utf-8")
        risposta["Content-Disposition"] = f'inline; filename="aperture-{slug}.ics"'
    risposta["ETag"] = etag
    risposta["Cache-Control"] = f"public, max-age={settings.CALENDARIO_PUBBLICO_SECONDI}"
    return risposta
