"""What the sheet's screens share: who may enter, the objective, the day in the URL, breadcrumbs."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.errori import Rifiuto
from monitoraggio.forms import DataSchedaForm
from monitoraggio.models import Obiettivo
from monitoraggio.permissions import motivo_rifiuto_leggi_scheda, motivo_rifiuto_scrivi_scheda, puo_scrivere_scheda
from monitoraggio.queries import data_predefinita


class VistaPeg(WagtailAdminTemplateMixin, View):
    """A screen of the sheet, for those who may read it."""

    header_icon = "tasks"
    http_method_names = ("get", "head", "options")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := self.motivo_rifiuto():
            raise PermissionDenied(motivo)
        return super().dispatch(request, *args, **kwargs)

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_leggi_scheda(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("peg:elenco"), "label": _("Scheda obiettivi")}]


class VistaObiettivo(VistaPeg):
    """A screen about one objective as of a day (`?al=`, by default today within its year)."""

    @cached_property
    def obiettivo(self) -> Obiettivo:
        return get_object_or_404(Obiettivo.objects.visibili_a(self.request.user), codice=self.kwargs["codice"])

    @cached_property
    def modulo_data(self) -> DataSchedaForm:
        """Bound to the URL; its error says what is wrong with the day."""
        dati = self.request.GET if "al" in self.request.GET else {"al": data_predefinita(self.obiettivo).isoformat()}
        modulo = DataSchedaForm(dati, obiettivo=self.obiettivo, prefix=None)
        modulo.is_valid()
        return modulo

    @cached_property
    def al(self) -> date:
        return self.modulo_data.cleaned_data.get("al") or data_predefinita(self.obiettivo)

    def indirizzo(self, nome: str, *argomenti: Any) -> str:
        """Address of another screen of this objective, on the same day."""
        giorno = f"?al={self.al.isoformat()}" if "al" in self.request.GET else ""
        return reverse(f"peg:{nome}", args=[self.obiettivo.codice, *argomenti]) + giorno

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": self.indirizzo("scheda"), "label": self.obiettivo.codice}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            obiettivo=self.obiettivo,
            al=self.al,
            modulo_data=self.modulo_data,
            puo_scrivere=puo_scrivere_scheda(self.request.user),
            **kwargs,
        )


class ModuloPeg(WagtailAdminTemplateMixin, View, ABC):
    """A form that writes through a service; a refusal is shown and nothing typed is lost."""

    form_class: type[Form]
    template_name = "monitoraggio/gestione/modulo.html"
    http_method_names = ("get", "head", "options", "post")
    pulsante = _("Salva")
    spiegazione = ""

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_scrivi_scheda(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def iniziali(self) -> dict[str, Any]:
        return {}

    @abstractmethod
    def esegui(self, dati: dict[str, Any]) -> str:
        """Call the service with clean data; returns the message of success."""

    @abstractmethod
    def indirizzo_dopo(self) -> str:
        """Where to go after success."""

    def _pagina(self, modulo: Form) -> HttpResponse:
        contesto = self.get_context_data(modulo=modulo, pulsante=self.pulsante, spiegazione=self.spiegazione)
        return render(self.request, self.template_name, contesto, status=422 if modulo.errors else 200)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._pagina(self.form_class(initial=self.iniziali()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        modulo = self.form_class(request.POST, request.FILES)
        if not modulo.is_valid():
            return self._pagina(modulo)
        try:
            esito = self.esegui(modulo.cleaned_data)
        except Rifiuto as rifiuto:
            modulo.add_error(None, rifiuto.frase)
            return self._pagina(modulo)
        messages.success(request, esito)
        return redirect(self.indirizzo_dopo())
