"""The desk: what waits for a person today, as home page of the back office."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from core.scrivania import voci_di

GRUPPI = (
    (0, _("In ritardo"), "warning"),
    (1, _("In scadenza"), "time"),
    (2, _("Da fare"), "list-ul"),
)


class PannelloScrivania(Component):
    """Things that wait for the person, late first; each opens where it is done."""

    name = "scrivania"
    template_name = "core/gestione/scrivania.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        voci = voci_di(parent_context["request"].user)
        gruppi = [
            {"titolo": titolo, "icona": icona, "urgenza": urgenza, "voci": scelte}
            for urgenza, titolo, icona in GRUPPI
            if (scelte := [v for v in voci if v.urgenza == urgenza])
        ]
        return {"gruppi": gruppi}
