"""Who can't use a page says so without an account, and reads the answer by the code of the case (R60)."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.aperti import DA_ALTROVE, da_altrove, ripetuto, troppi_invii
from punti_informativi.forms.segnalazioni import SegnalazioneForm
from punti_informativi.models import Segnalazione
from punti_informativi.services.segnalazioni import segnala


@csrf_exempt  # core.aperti looks after it: no cookie here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nuova(request: HttpRequest) -> HttpResponse:
    """The form; the page that one comes from is written already."""
    form = SegnalazioneForm(request.POST or None, initial={"pagina": _da_dove(request)})
    stato_http = 200
    if request.method == "POST":
        if troppi_invii(request, "accessibilita"):
            return render(request, "429.html", status=429)
        valido = form.is_valid()
        if form.sembra_un_programma:
            return _mostra(request, form, ricevuta=True)
        if da_altrove(request):
            form.add_error(None, DA_ALTROVE)
            stato_http = 403
        elif valido:
            if ripetuto(request):
                return _mostra(request, form, ricevuta=True)
            return redirect("punti:segnalazione", segnala(**form.dati()).codice)
    return _mostra(request, form, status=stato_http)


def _mostra(request: HttpRequest, form: SegnalazioneForm, *, ricevuta: bool = False, status: int = 200) -> HttpResponse:
    contesto = {"form": form, "ricevuta": ricevuta}
    return render(request, "punti_informativi/segnala.html", contesto, status=status)


def _da_dove(request: HttpRequest) -> str:
    """The path of the page of ours that led here, without what it asked."""
    prima = urlsplit(request.headers.get("Referer", ""))
    altra_nostra = prima.netloc == request.get_host() and prima.path != request.path
    return prima.path[: SegnalazioneForm.base_fields["pagina"].max_length] if altra_nostra else ""


@never_cache
@require_safe
def segnalazione(request: HttpRequest, codice: str) -> HttpResponse:
    """By when we answer, or the answer: never what was written, for the address may pass from hand to hand."""
    trovata = get_object_or_404(Segnalazione, codice=codice)
    contesto = {"segnalazione": trovata, "titolo": _("La tua segnalazione")}
    risposta = render(request, "punti_informativi/segnalazione.html", contesto)
    risposta["X-Robots-Tag"] = "noindex"
    return risposta
