"""Self check-in by the QR code of the room (R22): no account, no name of others, nothing counts until confirmed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errori import Rifiuto
from core.indirizzi import conta, rete_di
from reti.forms.ingresso import IngressoForm
from reti.models import Incontro
from reti.services.ingressi import motivo_rifiuto_ingresso, registra_ingresso
from reti.stati import StatoIncontro
from reti.views.tentativi import conta_tentativo, troppi_tentativi


def _incontro(request: HttpRequest, gettone: str) -> Incontro | None:
    """The meeting of that code; unknown ones are counted by address against guessing, None when they were too many."""
    righe = Incontro.objects.exclude(stato=StatoIncontro.BOZZA).select_related("rete__convocante")
    trovato = righe.filter(gettone_ingresso=gettone).first()
    if trovato is None:
        if troppi_tentativi(request):
            return None
        conta_tentativo(request)
        raise Http404
    return trovato


def _riservata(risposta: HttpResponse) -> HttpResponse:
    risposta["X-Robots-Tag"] = "noindex"
    risposta["Referrer-Policy"] = "same-origin"
    return risposta


def _troppi_invii(request: HttpRequest, incontro: Incontro) -> bool:
    """Counts one sending; a whole room may share an address, so the limit is high."""
    chiave = f"ingressi-{incontro.pk}-{rete_di(request)}"
    return conta(chiave, settings.INGRESSI_SECONDI) > settings.INGRESSI_PER_INDIRIZZO


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ingresso(request: HttpRequest, gettone: str) -> HttpResponse:
    """Say that one is there, from the opening of the room to the end of the meeting."""
    incontro = _incontro(request, gettone)
    if incontro is None:
        return render(request, "reti/risposta_troppi.html", status=429)
    form = IngressoForm(request.POST or None, incontro=incontro)
    if request.method == "POST":
        if _troppi_invii(request, incontro):
            return render(request, "reti/risposta_troppi.html", status=429)
        if form.is_valid():
            try:
                fatto = registra_ingresso(incontro=incontro, **form.dati())
            except Rifiuto as rifiuto:
                form.add_error(None, rifiuto)
            else:
                return redirect("tavoli:ingresso_inviato", gettone, fatto.chiave)
    contesto = {"incontro": incontro, "form": form, "chiuso": motivo_rifiuto_ingresso(incontro)}
    return _riservata(render(request, "reti/ingresso.html", contesto))


@never_cache
@require_safe
def ingresso_inviato(request: HttpRequest, gettone: str, chiave: str) -> HttpResponse:
    """What became of what one sent: waiting, confirmed, or not and why."""
    incontro = _incontro(request, gettone)
    if incontro is None:
        return render(request, "reti/risposta_troppi.html", status=429)
    inviato = get_object_or_404(incontro.ingressi.select_related("adesione__soggetto"), chiave=chiave)
    return _riservata(render(request, "reti/ingresso_inviato.html", {"incontro": incontro, "ingresso": inviato}))
