"""The page of open data and the files of the points."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.generazioni import PUBBLICA
from core.models import Installazione
from core.orologio import oggi
from dati_aperti import letture
from dati_aperti.api.documento import documento
from dati_aperti.condizionali import FilePronto, condizionata, file_condizionato
from dati_aperti.formati import COLONNE, FORMATI, LICENZA, Raccolta
from dati_aperti.insiemi import insiemi, punti_aggiornati_il
from punti_informativi.models import PuntoInformativo

A_FASCI = 500


@require_safe
def indice(request: HttpRequest) -> HttpResponse:
    """What is open, in which formats, under which licence."""
    contesto = {"insiemi": insiemi(), "colonne": COLONNE, "licenza": LICENZA}
    return render(request, "dati_aperti/indice.html", contesto)


@require_safe
@gzip_page
def catalogo(request: HttpRequest, scrittura: str) -> HttpResponseBase:
    """The catalogue of the datasets (DCAT-AP_IT) for programs and for the national portal."""
    from dati_aperti import catalogo as rdf  # noqa: PLC0415  half a second to load: only who asks for it pays

    if scrittura not in rdf.SCRITTURE:
        raise Http404
    tipo, nome = rdf.SCRITTURE[scrittura]
    grafo = rdf.catalogo(reverse("dati_aperti:indice"))
    risposta = HttpResponse(grafo.serialize(format=nome), content_type=tipo)
    return condizionata(request, risposta, "\n".join(sorted(grafo.serialize(format="nt").splitlines())))


@require_safe
def documentazione(request: HttpRequest) -> HttpResponse:
    """The API for people: every route with its parameters and fields, read from its own OpenAPI document."""
    return render(
        request, "dati_aperti/api.html", {"doc": documento(), "licenza": LICENZA, "precedenti": _precedenti()}
    )


@require_safe
@gzip_page
def punti(request: HttpRequest, formato: str) -> HttpResponseBase:
    """All the points that the public list shows, as a file."""
    if formato not in FORMATI:
        raise Http404
    scelto, giorno = FORMATI[formato], oggi()
    pronto = FilePronto(f"punti.{formato}", (PUBBLICA.legge(), giorno), lambda: scelto.pezzi(_raccolta()))
    nome = f"punti-informativi-{giorno.isoformat()}.{formato}"
    return file_condizionato(request, pronto, tipo=scelto.tipo, nome=nome)


def _raccolta() -> Raccolta:
    pubblici = PuntoInformativo.objects.pubblici().order_by("nome", "pk")
    righe = letture.con_tutto(pubblici).iterator(chunk_size=A_FASCI)
    return Raccolta(
        punti=map(letture.punto, righe),
        quanti=pubblici.count(),
        ente=Installazione.corrente().ente,
        titolo="Punti informativi",
        aggiornati_il=punti_aggiornati_il(),
    )


def _precedenti() -> list[tuple[str, str]]:
    """The way here, for the breadcrumb."""
    return [(_("Dati aperti"), reverse("dati_aperti:indice"))]
