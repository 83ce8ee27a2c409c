"""Closures and openings on a date, from a phone: public at once when near, undone with one button."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errori import Rifiuto
from core.numeri import chiave
from core.orologio import oggi
from punti_informativi import permissions, services
from punti_informativi.forms.ospite import ChiudiOggiForm, EccezioneForm
from punti_informativi.models import Eccezione, PuntoInformativo
from punti_informativi.orari import Deroga
from punti_informativi.queries.proposte import deroga_in_parole
from punti_informativi.services.chiusure import e_vicina
from punti_informativi.views.briciole import briciole
from punti_informativi.views.proposte import punto_proprio


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chiusure(request: HttpRequest, slug: str) -> HttpResponse:
    """«Chiudi oggi», a period, and the list of what is marked, each with its undo."""
    punto = punto_proprio(request, slug)
    gesto = request.POST.get("gesto", "")
    breve = ChiudiOggiForm(request.POST if gesto == "oggi" else None, prefix="oggi")
    periodo = EccezioneForm(request.POST if gesto == "periodo" else None, prefix="periodo", initial={"chiuso": True})
    form = {"oggi": breve, "periodo": periodo}.get(gesto)
    try:
        if gesto == "annulla":
            return _annulla(request, punto)
        if form and form.is_valid():
            deroga = Deroga(oggi(), oggi(), motivo=breve.cleaned_data["motivo"]) if form is breve else periodo.deroga()
            return _segna(request, punto, deroga)
    except Rifiuto as rifiuto:
        if form is None:
            messages.error(request, rifiuto.frase)
            return redirect("punti:chiusure", slug)
        form.add_error(None, rifiuto)
    eccezioni = [e for e in punto.eccezioni.all() if e.al >= oggi()]
    contesto = {
        "punto": punto,
        "breve": breve,
        "periodo": periodo,
        "segnate": [(e.pk, deroga_in_parole(e.deroga)) for e in eccezioni],
        "giorni": settings.PUNTI_GIORNI_ECCEZIONI_SUBITO if permissions.va_approvata(request.user, punto) else 0,
        "chiuso_oggi": any(e.chiuso and e.deroga.copre(oggi()) for e in eccezioni),
        "precedenti": briciole(),
    }
    return render(request, "punti_informativi/chiusure.html", contesto)


def _segna(request: HttpRequest, punto: PuntoInformativo, deroga: Deroga) -> HttpResponse:
    if permissions.va_approvata(request.user, punto) and not e_vicina(deroga):
        services.proponi_eccezione(utente=request.user, punto=punto, deroga=deroga)
        frase = _("Date lontane: le legge prima la Provincia. Intanto restano tra le modifiche in attesa.")
        messages.success(request, frase)
        return redirect("punti:proposta", punto.slug)
    services.segna_eccezione(utente=request.user, punto=punto, deroga=deroga)
    frase = _("Fatto: la pagina pubblica dice già «%s».") if punto.pubblico else _("Fatto: %s.")
    messages.success(request, frase % deroga_in_parole(deroga))
    return redirect("punti:chiusure", punto.slug)


def _annulla(request: HttpRequest, punto: PuntoInformativo) -> HttpResponse:
    riga = Eccezione.objects.filter(punto=punto, pk=chiave(request.POST.get("riga", ""))).first()
    if riga is None:
        raise Rifiuto(_("Non c'è più niente da annullare: guarda l'elenco aggiornato."))
    services.togli_eccezione(utente=request.user, punto=punto, deroga=riga.deroga)
    messages.success(request, _("Annullato: valgono di nuovo gli orari di sempre."))
    return redirect("punti:chiusure", punto.slug)
