"""Filters of the calendar, in the URL: the month and the list have the same ones."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from reti.models import Rete
from reti.queries.calendario import ALTRI, PROPOSTO, PROVINCIA, Filtri
from reti.queries.mese import Mese
from reti.stati import StatoIncontro

ANNI = range(1950, 2200)
MESE, FUTURI, PASSATI, TUTTI = "", "futuri", "passati", "tutti"
SCONOSCIUTO = _("Il filtro «%s» ha un valore che non conosco: l'ho tolto.")


class MeseInput(forms.DateInput):
    """The browser's own month field; where there is none, a text like 2023-03."""

    input_type = "month"


class FiltriCalendarioForm(forms.Form):
    """A value that isn't among the choices is said and left out."""

    mese = forms.CharField(
        label=_("Mese"), required=False, widget=MeseInput(attrs={"placeholder": "2023-03", "pattern": r"\d{4}-\d{2}"})
    )
    giorno = forms.DateField(label=_("Giorno"), required=False, widget=forms.HiddenInput)
    periodo = forms.ChoiceField(
        label=_("Periodo dell'elenco"),
        required=False,
        choices=[
            (MESE, _("Il mese scelto")),
            (FUTURI, _("Da oggi in poi")),
            (PASSATI, _("Prima di oggi")),
            (TUTTI, _("Tutto")),
        ],
    )
    rete = forms.ModelChoiceField(
        label=_("Tavolo"), required=False, queryset=Rete.objects.all(), to_field_name="slug", empty_label=_("Tutti")
    )
    tipo = forms.ChoiceField(label=_("Tipo"), required=False, choices=[("", _("Tutti")), *Rete.Tipo.choices])
    tema = forms.ChoiceField(label=_("Tema"), required=False, choices=[("", _("Tutti")), *Rete.Tema.choices])
    stato = forms.ChoiceField(
        label=_("Stato"),
        required=False,
        choices=[("", _("Tutti")), *StatoIncontro.choices, (PROPOSTO, _("Data proposta"))],
    )
    convoca = forms.ChoiceField(
        label=_("Convoca"),
        required=False,
        choices=[("", _("Chiunque")), (PROVINCIA, _("La Provincia")), (ALTRI, _("Altri"))],
    )
    luogo = forms.CharField(label=_("Luogo o sala"), required=False, max_length=200)
    persona = forms.CharField(label=_("Persona"), required=False, max_length=160)
    q = forms.CharField(label=_("Cerca"), required=False, max_length=100)
    miei = forms.BooleanField(label=_("Solo i miei"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            if isinstance(campo, forms.ChoiceField):
                campo.error_messages["invalid_choice"] = _(
                    "Il filtro «%s» ha un valore che non conosco: l'ho tolto."
                ) % (campo.label)
        self.fields["giorno"].error_messages["invalid"] = _("Il giorno non è una data: mostro il mese.")
        self.is_valid()

    def clean_mese(self) -> Mese:
        testo = self.cleaned_data["mese"]
        if not testo:
            return Mese.di(oggi())
        try:
            scelto = Mese.di(date.fromisoformat(f"{testo}-01"))
        except ValueError:
            raise ValidationError(_("Scrivi il mese come 2023-03: mostro quello corrente."))
        if scelto.anno not in ANNI:
            raise ValidationError(_("Quell'anno è fuori dal calendario: mostro il mese corrente."))
        return scelto

    @property
    def scelto(self) -> Mese:
        """The month of the URL, else that of the day asked, else the current one."""
        giorno = self.cleaned_data.get("giorno")
        if giorno and giorno.year in ANNI and not self.data.get("mese"):
            return Mese.di(giorno)
        return self.cleaned_data.get("mese") or Mese.di(oggi())

    def filtri(self, utente: Any) -> Filtri:
        """Filters for the queries; `utente` is who «i miei» speaks of."""
        campi = ("rete", "tipo", "tema", "stato", "convoca", "luogo", "persona", "q")
        valori = {campo: valore for campo in campi if (valore := self.cleaned_data.get(campo))}
        return Filtri(**valori, miei=utente if self.cleaned_data.get("miei") else None)

    @property
    def estremi(self) -> tuple[date | None, date | None]:
        """First and last day of the list."""
        if (giorno := self.cleaned_data.get("giorno")) and giorno.year in ANNI:
            return giorno, giorno
        periodo = self.cleaned_data.get("periodo", MESE)
        if periodo == MESE:
            return self.scelto.primo, self.scelto.ultimo
        return {FUTURI: (oggi(), None), PASSATI: (None, oggi() - timedelta(days=1)), TUTTI: (None, None)}[periodo]

    @property
    def attivi(self) -> int:
        """How many filters leave something out."""
        filtri = self.filtri(True)
        return sum(bool(getattr(filtri, campo.name)) for campo in fields(filtri))

    @property
    def etichetta_periodo(self) -> str:
        return dict(self.fields["periodo"].choices)[self.cleaned_data.get("periodo", MESE)]

    @property
    def frasi(self) -> list[str]:
        """What was left out, and why."""
        return [frase for frasi in self.errors.values() for frase in frasi]
