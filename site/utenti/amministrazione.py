"""Accounts in the back office: replaces Wagtail's own users screen, so that roles go through our services."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.users import UserViewSet

from core.amministrazione.colonne import ColonnaData
from utenti.forms import UtenteModificaForm, UtenteNuovoForm
from utenti.models import Utente
from utenti.permissions import puo_amministrare_utenti
from utenti.services import azzera_secondo_fattore, crea_utente, modifica_utente


class SoloAmministratore(ModelPermissionPolicy):
    """The administrator adds and changes accounts; nobody deletes one, because the audit trail names it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "change", "view"} and puo_amministrare_utenti(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, azione) for azione in actions)


class Nessuno(ModelPermissionPolicy):
    """Groups follow roles: nobody edits them on a screen."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return False


class RifiutoNelModulo:
    """A refusal of the service returns to the form, with what the person typed."""

    def form_valid(self, form: forms.Form) -> Any:
        try:
            return super().form_valid(form)
        except ValidationError as rifiuto:
            form.add_error(None, rifiuto.messages)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class UtenteCreateView(RifiutoNelModulo, generic.CreateView):
    success_message = _("Account di «%(object)s» creato: un messaggio invita a scegliere la password.")

    def save_instance(self) -> Utente:
        return crea_utente(utente=self.request.user, **self.form.cleaned_data)


class UtenteEditView(RifiutoNelModulo, generic.EditView):
    success_message = _("Account di «%(object)s» aggiornato.")

    def save_instance(self) -> Utente:
        dati = dict(self.form.cleaned_data)
        if dati.pop("azzera"):
            azzera_secondo_fattore(utente=self.request.user, persona=self.object)
        return modifica_utente(utente=self.request.user, persona=self.object, **dati)


class UtenteViewSet(UserViewSet):
    model = Utente
    menu_label = _("Utenti")
    index_view_class = generic.IndexView
    add_view_class = UtenteCreateView
    edit_view_class = UtenteEditView
    template_prefix = ""
    copy_view_enabled = False
    filterset_class = UserViewSet.UNDEFINED
    list_filter = ("ruolo", "is_active")
    search_fields = ("first_name", "last_name", "email")
    search_backend_name = None
    list_display = (
        "__str__", "email", "ruolo", BooleanColumn("is_active", label=_("Attivo")),
        ColonnaData("last_login", label=_("Ultimo accesso")),
    )  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UtenteModificaForm if for_update else UtenteNuovoForm

    @cached_property
    def permission_policy(self) -> SoloAmministratore:
        return SoloAmministratore(Utente)
