"""What machines ask for."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve

from core.lingue import altre
from core.models import Messaggio
from core.orologio import adesso

# A mail that should have left this long ago means that no worker is running.
RITARDO_POSTA = timedelta(minutes=15)
UN_ANNO = 31_536_000  # seconds


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


@require_safe
def immagine(request: HttpRequest, percorso: str) -> HttpResponseBase:
    """An image of a page, in the size that the page asks. Documents have their own address, which asks who may."""
    risposta = serve(request, percorso, document_root=Path(settings.MEDIA_ROOT) / "images")
    risposta["Cache-Control"] = f"public, max-age={UN_ANNO}, immutable"  # a new file has a new name
    return risposta
