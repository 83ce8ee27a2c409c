"""Public pages of the calls."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accordi.forms.avvisi import FiltroAvvisiForm
from accordi.models import Avviso
from accordi.queries.avvisi import avvisi_in_elenco, conta_avvisi

PER_PAGINA = 12


def avvisi(request: HttpRequest) -> HttpResponse:
    """Calls, open first; a filter that can't be read filters nothing and is said beside its field."""
    form = FiltroAvvisiForm(request.GET)
    form.is_valid()
    testo = form.cleaned_data.get("q", "")
    form.mostra_conti(conta_avvisi(request.user, testo=testo, **form.filtri))
    elenco = avvisi_in_elenco(request.user, testo=testo, **form.filtri)
    pagina = Paginator(elenco, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "accordi/avvisi.html", {"form": form, "pagina": pagina})


def avviso(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: who may answer, how, until when."""
    trovato = get_object_or_404(Avviso.objects.visibili_a(request.user), slug=slug)
    return render(request, "accordi/avviso.html", {"avviso": trovato})
