"""Forms of the protocol register: the day to print, the number found in the body's register, another attempt."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _data() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class GiornoForm(forms.Form):
    giorno = forms.DateField(
        label=_("Giorno"),
        widget=_data(),
        error_messages={"invalid": _("Scrivi il giorno come 31/12/2026: intanto vedi l'ultimo giorno finito.")},
    )


class RiprovaForm(forms.Form):
    controllato = forms.BooleanField(
        label=_("Ho cercato nel registro dell'ente e la registrazione non c'è"), required=False
    )


class NumeroEnteForm(forms.Form):
    numero = forms.CharField(label=_("Numero dell'ente"), max_length=60)
    data = forms.DateField(label=_("Data dell'ente"), widget=_data())
