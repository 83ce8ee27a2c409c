"""«Report an accessibility problem», and the answer to it (R60)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.aperti import ModuloAperto
from punti_informativi.models import Segnalazione


def _lungo(campo: str) -> int:
    return Segnalazione._meta.get_field(campo).max_length


class SegnalazioneForm(ModuloAperto):
    scopo = "accessibilita"

    testo = forms.CharField(
        label=_("Che cosa non funziona?"),
        help_text=_("Per esempio: con il lettore di schermo non capisco quale bottone premere."),
        max_length=_lungo("testo"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Scrivi che cosa non funziona: bastano due righe.")},
    )
    pagina = forms.CharField(
        label=_("In quale pagina?"),
        help_text=_("L'indirizzo, o il titolo. Lascia vuoto se succede dappertutto."),
        max_length=_lungo("pagina"),
        required=False,
    )
    email = forms.EmailField(
        label=_("La tua email"),
        help_text=_("Facoltativa: ci serve solo per mandarti la risposta, poi la cancelliamo."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `segnala`."""
        return {nome: self.cleaned_data[nome] for nome in ("testo", "pagina", "email")}


class RispostaSegnalazioneForm(forms.Form):
    risposta = forms.CharField(
        label=_("Risposta"),
        help_text=_("La legge chi ha segnalato. Con l'invio la segnalazione si chiude e la sua email si cancella."),
        max_length=_lungo("risposta"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "rt-largo"}),
    )
