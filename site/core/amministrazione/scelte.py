"""Choosers of records in the back office: they name what they list, so they are for who may see it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet

BASTA_UNA = ("view", "add", "change")


class SceltaDiChiLegge(SnippetChooserViewSet):
    """Wagtail's own opens to whoever enters the back office, drafts and candidates included."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        vista, permessi = super().construct_view(view_class, **kwargs), ModelPermissionPolicy(self.model)

        def per_chi_legge(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not permessi.user_has_any_permission(request.user, BASTA_UNA):
                raise PermissionDenied
            return vista(request, *args, **kwargs)

        return per_chi_legge
