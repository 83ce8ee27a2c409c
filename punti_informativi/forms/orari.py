"""Hours that a host writes once for the points that follow them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punti_informativi.models import PuntoInformativo
from punti_informativi.models.punti import PuntoQuerySet


class ScegliPunti(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, punto: PuntoInformativo) -> str:
        return f"{punto.nome}, {punto.sede.indirizzo}, {punto.sede.comune.nome}"


class PuntiCheSeguonoForm(forms.Form):
    """Which points follow the hours of their host."""

    punti = ScegliPunti(queryset=None, required=False, label=_("Punti che seguono questi orari"))

    def __init__(self, *args: Any, ospitati: PuntoQuerySet, seguono: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punti"].queryset = ospitati.select_related("sede__comune")
        self.fields["punti"].initial = seguono
        self.fields["punti"].error_messages["invalid_choice"] = _(
            "Uno dei punti scelti non è tra quelli del soggetto: ricarica la pagina e scegli di nuovo."
        )
