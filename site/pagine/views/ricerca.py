"""Search of the whole site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pagine.queries.ricerca import cerca


def ricerca(request: HttpRequest) -> HttpResponse:
    """/ricerca/?q=… over points, services, comuni, calls, pages and news."""
    domanda = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    gruppi, corretta = cerca(domanda) if domanda else ([], "")
    contesto = {"q": domanda, "gruppi": gruppi, "corretta": corretta, "totale": sum(g.quanti for g in gruppi)}
    return render(request, "pagine/ricerca.html", contesto)
