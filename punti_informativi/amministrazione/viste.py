"""Viewsets of the Wagtail admin."""

from typing import Any, ClassVar

from django import forms
from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from core.amministrazione.scelte import SceltaDiChiLegge
from punti_informativi.amministrazione.traduzioni import pannello_traduzioni
from punti_informativi.forms.promozione import CategoriaForm
from punti_informativi.models import Categoria, Destinatari, FestaPatronale, Lingua, PuntoInformativo, Servizio
from utenti.permissions import puo_coordinare


class PuntoIndexView(IndexView):
    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not puo_coordinare(self.request.user):
            return super().header_buttons
        # The list's filters go along: the points shown are those that come ticked. A filter chosen later changes the
        # list without the header, so the button looks at the address again when it is pressed.
        url = f"{reverse('punti_convoca')}?{self.request.GET.urlencode()}"
        convoca = HeaderButton(_("Convoca un incontro"), url, icon_name="group", attrs={"data-con-filtri": ""})
        return [*super().header_buttons, convoca]

    @property
    def media(self) -> Media:
        return super().media + Media(js=[static("punti_informativi/con_filtri.js")])

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("soggetto", "sede__comune", "latest_revision")


class PuntoEditView(EditView):
    @property
    def header_buttons(self) -> list[HeaderButton]:
        vita = reverse("punti_scheda", args=[self.object.pk])
        return [*super().header_buttons, HeaderButton(_("Verifica, apri, sospendi"), vita, icon_name="cog")]


class PuntoViewSet(SnippetViewSet):
    model = PuntoInformativo
    icon = "site"
    menu_label = _("Punti")
    index_view_class = PuntoIndexView
    edit_view_class = PuntoEditView
    chooser_viewset_class = SceltaDiChiLegge
    copy_view_enabled = False
    list_display: ClassVar = [
        "nome",
        Column("get_stato_display", label=_("Stato"), sort_key="stato"),
        "soggetto",
        Column("sede", label=_("Sede")),
        Column("verificato_il", label=_("Confermato il"), sort_key="verificato_il"),
        UpdatedAtColumn(),
    ]
    list_filter: ClassVar = ["stato", "sede__comune", "servizi"]
    # By parts of words, as one types: the site's own index answers citizens, and doesn't know hosts.
    search_fields: ClassVar = ["nome", "soggetto__denominazione", "sede__comune__nome", "sede__indirizzo"]
    search_backend_name = None
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("nome"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("codice")]),
                    FieldRowPanel([FieldPanel("soggetto"), FieldPanel("sede")]),
                    FieldPanel("descrizione"),
                    FieldPanel("servizi", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("destinatari", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("cosa_portare"),
                    FieldPanel("come_arrivare"),
                    FieldRowPanel([FieldPanel("accessibilita"), FieldPanel("a_distanza")]),
                    FieldPanel("lingue", widget=forms.CheckboxSelectMultiple),
                    MultiFieldPanel(
                        [FieldPanel("telefono"), FieldPanel("email"), FieldPanel("sito_web")], heading=_("Contatti")
                    ),
                    FieldPanel("comuni_serviti"),
                    FieldPanel("cpi_riferimento"),
                ],
                heading=_("Punto"),
            ),
            ObjectList(
                [
                    FieldPanel("solo_appuntamento"),
                    InlinePanel(
                        "orari",
                        label=_("Orario"),
                        heading=_("Orario settimanale"),
                        panels=[
                            FieldRowPanel([FieldPanel("giorno"), FieldPanel("dalle"), FieldPanel("alle")]),
                            FieldPanel("su_appuntamento"),
                        ],
                    ),
                    InlinePanel(
                        "eccezioni",
                        label=_("Eccezione"),
                        heading=_("Chiusure e aperture straordinarie"),
                        panels=[
                            FieldRowPanel([FieldPanel("dal"), FieldPanel("al"), FieldPanel("chiuso")]),
                            FieldRowPanel([FieldPanel("dalle"), FieldPanel("alle"), FieldPanel("motivo")]),
                        ],
                    ),
                ],
                heading=_("Orari"),
            ),
            ObjectList(
                [pannello_traduzioni("descrizione", "cosa_portare", "come_arrivare")], heading=_("Altre lingue")
            ),
        ]
    )


class ServizioViewSet(SnippetViewSet):
    model = Servizio
    icon = "list-ul"
    panels: ClassVar = [
        FieldPanel("nome"),
        FieldPanel("slug"),
        FieldPanel("descrizione"),
        pannello_traduzioni("nome", "descrizione"),
    ]


class LinguaViewSet(SnippetViewSet):
    model = Lingua
    icon = "globe"
    list_display: ClassVar = ["nome", "codice", "nome_proprio"]
    panels: ClassVar = [FieldPanel("nome"), FieldPanel("nome_proprio"), FieldPanel("codice")]


class DestinatariViewSet(SnippetViewSet):
    model = Destinatari
    icon = "group"
    panels: ClassVar = [FieldPanel("nome"), FieldPanel("slug"), pannello_traduzioni("nome")]


class FestaPatronaleViewSet(SnippetViewSet):
    model = FestaPatronale
    icon = "calendar"
    list_display: ClassVar = ["comune", "nome", "giorno", "mese"]
    panels: ClassVar = [
        FieldPanel("comune"),
        FieldPanel("nome"),
        FieldRowPanel([FieldPanel("giorno"), FieldPanel("mese")]),
    ]


class CategoriaViewSet(SnippetViewSet):
    model = Categoria
    icon = "tag"
    menu_label = _("Categorie di destinatari")
    edit_handler = ObjectList(
        [
            FieldPanel("nome"),
            FieldPanel("slug"),
            FieldPanel("tipi"),
            FieldPanel("soggetti", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=CategoriaForm,
    )


class VoceCoordinatori(MenuItem):
    """Shown to coordinators alone."""

    def is_shown(self, request: Any) -> bool:
        return puo_coordinare(request.user)


class PuntiGroup(SnippetViewSetGroup):
    items = (PuntoViewSet, ServizioViewSet, DestinatariViewSet, LinguaViewSet, FestaPatronaleViewSet, CategoriaViewSet)
    menu_label = _("Punti informativi")
    menu_name = "punti-informativi"
    menu_icon = "site"
    menu_order = 320

    def get_submenu_items(self) -> list[MenuItem]:
        return [
            *super().get_submenu_items(),
            VoceCoordinatori(_("Modifiche proposte"), reverse("punti_proposte"), icon_name="edit", order=89),
            MenuItem(_("Riscontri dei cittadini"), reverse("punti_riscontri"), icon_name="comment", order=88),
            MenuItem(_("Segnalazioni di accessibilità"), reverse("punti_segnalazioni"), icon_name="help", order=93),
            VoceCoordinatori(_("Da istanze ammesse"), reverse("punti_da_istanze"), icon_name="plus", order=90),
            VoceCoordinatori(_("Campagne di promozione"), reverse("punti_campagne"), icon_name="mail", order=91),
            VoceCoordinatori(_("Convoca un incontro"), reverse("punti_convoca"), icon_name="group", order=92),
            VoceCoordinatori(_("Importa punti"), reverse("punti_importa"), icon_name="upload", order=93),
        ]
