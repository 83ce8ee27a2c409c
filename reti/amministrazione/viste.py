"""What the back-office screens of boards and meetings share: furniture, permission, form → service → redirect."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from utenti.permissions import LEGGONO_TUTTO, ha_ruolo, motivo_rifiuto_coordina, puo_coordinare


class VistaLettura(WagtailAdminTemplateMixin, View):
    """A screen that staff who read everything may open. `genitori`: (label, url) of the breadcrumb."""

    header_icon = "group"
    genitori: list[tuple[Any, str]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := self.motivo_rifiuto():
            raise PermissionDenied(motivo)
        return super().dispatch(request, *args, **kwargs)

    def motivo_rifiuto(self) -> str:
        return "" if ha_ruolo(self.request.user, LEGGONO_TUTTO) else motivo_rifiuto_coordina(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        voci = [{"url": url, "label": str(nome)} for nome, url in self.genitori]
        return [*self.breadcrumbs_items, *voci, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(coordina=puo_coordinare(self.request.user), **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


class VistaCoordinatori(VistaLettura):
    """A screen for coordinators alone."""

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_coordina(self.request.user)


class VistaModulo(VistaCoordinatori, ABC):
    """A form, or several, for coordinators: what was typed stays when something is refused."""

    template_name = "reti/gestione/modulo.html"
    invia = ""
    messaggio = ""

    @abstractmethod
    def moduli(self, dati: Any) -> dict[str, Any]:
        """The forms by name; `form` is the main one, which shows refusals."""

    @abstractmethod
    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        """Call the service and answer with a redirect."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**self.moduli(None)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moduli = self.moduli(request.POST)
        if all(tutti_validi(m) for m in moduli.values()):
            try:
                risposta = self.esegui(moduli)
            except ValidationError as errore:
                return self.rifiuta(moduli, errore.messages)
            if self.messaggio:
                messages.success(request, self.messaggio)
            return risposta
        return self.rifiuta(moduli, [])

    def rifiuta(self, moduli: dict[str, Any], frasi: list[str]) -> HttpResponse:
        return self.render_to_response(self.get_context_data(rifiuti=frasi, con_errori=True, **moduli))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invia=self.invia, **kwargs)


def tutti_validi(modulo: Any) -> bool:
    """True when a form, a formset, or every form of a list is valid."""
    return all(m.is_valid() for m in modulo) if isinstance(modulo, list) else modulo.is_valid()


class ElencoView(IndexView):
    """A Wagtail listing whose titles open our own page of the record; nothing is deleted or copied here."""

    scheda = ""

    def get_edit_url(self, instance: Any) -> str:
        return reverse(self.scheda, args=[instance.pk])

    def get_list_more_buttons(self, instance: Any) -> list:
        return []


def colonna_titolo(nome: str, etichetta: Any, scheda: str, chiave: str = "") -> TitleColumn:
    """The first column of a listing, linked to the record's page."""
    return TitleColumn(nome, label=etichetta, url_name=scheda, sort_key=chiave or nome)


def frase_dei_rifiuti(azione: Callable[[], Any], request: HttpRequest) -> bool:
    """Run `azione`; when a service refuses, show its sentence. True when it went through."""
    try:
        azione()
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return False
    return True
