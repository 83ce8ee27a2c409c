"""The evidence bundle to download: parties and office (R14)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accordi.models import Accordo
from accordi.permissions import puo_leggere_le_evidenze
from accordi.queries.fascicolo import fascicolo as componi


@require_safe
@login_required
def fascicolo(request: HttpRequest, codice: str) -> HttpResponse:
    """A zip with every document, the trail, the report and how to check them; 404 before the text was frozen."""
    accordi = Accordo.objects.visibili_a(request.user).select_related("protocollo")
    accordo = get_object_or_404(accordi, codice=codice)
    if not accordo.versioni.exists():
        raise Http404
    contenuto = componi(accordo, con_evidenze=puo_leggere_le_evidenze(request.user))
    return HttpResponse(
        contenuto,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="fascicolo-{accordo.codice_verifica}.zip"',
            "Cache-Control": "private, no-store",
        },
    )
