"""What machines ask for."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from core.lingue import altre
from core.models import Messaggio
from core.orologio import adesso

# A mail that should have left this long ago means that no worker is running.
RITARDO_POSTA = timedelta(minutes=15)


def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be indexed; private area, sign-in and search results may not."""
    righe = [
        "User-agent: *",
        *(f"Disallow: {percorso}" for percorso in ("/area/", "/accesso/", "/gestione/", "/ricerca/")),
        *(f"Disallow: /{codice}/ricerca/" for codice, _nome in altre()),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(righe) + "\n", content_type="text/plain; charset=utf-8")


def salute(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it doesn't; says whether mail is leaving."""
    try:
        with connection.cursor() as cursore:
            cursore.execute("SELECT 1")
        ferma = Messaggio.objects.filter(stato=Messaggio.Stato.IN_CODA, prossimo__lt=adesso() - RITARDO_POSTA).exists()
    except DatabaseError:
        return JsonResponse({"database": "non risponde"}, status=503)
    return JsonResponse({"database": "risponde", "posta": "ferma" if ferma else "in partenza"})
