"""Back office: the desk of terms, which orders what is due (R01)."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from accordi.amministrazione import MENU_ACCORDI
from accordi.forms.scadenze import FiltroScadenzeForm
from accordi.models import Istanza
from accordi.queries.scadenze import SITUAZIONI, Scadenza, righe_scadenze, scadenze
from core.fogli import TIPO_CSV, in_csv
from core.orologio import oggi
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

PER_PAGINA = 25


class ScadenzeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every application whose term runs, late ones first."""

    model = Istanza
    any_permission_required = ("view",)
    template_name = "accordi/amministrazione/scadenze.html"
    page_title = _("Termini")
    header_icon = "time"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def form(self) -> FiltroScadenzeForm:
        return FiltroScadenzeForm(self.request.GET.dict())

    @cached_property
    def tutte(self) -> list[Scadenza]:
        return scadenze(Istanza.objects.visibili_a(self.request.user).filter(**self.form.criteri()))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for frase in self.form.frasi:
            messages.warning(request, frase)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scelte = self.form.scegli(self.tutte)
        pagina = Paginator(scelte, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            form=self.form,
            pagina=pagina,
            oggi=oggi(),
            soglie=settings.GIORNI_AVVISI_TERMINE,
            conteggi={s: sum(r.situazione == s for r in self.tutte) for s in SITUAZIONI},
            **kwargs,
        )


class ScadenzeCsv(ScadenzeView):
    """The same rows, all of them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        testo = in_csv(righe_scadenze(self.form.scegli(self.tutte)))
        nome = f'attachment; filename="termini-{oggi().isoformat()}.csv"'
        return HttpResponse(testo, content_type=TIPO_CSV, headers={"Content-Disposition": nome})


class VoceTermini(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, LEGGONO_TUTTO)


class ScadenzeViewSet(ViewSet):
    """Terms, under «Avvisi e accordi»."""

    name = "accordi_termini"
    url_prefix = "termini"
    icon = "time"
    menu_label = _("Termini")
    menu_name = "termini"
    menu_order = 150
    menu_hook = MENU_ACCORDI
    menu_item_class = VoceTermini

    def get_urlpatterns(self) -> list:
        return [
            path("", ScadenzeView.as_view(http_method_names=["get", "head"]), name="index"),
            path("termini.csv", ScadenzeCsv.as_view(http_method_names=["get", "head"]), name="csv"),
        ]
