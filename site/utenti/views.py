"""Private area: what waits for me, and where I may go."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.orologio import oggi
from core.scrivania import ente_scelto, enti_di, raccogli, voci_di
from core.termini import scadenza

GIORNI_DI_UN_ANNO, SCADENZE_MOSTRATE = 365, 6
DA_FARE_MOSTRATE = 8


@login_required
def area(request: HttpRequest) -> HttpResponse:
    """The partner's home: `?ente` keeps to one body, `?tutto` lists all that waits. Staff work in the back office."""
    if request.user.e_provincia:
        return redirect(reverse("wagtailadmin_home"))
    utente, enti = request.user, enti_di(request.user)
    ente = ente_scelto(enti, request.GET.get("ente", ""))
    scadenze = sorted(
        raccogli("FORNITORI_SCADENZE", utente, scadenza(oggi(), GIORNI_DI_UN_ANNO), ente),
        key=lambda v: (v.entro, v.titolo),
    )
    voci = voci_di(utente, ente)
    contesto = {
        "enti": enti,
        "ente": ente,
        "quante": sum(v.quante for v in voci),
        "voci": voci if "tutto" in request.GET else voci[:DA_FARE_MOSTRATE],
        "restanti": 0 if "tutto" in request.GET else sum(v.quante for v in voci[DA_FARE_MOSTRATE:]),
        "scadenze": scadenze[:SCADENZE_MOSTRATE],
        "altre_scadenze": max(len(scadenze) - SCADENZE_MOSTRATE, 0),
        "voci_menu": raccogli("FORNITORI_AREA", utente, ente),
    }
    return render(request, "utenti/area.html", contesto)
