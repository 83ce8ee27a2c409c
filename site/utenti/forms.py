"""Sign-up: who the person is; roles are never chosen here."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.validators import valida_codice_fiscale_persona
from utenti.models import Ruolo, Utente
from utenti.ruoli import assegna_ruolo


class DatiPersonaForm(forms.Form):
    first_name = forms.CharField(label=_("Nome"), max_length=80)
    last_name = forms.CharField(label=_("Cognome"), max_length=80)

    def signup(self, request: HttpRequest, user: Utente) -> None:
        """Called by allauth once the account exists: everyone starts as a partner without powers."""
        user.save()
        assegna_ruolo(user, Ruolo.PARTNER)


class CodiceFiscaleField(forms.CharField):
    """As people write it, read in capitals and without spaces."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Codice fiscale"),
            required=False,
            max_length=20,
            help_text=_("Facoltativo: chi entra con SPID o CIE è riconosciuto dal codice fiscale."),
        )

    def clean(self, valore: str) -> str:
        valore = "".join(super().clean(valore).upper().split())
        if valore:
            valida_codice_fiscale_persona(valore)
        return valore


class UtenteNuovoForm(forms.ModelForm):
    """The administrator makes an account; the person chooses the password from the mail."""

    nome = forms.CharField(label=_("Nome"), max_length=80)
    cognome = forms.CharField(label=_("Cognome"), max_length=80)
    ruolo = forms.ChoiceField(label=_("Ruolo"), choices=Ruolo.choices)
    codice_fiscale = CodiceFiscaleField()

    class Meta:
        model = Utente
        fields = ("email",)

    field_order = ("email", "nome", "cognome", "ruolo", "codice_fiscale")


class UtenteModificaForm(forms.ModelForm):
    """The administrator changes name, role and access of an account."""

    nome = forms.CharField(label=_("Nome"), max_length=80)
    cognome = forms.CharField(label=_("Cognome"), max_length=80)
    ruolo = forms.ChoiceField(label=_("Ruolo"), choices=Ruolo.choices)
    codice_fiscale = CodiceFiscaleField()
    attivo = forms.BooleanField(
        label=_("Attivo"), required=False, help_text=_("Chi non è attivo non entra; quello che ha fatto resta scritto.")
    )
    azzera = forms.BooleanField(
        label=_("Azzera il secondo fattore"),
        required=False,
        help_text=_("Quando la persona ha perso il telefono: al prossimo accesso ne attiva uno nuovo."),
    )

    class Meta:
        model = Utente
        fields = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        persona = self.instance
        self.initial |= {
            "nome": persona.first_name,
            "cognome": persona.last_name,
            "ruolo": persona.ruolo,
            "codice_fiscale": persona.codice_fiscale,
            "attivo": persona.is_active,
        }
