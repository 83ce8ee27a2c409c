"""Shapes of input for minutes and decisions."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from reti.forms.reti import DataInput
from reti.models import Decisione


class VerbaleForm(forms.Form):
    """The minutes' text."""

    testo = forms.CharField(label=_("Testo del verbale"), widget=forms.Textarea(attrs={"rows": 14}))


class DecisioneForm(forms.ModelForm):
    """Something decided; an empty row is nothing."""

    class Meta:
        model = Decisione
        fields = ("testo", "incaricato", "entro")
        widgets = {"testo": forms.Textarea(attrs={"rows": 2}), "entro": DataInput()}  # noqa: RUF012  a table that nobody changes


DecisioniFormSet = formset_factory(DecisioneForm, extra=3)
