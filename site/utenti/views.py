"""Private area: what waits for me, and where I may go."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.orologio import oggi
from core.scrivania import raccogli, voci_di
from core.termini import scadenza

GIORNI_DI_UN_ANNO, SCADENZE_MOSTRATE = 365, 6


@login_required
def area(request: HttpRequest) -> HttpResponse:
    """The partner's home; staff work in the back office."""
    if request.user.e_provincia:
        return redirect(reverse("wagtailadmin_home"))
    scadenze = sorted(
        raccogli("FORNITORI_SCADENZE", request.user, scadenza(oggi(), GIORNI_DI_UN_ANNO)),
        key=lambda v: (v.entro, v.titolo),
    )
    contesto = {
        "voci": voci_di(request.user),
        "scadenze": scadenze[:SCADENZE_MOSTRATE],
        "altre_scadenze": max(len(scadenze) - SCADENZE_MOSTRATE, 0),
        "voci_menu": raccogli("FORNITORI_AREA", request.user),
    }
    return render(request, "utenti/area.html", contesto)
