"""The routes of version 1."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from accordi.models import Avviso
from accordi.queries.avvisi import avvisi_in_elenco
from accordi.queries.pubblicazione import accordo_pubblico, registro_pubblico
from dati_aperti import letture as di_punti
from dati_aperti.api import letture, problemi, schemi
from dati_aperti.api.parametri import DiAccordi, DiAvvisi, DiPagina, DiPunti, solo
from dati_aperti.schemi import Punto
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import punti_trovati
from reti.ical import Persona
from reti.models import Rete
from reti.queries.feed import feed_pubblico, voci

VERSIONE = "1.0.0"
DESCRIZIONE = (
    "Dati pubblici della rete territoriale per il lavoro, in sola lettura, senza registrazione. Licenza CC BY 4.0. "
    "Ogni risposta ha un ETag: ripeti la richiesta con If-None-Match e, se niente è cambiato, ricevi 304. "
    "Un errore è un problem+json (RFC 9457) che dice che cosa correggere. "
    "Questa versione può aggiungere campi, mai toglierne."
)
NESSUNO = Persona("", "")  # the API names no organiser
RIFIUTI = {404: schemi.Problema, 422: schemi.Problema}


class ApiAperta(NinjaAPI):
    """Its document says of refusals the type that they have, and that a conditional request may get 304."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for metodi in schema["paths"].values():
            risposte = metodi["get"]["responses"]
            risposte[200]["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "Per If-None-Match."}}
            risposte[304] = {"description": "Niente è cambiato dall'ETag mandato in If-None-Match."}
            for stato in RIFIUTI:
                risposte[stato]["content"] = {problemi.TIPO: risposte[stato]["content"].pop("application/json")}
        return schema


api = ApiAperta(
    title="Dati aperti di Raccordo",
    version=VERSIONE,
    description=DESCRIZIONE,
    docs_url=None,
    urls_namespace="dati_aperti:api",
    openapi_extra={
        "info": {"license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.it"}}
    },
)
api.add_exception_handler(Http404, problemi.non_trovato)
api.add_exception_handler(problemi.ParametriErrati, problemi.parametri_errati)
api.add_exception_handler(ValidationError, problemi.non_validi)


def _pagina(request: HttpRequest, risposta: HttpResponse, righe: Any, di: DiPagina, come: Callable) -> dict[str, Any]:
    """A page of `righe`; one that isn't there is a 404. The neighbours are in the header too (RFC 8288)."""
    pagine = Paginator(righe, di.per_pagina)
    if di.pagina > pagine.num_pages:
        raise Http404
    pagina = pagine.page(di.pagina)
    vicine = {
        "precedente": _indirizzo(request, di.pagina - 1) if pagina.has_previous() else None,
        "successiva": _indirizzo(request, di.pagina + 1) if pagina.has_next() else None,
    }
    rel = {"precedente": "prev", "successiva": "next"}
    if collegamenti := [f'<{url}>; rel="{rel[nome]}"' for nome, url in vicine.items() if url]:
        risposta["Link"] = ", ".join(collegamenti)
    return {
        "totale": pagine.count,
        "pagina": di.pagina,
        "pagine": pagine.num_pages,
        "per_pagina": di.per_pagina,
        "risultati": [come(riga) for riga in pagina.object_list],
        **vicine,
    }


def _indirizzo(request: HttpRequest, numero: int) -> str:
    domanda = request.GET.copy()
    domanda["pagina"] = str(numero)
    return di_punti.indirizzo_pubblico(f"{request.path}?{domanda.urlencode()}")


@api.get("/punti", response={200: schemi.Pagina[Punto], **RIFIUTI}, tags=["Punti"], summary="Punti informativi")
def punti(request: HttpRequest, response: HttpResponse, filtri: Query[DiPunti]) -> Any:
    """I punti dell'elenco pubblico, con gli stessi filtri: gli indirizzi delle pagine del sito funzionano anche qui."""
    trovati = di_punti.con_tutto(punti_trovati(filtri.filtri()))
    return _pagina(request, response, trovati, filtri, di_punti.punto)


