"""Filters of the public list of calls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.scelte import TipoAccordo

FASI = [("", _("Tutti")), ("aperto", _("Aperti")), ("in-arrivo", _("In arrivo")), ("chiuso", _("Chiusi"))]


class FiltroAvvisiForm(forms.Form):
    q = forms.CharField(label=_("Cerca"), max_length=100, required=False)
    tipo = forms.ChoiceField(
        label=_("Tipo di accordo"), choices=[("", _("Tutti i tipi")), *TipoAccordo.choices], required=False
    )
    fase = forms.ChoiceField(label=_("Quando"), choices=FASI, required=False)
