"""Confirmations of a point's data: by the link in a mail without signing in, and in the private area (R31)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errori import Rifiuto
from punti_informativi import services
from punti_informativi.forms.conferma import ConfermaForm
from punti_informativi.models import PuntoInformativo, RichiestaConferma
from punti_informativi.services.conferme import NON_VALE, chi_risponde
from reti.views.gettoni import con_gettone


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request: HttpRequest, gettone: str) -> HttpResponse:
    """The data as they are public, and the two answers. GET writes nothing: mail scanners open every link."""
    righe = RichiestaConferma.objects.select_related("punto__soggetto", "punto__sede__comune__festa_patronale")
    segreto, _punto, firma = gettone.partition(".")
    return con_gettone(request, righe, segreto, lambda richiesta: _rispondi(request, richiesta, firma))


def _rispondi(request: HttpRequest, richiesta: RichiestaConferma, firma: str) -> HttpResponse:
    form = ConfermaForm(request.POST or None)
    if request.method == "POST" and not richiesta.risposta_il and form.is_valid():
        try:
            if form.cleaned_data["esito"] == ConfermaForm.GIUSTO:
                services.conferma_da_collegamento(richiesta=richiesta, firma=firma)
            else:
                testo = form.cleaned_data["testo"]
                services.segnala_da_collegamento(richiesta=richiesta, firma=firma, testo=testo)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            return redirect(request.path)
    vale = bool(richiesta.risposta_il) or chi_risponde(richiesta, richiesta.punto, firma) != ""
    contesto = {"richiesta": richiesta, "punto": richiesta.punto, "form": form, "vale": vale, "non_vale": NON_VALE}
    return render(request, "punti_informativi/conferma.html", contesto)


@login_required
@require_POST
def conferma_in_area(request: HttpRequest, slug: str) -> HttpResponse:
    """One button of the list of one's own points."""
    punto = get_object_or_404(PuntoInformativo.objects.visibili_a(request.user), slug=slug)
    try:
        services.conferma_punto(utente=request.user, punto=punto)
    except Rifiuto as rifiuto:
        messages.error(request, rifiuto.frase)
    else:
        messages.success(request, _("Grazie: i dati di «%s» risultano confermati oggi.") % punto.nome)
    return redirect("punti:miei")