@api.get("/punti/{slug:slug}", response={200: Punto, **RIFIUTI}, tags=["Punti"], summary="Un punto")
def punto(request: HttpRequest, slug: str) -> Any:
    solo(request.GET)
    return di_punti.punto(get_object_or_404(di_punti.con_tutto(PuntoInformativo.objects.pubblici()), slug=slug))


@api.get("/servizi", response={200: schemi.Pagina[schemi.Servizio], **RIFIUTI}, tags=["Elenchi"], summary="Servizi")
def servizi(request: HttpRequest, response: HttpResponse, di: Query[DiPagina]) -> Any:
    """Che cosa si può fare ai punti."""
    return _pagina(request, response, letture.servizi(), di, letture.servizio)


@api.get(
    "/destinatari", response={200: schemi.Pagina[schemi.Servizio], **RIFIUTI}, tags=["Elenchi"], summary="Destinatari"
)
def destinatari(request: HttpRequest, response: HttpResponse, di: Query[DiPagina]) -> Any:
    """I gruppi di persone per cui un punto è adatto."""
    return _pagina(request, response, letture.destinatari(), di, letture.gruppo)


@api.get("/comuni", response={200: schemi.Pagina[schemi.Comune], **RIFIUTI}, tags=["Elenchi"], summary="Comuni")
def comuni(request: HttpRequest, response: HttpResponse, di: Query[DiPagina]) -> Any:
    """I comuni del territorio, con quanti punti hanno."""
    return _pagina(request, response, letture.comuni(), di, letture.comune)


@api.get("/avvisi", response={200: schemi.Pagina[schemi.Avviso], **RIFIUTI}, tags=["Avvisi"], summary="Avvisi")
def avvisi(request: HttpRequest, response: HttpResponse, di: Query[DiAvvisi]) -> Any:
    """Gli avvisi pubblicati, prima quelli aperti."""
    trovati = avvisi_in_elenco(None, testo=di.q, fase=di.fase or "", tipo=di.tipo or "")
    return _pagina(request, response, trovati, di, letture.avviso)


@api.get("/avvisi/{slug:slug}", response={200: schemi.Avviso, **RIFIUTI}, tags=["Avvisi"], summary="Un avviso")
def avviso(request: HttpRequest, slug: str) -> Any:
    solo(request.GET)
    return letture.avviso(get_object_or_404(Avviso.objects.pubblicati(), slug=slug))


@api.get(
    "/accordi", response={200: schemi.Pagina[schemi.Accordo], **RIFIUTI}, tags=["Accordi"], summary="Registro accordi"
)
def accordi(request: HttpRequest, response: HttpResponse, di: Query[DiAccordi]) -> Any:
    """Gli accordi del registro pubblico, prima gli ultimi firmati."""
    return _pagina(request, response, registro_pubblico(di.ricerca()), di, letture.accordo)


@api.get("/accordi/{slug:codice}", response={200: schemi.Accordo, **RIFIUTI}, tags=["Accordi"], summary="Un accordo")
def accordo(request: HttpRequest, codice: str) -> Any:
    solo(request.GET)
    trovato = accordo_pubblico(codice)
    if trovato is None:
        raise Http404
    return letture.accordo(trovato)


@api.get("/tavoli", response={200: schemi.Pagina[schemi.Tavolo], **RIFIUTI}, tags=["Tavoli"], summary="Tavoli")
def tavoli(request: HttpRequest, response: HttpResponse, di: Query[DiPagina]) -> Any:
    """I tavoli visibili sul sito."""
    pubblici = Rete.objects.filter(pubblica=True).select_related("convocante").order_by("nome", "pk")
    return _pagina(request, response, pubblici, di, letture.tavolo)


@api.get(
    "/tavoli/{slug:slug}/incontri",
    response={200: schemi.Pagina[schemi.Incontro], **RIFIUTI},
    tags=["Tavoli"],
    summary="Incontri di un tavolo",
)
def incontri(request: HttpRequest, response: HttpResponse, slug: str, di: Query[DiPagina]) -> Any:
    """Il calendario pubblico del tavolo, in ordine di data."""
    rete = get_object_or_404(Rete.objects.filter(pubblica=True).select_related("convocante"), slug=slug)
    return _pagina(request, response, voci(feed_pubblico(rete), NESSUNO), di, letture.incontro)
