"""The package for preservation, to download from the page of an agreement."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from accordi.models import Accordo
from accordi.permissions import motivo_rifiuto_gestisce_accordo
from accordi.queries.conservazione import pacchetto
from accordi.stati import ACCORDI_FIRMATI


class PacchettoView(View):
    """Coordinators only, of an agreement signed by all; 404 before."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        accordo = get_object_or_404(Accordo.objects.visibili_a(request.user).select_related("protocollo"), pk=pk)
        if motivo := motivo_rifiuto_gestisce_accordo(request.user, accordo):
            raise PermissionDenied(motivo)
        if accordo.stato not in ACCORDI_FIRMATI:
            raise Http404
        nome = f"versamento-{accordo.codice_verifica}.zip"
        intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
        return HttpResponse(pacchetto(accordo), content_type="application/zip", headers=intestazioni)
