"""What the back office's pages of one agreement share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accordi.models import Accordo


class PaginaAccordo(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Header and breadcrumb; a page under the agreement's own says so with `sotto_l_accordo`."""

    model = Accordo
    any_permission_required = ("view",)
    header_icon = "doc-full"
    accordo: Accordo | None = None
    sotto_l_accordo = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        voci = [*self.breadcrumbs_items, {"url": reverse("accordi_gestione:index"), "label": _("Accordi")}]
        if self.accordo and self.sotto_l_accordo:
            indirizzo = reverse("accordi_gestione:accordo", args=[self.accordo.pk])
            voci.append({"url": indirizzo, "label": str(self.accordo)})
        return [*voci, {"url": "", "label": self.get_page_title()}]
