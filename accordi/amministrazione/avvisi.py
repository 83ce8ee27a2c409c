"""Calls in the back office: draft, preview, workflow, publication."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from accordi.amministrazione import MENU_ACCORDI
from accordi.models import Avviso, ModelloAccordo
from core.amministrazione.colonne import ColonnaData


class RegolaWidget(forms.Textarea):
    """The rule as indented JSON, one key per line, so that it can be read and mended by hand."""

    def format_value(self, value: Any) -> str:
        try:
            return json.dumps(json.loads(value), ensure_ascii=False, indent=2)
        except (TypeError, ValueError):
            return value or ""


AIUTO_REGOLA = _(
    "JSON con le voci facoltative «minimo», «massimo», «sede_nel_territorio» e «ruoli»; ogni ruolo ha «nome» e, se "
    "servono, «minimo», «accreditamento» (lavoro, formazione), «tipi», «nature», «dichiarazione» (dote). "
    "L'anteprima mostra la regola in parole."
)


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
                    FieldPanel("regola_composizione", widget=RegolaWidget(attrs={"rows": 18}), help_text=AIUTO_REGOLA),
                    FieldPanel("attiva_punti"),
                ],
                heading=_("Chi può rispondere"),
            ),
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
        ]
    )


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
    edit_handler = ObjectList([FieldPanel(campo, required_on_save=True) for campo in ("nome", "tipo", "testo")])
