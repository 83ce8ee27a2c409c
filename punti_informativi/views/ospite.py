"""The partner's area: the points that its bodies host."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accordi.models import Istanza
from core.errori import Rifiuto
from punti_informativi import permissions, services
from punti_informativi.forms.ospite import CandidaturaForm
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import per_la_lista
from punti_informativi.queries.orari_ospite import con_orari_comuni
from punti_informativi.queries.scrivania import istanze_candidabili, soggetti_gestiti
from punti_informativi.queries.vita import con_vita
from punti_informativi.views.briciole import briciole


@login_required
def miei(request: HttpRequest) -> HttpResponse:
    """Points of the bodies that the user represents, and applications that may propose one."""
    contesto = {
        "punti": con_vita(per_la_lista(PuntoInformativo.objects.visibili_a(request.user))),
        "gestiti": set(soggetti_gestiti(request.user).values_list("pk", flat=True)),
        "ospiti": con_orari_comuni(soggetti_gestiti(request.user)),
        "istanze": istanze_candidabili(request.user),
        "precedenti": briciole(miei=False),
    }
    return render(request, "punti_informativi/miei.html", contesto)


@login_required
def candida(request: HttpRequest, codice: str) -> HttpResponse:
    """Propose a point for an admitted application."""
    istanza = get_object_or_404(Istanza.objects.visibili_a(request.user), codice=codice)
    if motivo := permissions.motivo_rifiuto_candida(request.user, istanza):
        raise PermissionDenied(motivo)
    form = CandidaturaForm(request.POST or None, istanza=istanza, utente=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            punto = services.candida_punto(utente=request.user, istanza=istanza, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("Punto candidato: adesso scrivi gli orari, la Provincia lo verificherà."))
            return redirect("punti:modifica", punto.slug)
    contesto = {"istanza": istanza, "form": form, "precedenti": briciole()}
    return render(request, "punti_informativi/candida.html", contesto)
