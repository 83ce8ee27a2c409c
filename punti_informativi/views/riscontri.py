"""Citizens say how it went, without an account nor a cookie; everyone reads it added up, the host its own (R35)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.aperti import DA_ALTROVE, da_altrove, ripetuto, troppi_invii
from core.fogli import TIPO_CSV, in_csv
from core.orologio import oggi
from punti_informativi.forms.riscontri import RiscontroForm
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.indirizzi import con_una_pagina
from punti_informativi.queries.riscontri import cifre_di, in_tabella, quadro, scritti
from punti_informativi.services.riscontri import lascia_riscontro
from punti_informativi.stati import StatoPunto
from punti_informativi.views.briciole import briciole
from punti_informativi.views.punto import altrove

PER_PAGINA = 50


@csrf_exempt  # core.aperti looks after it: no cookie here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def del_punto(request: HttpRequest, slug: str) -> HttpResponse:
    """How it went at a point whose page is open."""
    punto = con_una_pagina().filter(slug=slug).first()
    if punto is None:
        return altrove(request, slug)
    if not (punto.pubblico or (punto.live and punto.stato == StatoPunto.SOSPESO)):
        raise Http404
    return _lascia(request, punto)


@csrf_exempt  # likewise
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def della_ricerca(request: HttpRequest) -> HttpResponse:
    """How the search of points went."""
    return _lascia(request, None)


def _lascia(request: HttpRequest, punto: PuntoInformativo | None) -> HttpResponse:
    form = RiscontroForm(request.POST or None, punto=punto)
    indietro = (punto.nome, punto.get_absolute_url()) if punto else (_("Punti informativi"), reverse("punti:elenco"))
    contesto = {"form": form, "punto": punto, "grazie": "grazie" in request.GET, "precedenti": [indietro]}
    stato_http = 200
    if request.method == "POST":
        if troppi_invii(request, "riscontro"):
            return render(request, "429.html", status=429)
        valido = form.is_valid()
        if form.sembra_un_programma:
            return redirect(f"{request.path}?grazie")
        if da_altrove(request):
            form.add_error(None, DA_ALTROVE)
            stato_http = 403
        elif valido:
            if not ripetuto(request):
                lascia_riscontro(punto=punto, **form.dati())
            return redirect(f"{request.path}?grazie")
    return render(request, "punti_informativi/riscontro.html", contesto, status=stato_http)


@require_safe
def soddisfazione(request: HttpRequest) -> HttpResponse:
    """What all said, added up, with the visits: as a picture and as a table."""
    dati = quadro()
    pagina = Paginator(dati.punti, PER_PAGINA).get_page(request.GET.get("pagina"))
    precedenti = [(_("Punti informativi"), reverse("punti:elenco"))]
    contesto = {"quadro": dati, "pagina": pagina, "precedenti": precedenti}
    return render(request, "punti_informativi/soddisfazione.html", contesto)


@require_safe
def soddisfazione_csv(request: HttpRequest) -> HttpResponse:
    """The same figures of every point as a file."""
    risposta = HttpResponse(in_csv(in_tabella(quadro())), content_type=TIPO_CSV)
    risposta["Content-Disposition"] = f'attachment; filename="soddisfazione-punti-{oggi().isoformat()}.csv"'
    return risposta


@login_required
@require_safe
def ricevuti(request: HttpRequest, slug: str) -> HttpResponse:
    """What citizens said of one of one's own points, with their words."""
    punto = get_object_or_404(PuntoInformativo.objects.visibili_a(request.user), slug=slug)
    pagina = Paginator(scritti().filter(punto=punto), PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {"punto": punto, "cifre": cifre_di(punto), "pagina": pagina, "precedenti": briciole()}
    return render(request, "punti_informativi/riscontri.html", contesto)
