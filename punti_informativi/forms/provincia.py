"""What the Province writes when it acts on a point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MotivoForm(forms.Form):
    """A note, or the reason that the host receives by mail."""

    testo = forms.CharField(max_length=255, widget=forms.TextInput)

    def __init__(self, *args: Any, obbligatorio: bool, etichetta: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testo"].required = obbligatorio
        altrimenti = _("Motivo (lo riceve il soggetto ospitante)") if obbligatorio else _("Nota")
        self.fields["testo"].label = etichetta or altrimenti
