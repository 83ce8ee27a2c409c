"""The rule of composition as rows that people fill, never as raw JSON."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from reti.collegio import Regola
from reti.composizione import GENERI, POSTI_MASSIMI, valida_composizione


class PostoForm(forms.Form):
    """A place: who must sit, how many at least, and what the seat must be. An empty name takes the place away."""

    nome = forms.CharField(
        label=_("Chi deve sedere"), max_length=120, required=False, help_text=_("Vuoto: il posto si toglie.")
    )
    minimo = forms.IntegerField(label=_("Almeno quanti"), min_value=1, max_value=POSTI_MASSIMI, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for chiave, (titolo, valori) in GENERI.items():
            self.fields[chiave] = forms.MultipleChoiceField(
                label=str(titolo).capitalize(),
                choices=list(valori.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "rt-opzioni"}),
            )

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("nome") and any(dati.get(chiave) for chiave in GENERI):
            self.add_error("nome", _("Scrivi chi deve sedere, o togli i segni sotto."))
        return dati

    def posto(self) -> dict[str, Any]:
        """The place as the rule keeps it: what isn't asked isn't written."""
        puliti = {chiave: self.cleaned_data[chiave] for chiave in ("nome", "minimo", *GENERI)}
        return {chiave: valore for chiave, valore in puliti.items() if valore}


class ComposizioneFormSetBase(BaseFormSet):
    def regola(self) -> Regola:
        """The places that have a name."""
        return [riga.posto() for riga in self.forms if riga.cleaned_data.get("nome")]

    def clean(self) -> None:
        if not any(self.errors) and (errori := valida_composizione(self.regola())):
            raise forms.ValidationError(errori)


ComposizioneFormSet = formset_factory(
    PostoForm, formset=ComposizioneFormSetBase, extra=1, max_num=POSTI_MASSIMI, absolute_max=POSTI_MASSIMI
)
