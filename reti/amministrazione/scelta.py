"""Back office: screens that start from a board, named in `?rete=`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from wagtail.admin import messages

from core.numeri import chiave
from reti.models import Rete


class TavoloScelto:
    """The board of `?rete=`, among those that the person may see; without one, back to the boards with a hint."""

    invito: Any = ""

    @cached_property
    def rete(self) -> Rete | None:
        chiesta = self.request.GET.get("rete", "")
        reti = Rete.objects.visibili_a(self.request.user).select_related("convocante")
        return get_object_or_404(reti, pk=chiave(chiesta)) if chiesta.isdecimal() else None

    def get_page_subtitle(self) -> str:
        return self.rete.nome if self.rete else ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.rete else self._ai_tavoli()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.rete else self._ai_tavoli()

    def _ai_tavoli(self) -> HttpResponse:
        messages.info(self.request, self.invito)
        return redirect("gestione_tavoli:index")
