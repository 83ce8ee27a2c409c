"""Back office: what the screens of the register share: save by a service, our own record page, no deletion."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.permission_policies import ModelPermissionPolicy

from reti.models import Soggetto
from reti.permissions import motivo_rifiuto_gestisci_soggetti


class SenzaCancellazione(ModelPermissionPolicy):
    """As the model's permissions say, but nothing is deleted: what ended has a date."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, [a for a in actions if a != "delete"])


class SalvaConServizio:
    """Create and edit views that save through a service and show its refusal above the form."""

    servizio: Callable[..., Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := motivo_rifiuto_gestisci_soggetti(request.user):
            raise PermissionDenied(motivo)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """`?soggetto=<pk>`: a seat, entry or appointment starts from its body's page."""
        soggetto = self.request.GET.get("soggetto", "")
        return super().get_initial() | ({"soggetto": soggetto} if soggetto.isdigit() else {})

    def save_instance(self) -> Any:
        oggetto = self.form.instance
        type(self).servizio(self.request.user, oggetto, self.form.changed_data)
        return oggetto

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as errore:
            form.add_error(None, errore.messages)
            # Wagtail sets these when validation fails, which here comes later.
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)

    def get_success_url(self) -> str:
        ente = self.object if isinstance(self.object, Soggetto) else self.object.soggetto
        return reverse("gestione_soggetti:inspect", args=[ente.pk])

    def get_success_buttons(self) -> list:
        return []


def viste_con(servizio: Callable[[Any, Any, list[str]], Any]) -> tuple[type, type]:
    """(create view, edit view) that save with `servizio(utente, oggetto, campi)`."""
    corpo = {"servizio": staticmethod(servizio)}
    return (
        type("Crea", (SalvaConServizio, generic.CreateView), corpo),
        type("Modifica", (SalvaConServizio, generic.EditView), corpo),
    )


class Elenco(generic.IndexView):
    """A listing that reads what its columns name in one query."""

    collegati: tuple[str, ...] = ()

    def get_base_queryset(self) -> models.QuerySet:
        return self.model._default_manager.select_related(*self.collegati)


class RegistroViewSet(ModelViewSet):
    """List, create, edit; the record's history is our audit trail, on the body's page."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """The body of a seat or entry is chosen once: another body's is another record."""
        classe = super().get_form_class(for_update)
        if not for_update or "soggetto" not in classe.base_fields:
            return classe
        campi = [campo for campo in classe.base_fields if campo != "soggetto"]
        return forms.modelform_factory(self.model, fields=campi, formfield_callback=self.formfield_for_dbfield)

    def formfield_for_dbfield(self, db_field: models.Field, **kwargs: Any) -> forms.Field:
        widget = {"widget": AdminDateInput} if isinstance(db_field, models.DateField) else {}
        return super().formfield_for_dbfield(db_field, **widget, **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(
            **{"history_url_name": None, "usage_url_name": None, "delete_url_name": None, **kwargs}
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        viste = [
            path("", self.index_view, name="index"),
            path("risultati/", self.index_results_view, name="index_results"),
            path("nuovo/", self.add_view, name="add"),
            path("<int:pk>/modifica/", self.edit_view, name="edit"),
        ]
        return [*viste, path("<int:pk>/", self.inspect_view, name="inspect")] if self.inspect_view_enabled else viste
