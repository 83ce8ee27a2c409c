"""The partner's area: the points that its bodies host."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Istanza
from core.errori import Rifiuto
from punti_informativi import permissions, services
from punti_informativi.forms.ospite import CandidaturaForm, ContattiForm, EccezioniFormSet, OrariFormSet
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import per_la_lista
from punti_informativi.queries.scrivania import istanze_candidabili, soggetti_gestiti
from punti_informativi.stati import StatoPunto


@login_required
def miei(request: HttpRequest) -> HttpResponse:
    """Points of the bodies that the user represents, and applications that may propose one."""
    contesto = {
        "punti": per_la_lista(PuntoInformativo.objects.visibili_a(request.user)),
        "gestiti": set(soggetti_gestiti(request.user).values_list("pk", flat=True)),
        "cessato": StatoPunto.CESSATO,
        "istanze": istanze_candidabili(request.user),
        "precedenti": _briciole(miei=False),
    }
    return render(request, "punti_informativi/miei.html", contesto)


@login_required
def modifica(request: HttpRequest, slug: str) -> HttpResponse:
    """Contacts, hours and exceptions of one point."""
    punto = get_object_or_404(PuntoInformativo.objects.visibili_a(request.user), slug=slug)
    if motivo := permissions.motivo_rifiuto_modifica(request.user, punto):
        raise PermissionDenied(motivo)
    dati = request.POST or None
    form = ContattiForm(dati, instance=punto)
    orari = OrariFormSet(dati, prefix="orari", initial=_righe(punto.orari, OrariFormSet))
    eccezioni = EccezioniFormSet(dati, prefix="eccezioni", initial=_righe(punto.eccezioni, EccezioniFormSet))
    if request.method == "POST" and all([form.is_valid(), orari.is_valid(), eccezioni.is_valid()]):
        try:
            services.modifica_punto(
                utente=request.user,
                punto=punto,
                dati=form.cleaned_data,
                fasce=[r.fascia() for r in orari.scritte()],
                deroghe=[r.deroga() for r in eccezioni.scritte()],
            )
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("Dati salvati: la pagina pubblica è già aggiornata."))
            return redirect("punti:miei")
    contesto = {"punto": punto, "form": form, "orari": orari, "eccezioni": eccezioni, "precedenti": _briciole()}
    return render(request, "punti_informativi/modifica.html", contesto)


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
    contesto = {"istanza": istanza, "form": form, "precedenti": _briciole()}
    return render(request, "punti_informativi/candida.html", contesto)


def _righe(righe: Any, formset: type) -> list[dict[str, Any]]:
    """Initial values of a formset from the stored rows."""
    return list(righe.values(*formset.form.base_fields))


def _briciole(*, miei: bool = True) -> list[tuple[str, str]]:
    """Where the page stands in the private area."""
    area = [(_("Area riservata"), reverse("utenti:area"))]
    return [*area, (_("I miei punti informativi"), reverse("punti:miei"))] if miei else area
