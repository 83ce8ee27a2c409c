"""The draft of an agreement as a PDF to read, never the one that is signed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accordi.documento import compone_bozza
from accordi.models import Accordo
from accordi.queries.accordi import parti_che_firmano
from accordi.queries.testo_accordo import da_stampare, testo_compilato
from accordi.stati import StatoAccordo
from core.orologio import adesso


class AnteprimaView(PermissionCheckedMixin, View):
    """Made anew at each request and kept nowhere; only while the text is a draft."""

    model = Accordo
    any_permission_required = ("view",)

    def get(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        bozze = Accordo.objects.visibili_a(request.user).filter(stato=StatoAccordo.BOZZA)
        accordo = get_object_or_404(bozze, pk=pk)
        parti = list(parti_che_firmano(accordo))
        testo = da_stampare(accordo, parti, numero=0, corpo=testo_compilato(accordo))
        nome = f'inline; filename="bozza-{accordo.codice}.pdf"'
        return HttpResponse(
            compone_bozza(testo, quando=adesso()),
            content_type="application/pdf",
            headers={"Content-Disposition": nome, "Cache-Control": "private, no-store"},
        )
