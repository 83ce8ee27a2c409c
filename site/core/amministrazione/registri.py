"""Read-only viewers of the outbox and of the audit trail."""

from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from core.amministrazione.colonne import ColonnaData
from core.models import Messaggio, RigaRegistro
from core.permissions import puo_riprovare
from core.posta import riprova
from core.registro import righe_di


class SolaLettura(ModelPermissionPolicy):
    """Whoever has the "view" permission reads; nobody adds, changes or deletes from a screen."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")


class RegistroFiltri(WagtailFilterSet):
    quando = django_filters.DateFromToRangeFilter(label=gettext_lazy("Quando"), widget=DateRangePickerWidget)
    utente = django_filters.ModelChoiceFilter(label=gettext_lazy("Utente"), queryset=get_user_model().objects.all())
    oggetto_tipo = django_filters.AllValuesFilter(label=gettext_lazy("Tipo di oggetto"))
    oggetto_id = django_filters.CharFilter(label=gettext_lazy("Identificativo dell'oggetto"))

    class Meta:
        model = RigaRegistro
        fields = ("quando", "utente", "oggetto_tipo", "oggetto_id")


class RegistroIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[RigaRegistro]:
        return RigaRegistro.objects.select_related("utente").order_by("-numero")


class RigaInspectView(generic.InspectView):
    """One line, with the whole history of the object that it speaks of."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        storia = RigaRegistro.objects.filter(
            oggetto_tipo=self.object.oggetto_tipo, oggetto_id=self.object.oggetto_id
        ).select_related("utente")
        return super().get_context_data(**kwargs) | {"storia": storia}


class RegistroViewSet(ModelViewSet):
    model = RigaRegistro
    name = "registro"
    icon = "history"
    menu_label = gettext_lazy("Registro delle operazioni")
    index_view_class = RegistroIndexView
    inspect_view_class = RigaInspectView
    inspect_view_enabled = True
    inspect_template_name = "core/gestione/riga.html"
    inspect_view_fields = (
        "numero", "quando", "utente", "azione", "oggetto_tipo", "oggetto_id", "oggetto_nome", "dati", "impronta",
    )  # fmt: skip
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ("azione", ColonnaData("quando", label=gettext_lazy("Quando")), "utente", "oggetto_nome")
    filterset_class = RegistroFiltri
    search_fields = ("azione", "oggetto_nome")
    search_backend_name = None
    list_export = ("numero", "quando", "utente", "azione", "oggetto_tipo", "oggetto_id", "oggetto_nome", "impronta")
    export_filename = "registro"
    exclude_form_fields = ()


class PostaInspectView(generic.InspectView):
    """A mail: state, attempts, last error. The text of a confidential one is never shown."""

    def get_fields(self) -> list[str]:
        campi = ["destinatario", "oggetto", "stato", "creato", "tentativi", "prossimo", "inviato", "errore"]
        riservato = get_object_or_404(Messaggio, pk=self.pk).riservato
        return campi if riservato else [*campi, "testo"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_attesa = self.object.stato != Messaggio.Stato.INVIATO
        return super().get_context_data(**kwargs) | {
            "puo_riprovare": in_attesa and puo_riprovare(self.request.user),
            "storia": righe_di(self.object),
        }


@require_POST
def riprova_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a mail again."""
    messaggio = get_object_or_404(Messaggio, pk=pk)
    try:
        riprova(utente=request.user, messaggio=messaggio)
    except ValidationError as rifiuto:
        messages.error(request, " ".join(rifiuto.messages))
    else:
        messages.success(request, _("Il messaggio è di nuovo in coda: parte entro pochi secondi."))
    return redirect(reverse("posta:inspect", args=[pk]))


class PostaViewSet(ModelViewSet):
    model = Messaggio
    name = "posta"
    icon = "mail"
    menu_label = gettext_lazy("Posta in uscita")
    inspect_view_class = PostaInspectView
    inspect_view_enabled = True
    inspect_template_name = "core/gestione/messaggio.html"
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = (
        "destinatario", "oggetto", "stato", ColonnaData("creato", label=gettext_lazy("Creato")), "tentativi", "errore",
    )  # fmt: skip
    list_filter = ("stato", "creato")
    search_fields = ("destinatario", "oggetto")
    search_backend_name = None
    exclude_form_fields = ()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("riprova/<int:pk>/", riprova_view, name="riprova")]


class RegistriGruppo(ViewSetGroup):
    menu_label = gettext_lazy("Registri")
    menu_icon = "history"
    menu_order = 900
    items = (PostaViewSet, RegistroViewSet)
