"""Sign-up: who the person is; roles are never chosen here."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from utenti.models import Ruolo, Utente
from utenti.ruoli import assegna_ruolo


class DatiPersonaForm(forms.Form):
    first_name = forms.CharField(label=_("Nome"), max_length=80)
    last_name = forms.CharField(label=_("Cognome"), max_length=80)

    def signup(self, request: HttpRequest, user: Utente) -> None:
        """Called by allauth once the account exists: everyone starts as a partner without powers."""
        user.save()
        assegna_ruolo(user, Ruolo.PARTNER)
