"""Pages that a personal link opens without signing in: the secret in the address is the key (R21, R23)."""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reti.views.tentativi import conta_tentativo, troppi_tentativi


def con_gettone(
    request: HttpRequest, righe: QuerySet, gettone: str, pagina: Callable[[Model], HttpResponse]
) -> HttpResponse:
    """The `pagina` of the row that holds `gettone`. An unknown one is a 404, counted by address against guessing.

    A right link always opens: behind a proxy or in one office many people share an
    address, and one of them must not shut the others out.
    """
    riga = righe.filter(gettone=gettone).first()
    if riga is None:
        if troppi_tentativi(request):
            return render(request, "reti/risposta_troppi.html", status=429)
        conta_tentativo(request)
        raise Http404
    esito = pagina(riga)
    esito["X-Robots-Tag"] = "noindex"
    esito["Referrer-Policy"] = "same-origin"
    return esito
