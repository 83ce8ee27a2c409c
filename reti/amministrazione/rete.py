"""What the screens of one board share: the board of the URL, the way back, forms drawn again without saving."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reti.models import Rete

ELENCO = (_("Tavoli e reti"), reverse_lazy("gestione_tavoli:index"))
CIFRE_DI_RIGHE = 3  # of how many rows a form says that it has


class ReteMixin:
    """The board of the URL, among those that the person may see."""

    @cached_property
    def rete(self) -> Rete:
        return get_object_or_404(
            Rete.objects.visibili_a(self.request.user).select_related("convocante"), pk=self.kwargs["pk"]
        )

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.rete.nome, reverse("gestione_tavoli:scheda", args=[self.rete.pk]))]

    def alla_scheda(self, rete: Rete) -> HttpResponse:
        return redirect("gestione_tavoli:scheda", rete.pk)


class RigheMixin:
    """Buttons that draw the form again with what was typed and save nothing: a search, one row more.

    `righe`: prefix of the rows; `nuova_riga`: what a row holds before anybody writes in it.
    """

    righe = ""
    nuova_riga: ClassVar[dict[str, str]] = {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not {"altra_riga", "cerca_ente"} & set(request.POST):
            return super().post(request, *args, **kwargs)
        dati = request.POST.copy()
        if "altra_riga" in dati:
            self._aggiungi_riga(dati)
        return self.render_to_response(self.get_context_data(**self.moduli(dati)))

    def _aggiungi_riga(self, dati: QueryDict) -> None:
        totale = dati.get(f"{self.righe}-TOTAL_FORMS", "")
        if totale.isdecimal() and len(totale) <= CIFRE_DI_RIGHE:
            dati[f"{self.righe}-TOTAL_FORMS"] = int(totale) + 1
            dati.update({f"{self.righe}-{totale}-{campo}": valore for campo, valore in self.nuova_riga.items()})
