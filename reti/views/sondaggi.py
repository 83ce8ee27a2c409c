"""Saying when one can: by the personal link without signing in, and in the private area (R23)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errori import Rifiuto
from reti.forms.sondaggi import DisponibilitaForm
from reti.models import Convocazione, Interpellato
from reti.queries.sondaggi import data_scelta, motivo_rifiuto_disponibilita, sondaggi_di
from reti.services.sondaggi import rispondi_sondaggio
from reti.views.gettoni import con_gettone

PER_PAGINA = 20


def _raccogli(request: HttpRequest, interpellato: Interpellato, via: str, template: str) -> HttpResponse:
    """Show the slots on GET; answer on POST only, because mail scanners open every link."""
    form = DisponibilitaForm(request.POST or None, interpellato=interpellato)
    sondaggio = interpellato.sondaggio
    if request.method == "POST" and form.is_valid():
        utente = request.user if via == Convocazione.Via.AREA else None
        try:
            rispondi_sondaggio(interpellato=interpellato, via=via, utente=utente, **form.dati())
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("Grazie, la risposta è registrata. Puoi cambiarla fino al termine."))
            return redirect(request.path)
    contesto = {
        "interpellato": interpellato,
        "sondaggio": sondaggio,
        "form": form,
        "chiuso": motivo_rifiuto_disponibilita(sondaggio),
        "data_scelta": data_scelta(sondaggio),
        "detto": interpellato.disponibilita.select_related("fascia").order_by("fascia__inizio"),
    }
    return render(request, template, contesto)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def disponibilita(request: HttpRequest, gettone: str) -> HttpResponse:
    """Answer by the personal link."""
    righe = Interpellato.objects.select_related("sondaggio__rete", "sondaggio__incontro", "adesione__soggetto")
    righe = righe.prefetch_related("sondaggio__altre_reti", "sondaggio__fasce")
    via = Convocazione.Via.COLLEGAMENTO
    return con_gettone(request, righe, gettone, lambda i: _raccogli(request, i, via, "reti/sondaggio.html"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def in_area(request: HttpRequest, codice: str) -> HttpResponse:
    """Answer in the private area, for a body that one represents with the power to answer."""
    interpellato = get_object_or_404(sondaggi_di(request.user), codice=codice)
    return _raccogli(request, interpellato, Convocazione.Via.AREA, "reti/sondaggio_area.html")


@login_required
@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """The polls that ask the bodies one may answer for."""
    pagina = Paginator(sondaggi_di(request.user), PER_PAGINA).get_page(request.GET.get("pagina"))
    aperti = {i.pk for i in pagina if not motivo_rifiuto_disponibilita(i.sondaggio)}
    return render(request, "reti/sondaggi.html", {"pagina": pagina, "aperti": aperti})
