"""The network: picture, equal tables, downloads. Public, with the same filters in every address."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reti.esportazione import FORMATI, in_json
from reti.forms.grafo import FiltroReteForm
from reti.grafo import con_indirizzo
from reti.letture import letture
from reti.models import Soggetto
from reti.queries.grafo import TIPI_ARCO, VistaRete, rete_al
from reti.queries.tabella import colonne, ordine_valido, righe

LEGAMI_PER_PAGINA = 50


@require_safe
def rete(request: HttpRequest) -> HttpResponse:
    """The page: filters, picture, what it says, table of bodies, table of ties."""
    form = FiltroReteForm(request.GET)
    form.is_valid()
    vista = rete_al(form.giorno, form.filtro, request.user)
    ordina = ordine_valido(request.GET.get("ordina", ""))
    contesto = {
        "form": form,
        "vista": vista,
        "righe": righe(vista, ordina),
        "ordina": ordina,
        "colonne": colonne(ordina),
        "letture": letture(vista.nodi, vista.archi, vista.grafo, vista.misure, dict(Soggetto.Natura.choices)),
        "filtri": form.indirizzo(),
        "formati": FORMATI,
        **_legami(request, vista),
    }
    return render(request, "reti/grafo.html", contesto)


@require_safe
def dati(request: HttpRequest) -> JsonResponse:
    """What the picture draws, as JSON; 400 with the reasons when a filter is wrong."""
    form = FiltroReteForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errori": form.errors}, status=400)
    return JsonResponse(in_json(rete_al(form.giorno, form.filtro, request.user)))


@require_safe
def esporta(request: HttpRequest, formato: str) -> HttpResponse:
    """The filtered network as a file, with absolute addresses."""
    if formato not in FORMATI:
        raise Http404
    form = FiltroReteForm(request.GET)
    if not form.is_valid():
        frasi = " ".join(str(errore) for errori in form.errors.values() for errore in errori)
        return HttpResponse(frasi, status=400, content_type="text/plain; charset=utf-8")
    vista = rete_al(form.giorno, form.filtro, request.user)
    vista.archi = con_indirizzo(vista.archi, request.build_absolute_uri("/").rstrip("/"))
    uscita = FORMATI[formato]
    nome = f"rete-{vista.al.isoformat()}{uscita.ending}"
    intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
    return HttpResponse(uscita.componi(vista), content_type=uscita.tipo, headers=intestazioni)


def _legami(request: HttpRequest, vista: VistaRete) -> dict[str, object]:
    """A page of ties: (tie, name of one end, name of the other, kind in words)."""
    nomi = {n.slug: n.nome for n in vista.nodi}
    pagina = Paginator(vista.archi, LEGAMI_PER_PAGINA).get_page(request.GET.get("pagina"))
    return {"pagina": pagina, "legami": [(a, nomi[a.da], nomi[a.a], TIPI_ARCO[a.tipo]) for a in pagina]}
