"""Answers: by the personal link without signing in, and in the private area (R21)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errori import Rifiuto
from reti.forms.risposte import RispostaForm
from reti.models import Convocazione
from reti.queries.incontri import convocazioni_di
from reti.queries.inviti import seggi_dell_invito
from reti.services.risposte import motivo_rifiuto_risposta, rispondi
from reti.views.gettoni import con_gettone

PER_PAGINA = 20


def _raccogli(request: HttpRequest, convocazione: Convocazione, via: str, template: str) -> HttpResponse:
    """Show the form on GET; answer on POST only, because mail scanners open every link."""
    form = RispostaForm.di(convocazione, request.POST or None)
    chiuso = motivo_rifiuto_risposta(convocazione)
    if request.method == "POST" and form.is_valid():
        utente = request.user if via == Convocazione.Via.AREA else None
        try:
            rispondi(convocazione=convocazione, via=via, utente=utente, **form.dati())
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(
                request, _("Grazie, la risposta è registrata. Puoi cambiarla fino alla fine dell'incontro.")
            )
            return redirect(request.path)
    contesto: dict[str, Any] = {
        "convocazione": convocazione,
        "incontro": convocazione.incontro,
        "seggi": seggi_dell_invito(convocazione),
        "form": form,
        "chiuso": chiuso,
    }
    return render(request, template, contesto)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def risposta(request: HttpRequest, gettone: str) -> HttpResponse:
    """Answer by the personal link."""
    righe = Convocazione.objects.select_related("incontro__rete__convocante", "adesione__soggetto")
    via = Convocazione.Via.COLLEGAMENTO
    return con_gettone(request, righe, gettone, lambda c: _raccogli(request, c, via, "reti/risposta.html"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rispondi_in_area(request: HttpRequest, codice: str) -> HttpResponse:
    """Answer in the private area, for a body that one represents with the power to answer."""
    convocazione = get_object_or_404(convocazioni_di(request.user), codice=codice)
    return _raccogli(request, convocazione, Convocazione.Via.AREA, "reti/risposta_area.html")


@login_required
@require_safe
def convocazioni(request: HttpRequest) -> HttpResponse:
    """The meetings of the bodies that one may answer for, with the answers given."""
    pagina = Paginator(convocazioni_di(request.user), PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "reti/convocazioni.html", {"pagina": pagina})
