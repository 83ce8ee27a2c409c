"""Back office: the calendar over all boards, by month and as a list, with the same filters in the URL."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from reti.amministrazione.viste import VistaLettura
from reti.foglio import scrivi
from reti.forms.calendario import PASSATI, FiltriCalendarioForm
from reti.models.incontri import IncontroQuerySet
from reti.queries.calendario import fasce_scelte, incontri_scelti
from reti.queries.mese import da_fascia, da_incontro, per_giorno
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

PER_PAGINA = 50


def incontri_dell_elenco(form: FiltriCalendarioForm, utente: Any) -> IncontroQuerySet:
    """The meetings that the list shows; those of the past from the latest."""
    scelti = incontri_scelti(utente, form.filtri(utente), *form.estremi)
    return scelti.order_by("-inizio", "-pk") if form.cleaned_data.get("periodo") == PASSATI else scelti


class VistaCalendario(VistaLettura):
    header_icon = "calendar-alt"
    page_title = _("Calendario")
    genitori = []  # noqa: RUF012  a table that nobody changes

    @cached_property
    def form(self) -> FiltriCalendarioForm:
        return FiltriCalendarioForm(self.request.GET)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for frase in self.form.frasi:
            messages.warning(request, frase)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, mese=self.form.scelto, **kwargs)


class CalendarioMese(VistaCalendario):
    """The month: weeks from Monday, days beside it included."""

    template_name = "reti/gestione/calendario.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        utente, filtri, mese = self.request.user, self.form.filtri(self.request.user), self.form.scelto
        settimane = mese.settimane()
        giorni = settimane[0][0].data, settimane[-1][-1].data
        impegni = [da_incontro(i) for i in incontri_scelti(utente, filtri, *giorni)]
        impegni += [da_fascia(f) for f in fasce_scelte(utente, filtri, *giorni)]
        return super().get_context_data(settimane=mese.settimane(impegni), quanti=len(impegni), **kwargs)


class CalendarioElenco(VistaCalendario):
    """The list: a month, a day, what comes or what was, by day."""

    template_name = "reti/gestione/calendario_elenco.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        utente = self.request.user
        pagina = Paginator(incontri_dell_elenco(self.form, utente), PER_PAGINA).get_page(self.request.GET.get("pagina"))
        dal, al = self.form.estremi
        fasce = fasce_scelte(utente, self.form.filtri(utente), dal, al) if dal and al else []
        return super().get_context_data(
            pagina=pagina,
            giorni=per_giorno(da_incontro(i) for i in pagina),
            proposte=per_giorno(da_fascia(f) for f in fasce),
            giorno=self.form.cleaned_data.get("giorno"),
            **kwargs,
        )


@require_safe
def esporta(request: HttpRequest) -> HttpResponse:
    """The meetings of the list as CSV."""
    if not ha_ruolo(request.user, LEGGONO_TUTTO):
        raise PermissionDenied
    nomi = (_("inizio"), _("fine"), _("incontro"), _("tavolo"), _("convoca"), _("stato"), _("luogo"))
    righe = (
        (
            *(f"{timezone.localtime(istante):%Y-%m-%d %H:%M}" for istante in (i.inizio, i.fine)),
            *(i.titolo, i.tavoli, i.rete.convocante.denominazione, i.get_stato_display(), i.luogo),
        )
        for i in incontri_dell_elenco(FiltriCalendarioForm(request.GET), request.user)
    )
    risposta = HttpResponse("\ufeff" + scrivi(map(str, nomi), righe), content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = 'attachment; filename="calendario.csv"'
    return risposta


class VoceCalendario(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, LEGGONO_TUTTO)


class CalendarioViewSet(ViewSet):
    """The calendar under «Tavoli»."""

    name = "gestione_calendario"
    url_prefix = "calendario"
    menu_label = _("Calendario")
    icon = "calendar"
    menu_item_class = VoceCalendario

    def get_urlpatterns(self) -> list:
        return [
            path("", CalendarioMese.as_view(), name="mese"),
            path("elenco/", CalendarioElenco.as_view(), name="elenco"),
            path("calendario.csv", esporta, name="csv"),
        ]
