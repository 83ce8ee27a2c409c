"""The page of one point, its sheet to print, and where its old addresses lead."""

from functools import partial
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accordi.queries.accreditamento import istanze_sospese
from core.indirizzi import rete_di
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.indirizzi import (
    indirizzo_attuale,
    indirizzo_intero,
    per_la_pagina,
    successore,
    vicini_a,
)
from punti_informativi.services.consultazioni import conta_visita
from punti_informativi.stati import StatoPunto


@require_safe
def punto(request: HttpRequest, slug: str) -> HttpResponse:
    """One point; with `?stampa`, its sheet. A suspended one says so; an ended one leads on, or says so with 410.

    What was never public is a 404. So is one whose data nobody confirms, with a page that says why.
    """
    scelto = per_la_pagina().filter(slug=slug).first()
    if scelto is None:
        return altrove(request, slug)
    if scelto.stato == StatoPunto.CESSATO:
        return _cessato(request, scelto)
    if not scelto.live:
        raise Http404
    contesto = {"punto": scelto, "sospeso": sospeso(scelto), "precedenti": _precedenti()}
    if scelto.stato == StatoPunto.ATTIVO and not scelto.pubblico:
        return render(request, "punti_informativi/non_confermato.html", contesto, status=404)
    if "stampa" in request.GET:
        codice = segno.make(indirizzo_intero(scelto), error="m")
        return render(
            request, "punti_informativi/stampa.html", contesto | {"qr": codice.svg_data_uri(scale=4, border=2)}
        )
    conta(request, slug)
    return render(request, "punti_informativi/punto.html", contesto)


def conta(request: HttpRequest, slug: str) -> None:
    """One visit more to the page, whoever answers with it: not its sheet, not a page loaded before anybody asked."""
    dati = request.META  # at every ready page: not the headers, which are all copied before one is read
    chiesta = request.method == "GET" and not dati.get("HTTP_SEC_PURPOSE", "").startswith("prefetch")
    if chiesta and not (dati.get("QUERY_STRING") and "stampa" in request.GET):
        conta_visita(slug, dati.get("HTTP_USER_AGENT", ""), partial(rete_di, request))


def altrove(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a point that had this address answers now, by the same route; a 404 when none had it."""
    nuovo = indirizzo_attuale(slug)
    if not nuovo:
        raise Http404
    domanda = request.GET.urlencode()
    return HttpResponsePermanentRedirect(
        reverse(request.resolver_match.view_name, args=[nuovo]) + (f"?{domanda}" if domanda else "")
    )


def _cessato(request: HttpRequest, punto: PuntoInformativo) -> HttpResponse:
    if nuovo := successore(punto):
        return HttpResponsePermanentRedirect(nuovo.get_absolute_url())
    contesto = {"punto": punto, "vicini": vicini_a(punto), "precedenti": _precedenti()}
    return render(request, "punti_informativi/cessato.html", contesto, status=410)


def sospeso(punto: PuntoInformativo) -> bool:
    """By the Province, or because its agreement stopped (R16)."""
    return punto.stato == StatoPunto.SOSPESO or bool(punto.istanza_id and punto.istanza_id in istanze_sospese())


def _precedenti() -> list[tuple[str, Any]]:
    return [(_("Punti informativi"), reverse("punti:elenco"))]
