"""The answer to a campaign, by the link in the mail and without signing in (R36)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errori import Rifiuto
from punti_informativi.forms.promozione import RispostaForm
from punti_informativi.models import Invio
from punti_informativi.services.promozione import registra_risposta
from punti_informativi.stati import StatoCampagna
from reti.views.gettoni import con_gettone


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rispondi(request: HttpRequest, gettone: str) -> HttpResponse:
    """What the body was written, and its answer. GET writes nothing: mail scanners open every link."""
    righe = Invio.objects.select_related("campagna__avviso")
    return con_gettone(request, righe, gettone, lambda invio: _pagina(request, invio))


def _pagina(request: HttpRequest, invio: Invio) -> HttpResponse:
    iniziale = {"risposta": invio.risposta, "nota": invio.nota} if invio.risposta else {}
    form = RispostaForm(request.POST or None, initial=iniziale)
    if request.method == "POST" and form.is_valid():
        try:
            registra_risposta(invio=invio, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            return redirect(request.path)
    contesto = {
        "invio": invio,
        "campagna": invio.campagna,
        "form": form,
        "chiusa": invio.campagna.stato == StatoCampagna.CHIUSA,
    }
    return render(request, "punti_informativi/promozione.html", contesto)
