"""Back office: one's own calendars, with the gestures of the private area."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from reti.amministrazione.viste import VistaLettura, frase_dei_rifiuti
from reti.forms.feed import CalendarioForm
from reti.queries.calendari import calendari_di
from reti.views.calendari import esegui_gesto


class MieiCalendari(VistaLettura):
    """Make a calendar, take its address, change it, revoke it. `?di=` proposes one."""

    template_name = "reti/gestione/calendari.html"
    header_icon = "calendar"
    page_title = _("I miei calendari")
    genitori = []  # noqa: RUF012  a table that nobody changes

    def motivo_rifiuto(self) -> str:
        """Open to everyone who works here: each sees only their own."""
        return ""

    @cached_property
    def form(self) -> CalendarioForm:
        iniziale = {"di": self.request.GET.get("di", "")}
        return CalendarioForm(self.request.POST or None, utente=self.request.user, initial=iniziale)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, calendari=calendari_di(self.request.user), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        frasi: list[str] = []
        if frase_dei_rifiuti(lambda: frasi.append(esegui_gesto(request.user, request.POST, self.form)), request):
            if not frasi[0]:
                return self.render_to_response(self.get_context_data())
            messages.success(request, frasi[0])
        return redirect("gestione_calendari:index")


class CalendariViewSet(ViewSet):
    """«I miei calendari» under «Tavoli»."""

    name = "gestione_calendari"
    url_prefix = "calendari"
    menu_label = _("I miei calendari")
    icon = "calendar"

    def get_urlpatterns(self) -> list:
        return [path("", MieiCalendari.as_view(), name="index")]
