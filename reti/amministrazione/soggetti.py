"""Back office: the menu «Rete», with soggetti, seats, accreditations, powers of representation, comuni."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from core.amministrazione.colonne import ColonnaData
from core.registro import righe_di
from reti.amministrazione.accreditamenti import CambiaAccreditamento
from reti.amministrazione.confini import ImportaConfini
from reti.amministrazione.importazione import ImportaSoggetti, esporta_soggetti
from reti.amministrazione.rappresentanze import RappresentanzaViewSet
from reti.amministrazione.registro import Elenco, RegistroViewSet, viste_con
from reti.models import Accreditamento, Comune, Sede, Soggetto
from reti.permissions import puo_gestire_soggetti
from reti.queries.soggetti import in_vigore
from reti.services.accreditamenti import registra_accreditamento
from reti.services.soggetti import salva_soggetto
from reti.stati import TRANSIZIONI_ACCREDITAMENTO

NuovoSoggetto, ModificaSoggetto = viste_con(lambda u, o, campi: salva_soggetto(utente=u, oggetto=o, campi=campi))
NuovoAccreditamento, ModificaAccreditamento = viste_con(
    lambda u, o, campi: registra_accreditamento(utente=u, accreditamento=o)
)


class ElencoSoggetti(generic.IndexView):
    """The register, with the ways in and out of CSV."""

    @cached_property
    def header_buttons(self) -> list:
        bottoni = [HeaderButton(_("Scarica CSV"), url=reverse("gestione_soggetti:esporta"), icon_name="download")]
        if puo_gestire_soggetti(self.request.user):
            importa = reverse("gestione_soggetti:importa")
            bottoni.insert(0, HeaderButton(_("Importa CSV"), url=importa, icon_name="upload"))
        return [*super().header_buttons, *bottoni]

    def get_edit_url(self, instance: Soggetto) -> str:
        """The name opens the body's page, where everything about it stands."""
        return reverse("gestione_soggetti:inspect", args=[instance.pk])


class SchedaSoggetto(generic.InspectView):
    """A body with seats, accreditations, powers and its lines of the audit trail."""

    page_title = _("Scheda")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ente = self.object
        return super().get_context_data(**kwargs) | {
            "sedi": ente.sedi.select_related("comune"),
            "accreditamenti": [
                (voce, in_vigore(voce), bool(TRANSIZIONI_ACCREDITAMENTO[voce.stato]))
                for voce in ente.accreditamenti.all()
            ],
            "rappresentanze": ente.rappresentanze.select_related("utente").order_by("-dal"),
            "storia": righe_di(ente),
            "puo_gestire": puo_gestire_soggetti(self.request.user),
        }


class SoggettoViewSet(RegistroViewSet):
    model = Soggetto
    name = "gestione_soggetti"
    url_prefix = "soggetti"
    icon = "group"
    menu_label = _("Soggetti")
    index_view_class = ElencoSoggetti
    inspect_view_class = SchedaSoggetto
    add_view_class = NuovoSoggetto
    edit_view_class = ModificaSoggetto
    inspect_view_enabled = True
    inspect_template_name = "reti/gestione/soggetto.html"
    campi = (
        "denominazione", "natura", "tipo", "codice_fiscale", "partita_iva", "codice_ipa",
        "pec", "email", "telefono", "sito_web",
    )  # fmt: skip
    form_fields = campi
    inspect_view_fields = campi
    list_display = ("denominazione", "natura", "tipo", "codice_fiscale")
    list_filter = ("natura", "tipo", "sedi__comune")
    search_fields = ("denominazione", "codice_fiscale", "sedi__comune__nome")
    ordering = "denominazione"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("importa/", ImportaSoggetti.as_view(), name="importa"),
            path("esporta/", esporta_soggetti, name="esporta"),
        ]


class ElencoSedi(Elenco):
    collegati = ("soggetto", "comune")


class SedeViewSet(RegistroViewSet):
    model = Sede
    name = "gestione_sedi"
    url_prefix = "sedi"
    icon = "home"
    menu_label = _("Sedi")
    index_view_class = ElencoSedi
    add_view_class = NuovoSoggetto
    edit_view_class = ModificaSoggetto
    form_fields = ("soggetto", "nome", "indirizzo", "cap", "comune", "lat", "lon", "principale")
    list_display = ("indirizzo", Column("soggetto", label=_("Soggetto"), sort_key="soggetto"), "comune")
    list_filter = ("comune",)
    search_fields = ("soggetto__denominazione", "indirizzo")


class ElencoAccreditamenti(Elenco):
    collegati = ("soggetto",)


class AccreditamentoViewSet(RegistroViewSet):
    model = Accreditamento
    name = "gestione_accreditamenti"
    url_prefix = "accreditamenti"
    icon = "success"
    menu_label = _("Accreditamenti")
    index_view_class = ElencoAccreditamenti
    add_view_class = NuovoAccreditamento
    edit_view_class = ModificaAccreditamento
    form_fields = ("soggetto", "registro", "numero", "carattere", "dal", "al")
    list_display = (
        "numero",
        Column("soggetto", label=_("Soggetto"), sort_key="soggetto__denominazione"),
        "registro",
        "stato",
        ColonnaData("dal", label=_("Dal"), sort_key="dal"),
        ColonnaData("al", label=_("Al"), sort_key="al"),
    )
    list_filter = ("registro", "stato", "carattere")
    search_fields = ("soggetto__denominazione", "numero")

    def get_urlpatterns(self) -> list[URLPattern]:
        cambia = path("<int:pk>/<slug:verbo>/", CambiaAccreditamento.as_view(), name="cambia")
        return [*super().get_urlpatterns(), cambia]


class ElencoComuni(generic.IndexView):
    """Municipalities, with the way in of their boundaries."""

    @cached_property
    def header_buttons(self) -> list:
        if not puo_gestire_soggetti(self.request.user):
            return super().header_buttons
        confini = HeaderButton(_("Importa confini"), url=reverse("gestione_comuni:confini"), icon_name="upload")
        return [*super().header_buttons, confini]


class ComuneViewSet(RegistroViewSet):
    """Read-only: municipalities come from ISTAT's list (`manage.py importa_comuni`), boundaries from open data."""

    model = Comune
    index_view_class = ElencoComuni
    name = "gestione_comuni"
    url_prefix = "comuni"
    icon = "site"
    menu_label = _("Comuni")
    inspect_view_enabled = True
    exclude_form_fields = ()
    inspect_view_fields = ("nome", "codice_istat", "codice_catastale", "ambito", "lat", "lon")
    list_display = ("nome", "codice_istat", "codice_catastale", "ambito")
    list_filter = ("ambito",)
    search_fields = ("nome", "codice_istat")
    ordering = "nome"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("confini/", ImportaConfini.as_view(), name="confini")]


class ReteGroup(ViewSetGroup):
    """The menu «Rete»."""

    menu_label = _("Rete")
    menu_icon = "globe"
    menu_order = 120
    items = (
        SoggettoViewSet(),
        SedeViewSet(),
        AccreditamentoViewSet(),
        RappresentanzaViewSet(),
        ComuneViewSet(),
    )
