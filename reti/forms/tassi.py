"""Filters of participation, in the URL; a wrong one is said and left out, the others hold."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from reti.models import Rete, Soggetto
from reti.queries.selezione import PRIMO_ANNO, ULTIMO_ANNO, Per, Selezione

FUORI = _("«%(campo)s»: scrivi una data fra il 1970 e il 2199; intanto non ne tengo conto.")
IGNOTO = _("Il filtro «%s» ha un valore che non conosco: l'ho tolto.")


def _giorno(etichetta: Any) -> forms.DateField:
    frase = FUORI % {"campo": etichetta}
    return forms.DateField(
        label=etichetta,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": frase},
        validators=[
            MinValueValidator(date(PRIMO_ANNO, 1, 1), frase),
            MaxValueValidator(date(ULTIMO_ANNO, 12, 31), frase),
        ],
    )


def c_e_scelta(campo: forms.BoundField) -> bool:
    """A choice among words, which reads by its label."""
    return isinstance(campo.field, forms.ChoiceField) and not isinstance(campo.field, forms.ModelChoiceField)


class PeriodoForm(forms.Form):
    """From a day to another; without either in the URL, the year `anno`. Emptied, there is no bound."""

    dal = _giorno(_("Dal giorno"))
    al = _giorno(_("Al giorno"))

    def __init__(self, dati: dict[str, str], *, anno: int | None = None, **kwargs: Any) -> None:
        if anno and not {"dal", "al"} & dati.keys():
            dati = dati | {"dal": date(anno, 1, 1).isoformat(), "al": date(anno, 12, 31).isoformat()}
        super().__init__(dati, **kwargs)
        for campo in self.fields.values():
            if isinstance(campo, forms.ChoiceField):
                campo.error_messages["invalid_choice"] = IGNOTO % campo.label
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["dal"] > dati["al"]:
            self.add_error("al", _("Il periodo finisce prima di cominciare: ho tolto il giorno della fine."))
        return dati

    @property
    def selezione(self) -> Selezione:
        scelti = {campo: self.cleaned_data.get(campo) for campo in ("rete", "ente", "tipo", "tema", "dal", "al")}
        return Selezione(**{c: getattr(v, "pk", v) for c, v in scelti.items() if v})

    def indirizzo(self, **altro: Any) -> str:
        """The valid filters as a query string, for links that keep them: `dal` and `al` also when empty."""
        valori = {c: getattr(v, "pk", v) for c, v in self.cleaned_data.items() if v}
        return urlencode({"dal": "", "al": ""} | valori | altro)

    @property
    def riassunto(self) -> list[tuple[str, Any]]:
        """Label and value of each filter that holds, in words."""
        scelti = [(self[c], v) for c, v in self.cleaned_data.items() if v and c not in ("per", "k")]
        return [(campo.label, dict(campo.field.choices)[v] if c_e_scelta(campo) else v) for campo, v in scelti]

    @property
    def frasi(self) -> list[str]:
        """What was left out, and why."""
        return [frase for frasi in self.errors.values() for frase in frasi]


class FiltroForm(PeriodoForm):
    """Whose attendance: a board, a body, a kind, a subject."""

    rete = forms.ModelChoiceField(
        label=_("Tavolo"), required=False, queryset=Rete.objects.all(), empty_label=_("Tutti")
    )
    ente = forms.ModelChoiceField(
        label=_("Ente"),
        required=False,
        queryset=Soggetto.objects.filter(adesioni__isnull=False).distinct(),
        empty_label=_("Tutti"),
    )
    tipo = forms.ChoiceField(label=_("Tipo"), required=False, choices=[("", _("Tutti")), *Rete.Tipo.choices])
    tema = forms.ChoiceField(label=_("Tema"), required=False, choices=[("", _("Tutti")), *Rete.Tema.choices])


class FiltroTassiForm(FiltroForm):
    """And what a row stands for."""

    per = forms.ChoiceField(label=_("Una riga per"), required=False, choices=Per.choices)
    field_order = ("per", "dal", "al", "rete", "ente", "tipo", "tema")

    @property
    def scelta(self) -> str:
        return self.cleaned_data.get("per") or Per.TAVOLO


class FiltroAssenzeForm(FiltroForm):
    """And how many meetings in a row."""

    k = forms.TypedChoiceField(
        label=_("Incontri di fila"), required=False, coerce=int, choices=[(n, str(n)) for n in range(1, 13)]
    )
    field_order = ("k", "rete", "ente", "tipo", "tema", "dal", "al")

    def __init__(self, dati: dict[str, str], **kwargs: Any) -> None:
        super().__init__({"k": str(settings.ASSENZE_DI_FILA)} | dati, **kwargs)

    @property
    def scelta(self) -> int:
        return self.cleaned_data.get("k") or settings.ASSENZE_DI_FILA
