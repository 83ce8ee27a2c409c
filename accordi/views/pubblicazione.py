"""The public register of agreements and its half-yearly lists, as pages and as open data (R15)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from accordi.forms.pubblicazione import FiltroRegistroForm
from accordi.queries import pubblicazione as letture
from core.fogli import TIPO_CSV, in_csv
from core.models import Installazione

PER_PAGINA = 20
LICENZA = {"nome": "CC BY 4.0", "indirizzo": "https://creativecommons.org/licenses/by/4.0/deed.it"}


@require_safe
@conditional_page
def registro(request: HttpRequest) -> HttpResponse:
    """Agreements that anyone may know of, filtered by the URL."""
    form = FiltroRegistroForm(request.GET)
    form.is_valid()
    pagina = Paginator(letture.registro_pubblico(form.ricerca), PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {"form": form, "pagina": pagina, "voci": [letture.voce(a) for a in pagina]}
    return render(request, "accordi/registro.html", contesto)


@require_safe
@conditional_page
def registro_accordo(request: HttpRequest, codice: str) -> HttpResponse:
    """One agreement: object, parties, dates, act, what renews or amends it, how to verify it."""
    accordo = letture.accordo_pubblico(codice)
    if accordo is None:
        raise Http404
    contesto = {
        "voce": letture.voce(accordo),
        "accordo": accordo,
        "atto": letture.atto(accordo),
        "precedenti": _precedenti(),
        **letture.collegati(accordo),
    }
    return render(request, "accordi/registro_accordo.html", contesto)


@require_safe
@conditional_page
def elenchi(request: HttpRequest) -> HttpResponse:
    """The half-yearly lists that there are, with the meaning of their columns."""
    return render(request, "accordi/elenchi.html", {"semestri": letture.semestri(), "precedenti": _precedenti()})


@require_safe
@conditional_page
def elenco(request: HttpRequest, anno: int, numero: int) -> HttpResponse:
    """One half-yearly list as a table."""
    semestre = _semestre(anno, numero)
    precedenti = [*_precedenti(), (_("Elenchi semestrali"), reverse("accordi:elenchi"))]
    contesto = {"semestre": semestre, "righe": letture.elenco(semestre), "precedenti": precedenti}
    return render(request, "accordi/elenco.html", contesto)


@require_safe
@conditional_page
def elenco_csv(request: HttpRequest, anno: int, numero: int) -> HttpResponse:
    """The same rows for a spreadsheet; the parties of an agreement in one cell, divided by a bar."""
    righe = letture.elenco(_semestre(anno, numero))
    celle = [[" | ".join(v) if isinstance(v, list) else v for v in riga.values()] for riga in righe]
    nome = f"accordi-{anno}-{numero}.csv"
    return HttpResponse(
        in_csv([letture.COLONNE, *celle]),
        content_type=TIPO_CSV,
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )


@require_safe
@conditional_page
def elenco_json(request: HttpRequest, anno: int, numero: int) -> HttpResponse:
    """The same rows for a program, with who publishes them and under which licence."""
    semestre = _semestre(anno, numero)
    dati = {
        "ente": Installazione.corrente().ente,
        "titolo": f"Accordi stipulati, {semestre}",
        "norma": "D.Lgs. 33/2013, art. 23",
        "licenza": LICENZA,
        "dal": semestre.dal.isoformat(),
        "al": semestre.al.isoformat(),
        "accordi": letture.elenco(semestre),
    }
    return JsonResponse(dati, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _semestre(anno: int, numero: int) -> letture.Semestre:
    """A half that has begun, from the first with an agreement; 404 for others."""
    semestre = letture.Semestre(anno, numero)
    if semestre not in letture.semestri():
        raise Http404
    return semestre


def _precedenti() -> list[tuple[str, str]]:
    """The way here, for the breadcrumb."""
    return [(_("Registro degli accordi"), reverse("accordi:registro"))]
