"""Signing for the Province: the list of what waits, then one document after the other, each opened and read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem

from accordi.amministrazione.pagina import PaginaAccordo
from accordi.models import Accordo, Parte
from accordi.queries.accordi import parti_da_firmare
from accordi.views.firma import PassiFirma
from utenti.permissions import FIRMANO_PER_LA_PROVINCIA, ha_ruolo


def in_fila(utente: Any) -> list[Parte]:
    """What `utente` may sign now, the nearest term first."""
    parti = parti_da_firmare(utente).order_by("accordo__istanza__protocollo__registrato_il", "accordo__creato_il", "pk")
    return list(parti)


class VoceDaFirmare(MenuItem):
    """The row in the menu, for who signs for the Province."""

    def __init__(self) -> None:
        indirizzo = reverse("accordi_gestione:da_firmare")
        super().__init__(gettext_lazy("Da firmare"), indirizzo, name="da-firmare", icon_name="edit", order=50)

    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, FIRMANO_PER_LA_PROVINCIA)


class DaFirmareView(PaginaAccordo, TemplateView):
    """Everything that the person may sign today, in the order in which it is due."""

    template_name = "accordi/amministrazione/da_firmare.html"
    page_title = gettext_lazy("Da firmare")
    header_icon = "edit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"fila": in_fila(self.request.user)}


class FirmaGestioneView(PaginaAccordo, PassiFirma, TemplateView):
    """The Province's signatory signs here, in the same three steps as a partner, and goes on to the next."""

    template_name = "accordi/amministrazione/firma.html"
    page_title = gettext_lazy("Firma l'accordo")
    header_icon = "edit"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        parti: QuerySet[Parte] = Parte.objects.filter(accordo__in=Accordo.objects.visibili_a(request.user))
        self.parte = get_object_or_404(parti.select_related("accordo", "soggetto"), pk=kwargs["pk"])
        self.accordo = self.parte.accordo

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fila = in_fila(self.request.user)
        qui = next((n for n, p in enumerate(fila, start=1) if p.pk == self.parte.pk), 0)
        return (
            super().get_context_data(**kwargs)
            | self.contesto(kwargs.get("form"))
            | {
                "posto": qui,
                "quanti": len(fila),
                "prossima": fila[qui % len(fila)] if qui and len(fila) > 1 else None,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "manda_codice" in request.POST:
            self.manda_codice()
            return redirect(request.path)
        fila = [p.pk for p in in_fila(request.user)]
        firma, form = self.firma()
        if firma is None:
            return self.render_to_response(self.get_context_data(form=form))
        self.congratula(firma)
        return redirect(self._prossima(fila))

    def _prossima(self, fila: list[int]) -> str:
        """The next of the row after this one, else the first still there, else the agreement just signed."""
        restano = [p.pk for p in in_fila(self.request.user)]
        if not restano:
            return reverse("accordi_gestione:accordo", args=[self.accordo.pk])
        dopo = fila[fila.index(self.parte.pk) + 1 :] if self.parte.pk in fila else []
        return reverse("accordi_gestione:firma", args=[next((pk for pk in dopo if pk in restano), restano[0])])
