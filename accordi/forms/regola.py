"""The rule of composition of a call as rows that people fill, never as raw JSON."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accordi.composizione import DICHIARAZIONI, SOGGETTI_MASSIMI, descrivi, valida_regola
from reti.models import Accreditamento, Soggetto

RIGHE_VUOTE = 2
RUOLI_MASSIMI = 30
_INTERI = {"minimo", "massimo"}


def _intero(etichetta: str, **altro: Any) -> forms.IntegerField:
    return forms.IntegerField(label=etichetta, min_value=1, max_value=SOGGETTI_MASSIMI, required=False, **altro)


def _segni(etichetta: str, scelte: Any) -> forms.MultipleChoiceField:
    segni = forms.CheckboxSelectMultiple(attrs={"class": "rt-opzioni"})
    return forms.MultipleChoiceField(label=etichetta, choices=scelte, required=False, widget=segni)


class RegolaForm(forms.Form):
    """What is asked of the network as a whole. Unbound: it draws the rows and reads what was typed."""

    minimo = _intero(_("Minimo di soggetti"))
    massimo = _intero(_("Massimo di soggetti"), help_text=_("Vuoto: senza massimo. 1: si risponde da soli."))
    sede_nel_territorio = forms.BooleanField(label=_("Ogni soggetto ha una sede nel territorio"), required=False)


class RuoloForm(forms.Form):
    """One role that somebody of the network must cover. Without a name, and without marks, it goes away."""

    nome = forms.CharField(
        label=_("Chi ci deve essere"), max_length=200, required=False, help_text=_("Vuoto: il ruolo si toglie.")
    )
    minimo = _intero(_("Minimo"), help_text=_("Quanti soggetti almeno. Vuoto: uno."))
    accreditamento = forms.ChoiceField(
        label=_("Accreditamento"), choices=[("", _("Non serve")), *Accreditamento.Registro.choices], required=False
    )
    dichiarazione = forms.ChoiceField(
        label=_("Si dichiara che"), choices=[("", _("Niente")), *DICHIARAZIONI.items()], required=False
    )
    nature = _segni(_("Nature"), Soggetto.Natura.choices)
    tipi = _segni(_("Tipi"), Soggetto.Tipo.choices)


class RegolaWidget(forms.Widget):
    """Rows for a JSON field: what can't be read stays as it was typed, for the field's validation to name it."""

    template_name = "accordi/amministrazione/_regola.html"

    class Media:
        css: ClassVar = {"all": ["reti/gestione.css"]}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        regola = _scritto(RegolaForm(data, prefix=name))
        ruoli = [_scritto(RuoloForm(data, prefix=f"{name}-{n}")) for n in range(_quante(data.get(f"{name}-righe")))]
        if piene := [ruolo for ruolo in ruoli if ruolo.keys() - {"minimo"}]:
            regola["ruoli"] = piene
        return json.dumps(regola)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-righe" not in data

    def id_for_label(self, id_: str) -> str:
        return ""  # a group of fields, each with its own label

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        regola = _letta(value)
        ruoli = [r for r in regola.get("ruoli", []) if isinstance(r, dict)]
        righe = [*ruoli, *({} for _n in range(RIGHE_VUOTE))][:RUOLI_MASSIMI]
        contesto = {
            "nome": name,
            "regola": RegolaForm(prefix=name, initial=regola),
            "ruoli": [RuoloForm(prefix=f"{name}-{n}", initial=ruolo) for n, ruolo in enumerate(righe)],
            "frasi": [] if valida_regola(regola) else descrivi(regola),
        }
        return render_to_string(self.template_name, contesto)


def _scritto(form: forms.Form) -> dict[str, Any]:
    """What was typed in `form`, field by field; what is empty isn't there."""
    dati = {nome: form[nome].data for nome in form.fields}
    return {nome: _numero(valore) if nome in _INTERI else valore for nome, valore in dati.items() if valore}


def _numero(valore: str) -> int | str:
    return int(valore) if valore.isdecimal() and len(valore) < 6 else valore


def _quante(valore: str | None) -> int:
    return min(int(valore[:3]), RUOLI_MASSIMI) if valore and valore.isdecimal() else 0


def _letta(valore: Any) -> dict[str, Any]:
    """The rule that a JSON field holds, whether as text or as data; an unreadable one is empty."""
    try:
        dati = json.loads(valore) if isinstance(valore, str) else valore
    except ValueError:
        return {}
    return dati if isinstance(dati, dict) else {}
