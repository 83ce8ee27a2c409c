"""Back office: the daily register of protocol, as page, PDF and CSV, each file with its fingerprint."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accordi.forms.protocollo import GiornoForm
from accordi.models import Protocollo
from accordi.queries.protocollo import difetti, registrazioni_del, righe_giorno
from accordi.registro_giornaliero import RegistroGiornaliero, in_pdf
from core.archivio import impronta
from core.fogli import TIPO_CSV, in_csv
from core.giorni import mezzanotte
from core.models import Installazione
from core.orologio import adesso, oggi


class GiornoView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The registrations of one day; without one in the URL, the last day that is over."""

    model = Protocollo
    any_permission_required = ("view",)
    template_name = "accordi/amministrazione/giorno_protocollo.html"
    page_title = _("Registro giornaliero")
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        elenco = {"url": reverse("accordi_protocollo:index"), "label": _t("Protocollo")}
        return [*self.breadcrumbs_items, elenco, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def form(self) -> GiornoForm:
        ieri = oggi() - timedelta(days=1)
        return GiornoForm({"giorno": ieri.isoformat()} | self.request.GET.dict())

    @cached_property
    def giorno(self) -> date:
        return self.form.cleaned_data["giorno"] if self.form.is_valid() else oggi() - timedelta(days=1)

    @property
    def chiuso(self) -> bool:
        return self.giorno < oggi()

    @cached_property
    def righe(self) -> list[list[str]]:
        return list(righe_giorno(registrazioni_del(self.giorno)))

    @cached_property
    def csv(self) -> bytes:
        return in_csv(self.righe).encode()

    @cached_property
    def pdf(self) -> bytes:
        """The same bytes whenever it is asked for, once the day is over: dated at its midnight."""
        ente = Installazione.corrente()
        registro = RegistroGiornaliero(
            ente=ente.ente,
            struttura=ente.struttura,
            giorno=date_format(self.giorno, "j F Y").lower(),
            chiuso=self.chiuso,
            testata=self.righe[0],
            righe=self.righe[1:],
        )
        return in_pdf(registro, quando=mezzanotte(self.giorno + timedelta(days=1)) if self.chiuso else adesso())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for frasi in self.form.errors.values():
            messages.warning(request, " ".join(frasi))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stampe = [("PDF", "giorno_pdf", self.pdf), ("CSV", "giorno_csv", self.csv)]
        return super().get_context_data(
            form=self.form,
            giorno=self.giorno,
            chiuso=self.chiuso,
            testata=self.righe[0][:-1],
            righe=[riga[:-1] for riga in self.righe[1:]],
            file=[
                (tipo, f"{reverse(f'accordi_protocollo:{nome}')}?giorno={self.giorno.isoformat()}", impronta(contenuto))
                for tipo, nome, contenuto in stampe
            ],
            difetti=difetti(),
            **kwargs,
        )

    def consegna(self, contenuto: bytes, tipo: str, desinenza: str) -> HttpResponse:
        nome = f'attachment; filename="protocollo-{self.giorno.isoformat()}.{desinenza}"'
        return HttpResponse(contenuto, content_type=tipo, headers={"Content-Disposition": nome})


class GiornoPdf(GiornoView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.consegna(self.pdf, "application/pdf", "pdf")


class GiornoCsv(GiornoView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.consegna(self.csv, TIPO_CSV, "csv")
