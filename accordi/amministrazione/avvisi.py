"""Calls in the back office: draft, preview, workflow, publication."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from accordi.amministrazione import MENU_ACCORDI
from accordi.amministrazione.confronti import PannelloInParole
from accordi.composizione import descrivi, valida_regola
from accordi.forms.gestione_avvisi import AvvisoAdminForm
from accordi.models import Avviso, ModelloAccordo
from accordi.models.avvisi import ELENCHI
from accordi.segnaposto import SEGNAPOSTI
from core.amministrazione.colonne import ColonnaData


def _regola_in_parole(regola: Any) -> str:
    return str(regola) if valida_regola(regola) else " ".join(descrivi(regola))


def _elenco_in_parole(scelte: type[TextChoices]) -> Callable[[list[str]], str]:
    return lambda valori: ", ".join(str(scelta.label) for scelta in scelte if scelta.value in valori)


class AvvisoViewSet(SnippetViewSet):
    model = Avviso
    icon = "doc-full"
    menu_label = _("Avvisi")
    menu_name = "avvisi"
    menu_order = 100
    menu_hook = MENU_ACCORDI
    add_to_admin_menu = False
    admin_url_namespace = "accordi_avvisi"
    base_url_path = "avvisi"
    list_display = (
        "titolo",
        Column("get_tipo_display", label=_("Tipo"), sort_key="tipo"),
        ColonnaData("apre", label=_("Apre"), sort_key="apre"),
        ColonnaData("chiude", label=_("Chiude"), sort_key="chiude"),
        LiveStatusTagColumn(),
    )
    list_filter = ("tipo", "live")
    list_per_page = 30
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("titolo", targets=["slug"]),
                    FieldPanel("slug"),
                    FieldPanel("tipo"),
                    FieldPanel("sommario"),
                    FieldPanel("testo"),
                    FieldPanel("atto"),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("apre"), FieldPanel("chiude")])], _("Quando si risponde")
                    ),
                ],
                heading=_("Avviso"),
            ),
            ObjectList(
                [
                    *(PannelloInParole(campo, parole=_elenco_in_parole(scelte)) for campo, scelte in ELENCHI.items()),
                    PannelloInParole("regola_composizione", parole=_regola_in_parole),
                    FieldPanel("attiva_punti"),
                ],
                heading=_("Chi può rispondere"),
            ),
            ObjectList(
                [FieldPanel("domande"), FieldPanel("documenti_richiesti"), FieldPanel("esige_firma_istanza")],
                heading=_("Domande e documenti"),
            ),
            ObjectList([FieldPanel("faq")], heading=_("Domande frequenti")),
            ObjectList(
                [
                    FieldPanel("modello"),
                    FieldPanel("giorni_sottoscrizione"),
                    FieldPanel("conta_netto"),
                    FieldPanel("livello_firma"),
                    FieldPanel("accetta_p7m"),
                    FieldPanel("durata_mesi"),
                    FieldPanel("preavviso_giorni"),
                ],
                heading=_("Accordo"),
            ),
        ],
        base_form_class=AvvisoAdminForm,
    )


class PannelloSegnaposti(HelpPanel):
    """What may be written between braces, and what it becomes."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"segnaposti": SEGNAPOSTI}


class ModelloViewSet(SnippetViewSet):
    """Templates of agreements, with drafts and revisions."""

    model = ModelloAccordo
    icon = "doc-full-inverse"
    menu_label = _("Modelli di accordo")
    menu_name = "modelli_accordo"
    menu_order = 400
    menu_hook = MENU_ACCORDI
    add_to_admin_menu = False
    admin_url_namespace = "accordi_modelli"
    base_url_path = "modelli-accordo"
    list_display = ("nome", Column("get_tipo_display", label=_("Tipo"), sort_key="tipo"), LiveStatusTagColumn())
    list_filter = ("tipo", "live")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            *(FieldPanel(campo, required_on_save=True) for campo in ("nome", "tipo", "testo")),
            PannelloSegnaposti(template="accordi/amministrazione/_segnaposti.html", heading=_("Segnaposto")),
        ]
    )
