"""Shapes of input for a poll: what it proposes, what a seat says."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reti.forms.incontri import OraInput, campo_altre_reti, pretendi_il_luogo, unisci_scelte
from reti.forms.reti import DataInput
from reti.models import Disponibilita, Interpellato, Rete, Sondaggio
from reti.queries.sondaggi import fasce_di
from reti.services.sondaggi import MASSIMO_FASCE

RIGHE_INIZIALI = 3
RIGHE_IN_PIU = 3


class SondaggioForm(forms.ModelForm):
    """What the meeting will be and until when one answers (Europe/Rome)."""

    entro_giorno = forms.DateField(label=_("Si risponde entro il giorno"), widget=DataInput)
    entro_ora = forms.TimeField(label=_("alle ore"), widget=OraInput, initial=time(18))
    altre_reti = campo_altre_reti()
    field_order = (
        "titolo", "entro_giorno", "entro_ora", "modalita", "luogo", "collegamento", "ordine_del_giorno", "altre_reti",
    )  # fmt: skip

    class Meta:
        model = Sondaggio
        fields = ("titolo", "modalita", "luogo", "collegamento", "ordine_del_giorno")
        widgets = {"ordine_del_giorno": forms.Textarea(attrs={"rows": 5})}  # noqa: RUF012  Django's idiom
        help_texts = {"ordine_del_giorno": _("Un punto per riga.")}  # noqa: RUF012  a table that nobody changes
        error_messages = {  # noqa: RUF012  a table that nobody changes
            "collegamento": {"invalid": _("Scrivi l'indirizzo intero, per esempio https://meet.example.org/tavolo.")}
        }

    def __init__(self, *args: Any, rete: Rete | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unisci_scelte(self, rete)

    def clean(self) -> dict[str, Any]:
        return pretendi_il_luogo(self, super().clean())

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `apri_sondaggio`, without the slots."""
        puliti = dict(self.cleaned_data)
        giorno, ora = puliti.pop("entro_giorno"), puliti.pop("entro_ora")
        return puliti | {"entro": datetime.combine(giorno, ora, timezone.get_current_timezone())}


class FasciaForm(forms.Form):
    """One slot of one day; an empty row is nothing."""

    giorno = forms.DateField(label=_("Giorno"), widget=DataInput)
    dalle = forms.TimeField(label=_("Dalle"), widget=OraInput)
    alle = forms.TimeField(label=_("Alle"), widget=OraInput)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("dalle") and dati.get("alle") and dati["alle"] <= dati["dalle"]:
            self.add_error("alle", _("La fine deve venire dopo l'inizio."))
        return dati


class FasceFormSetBase(BaseFormSet):
    """The slots of a poll."""

    def initial_form_count(self) -> int:
        """None, once posted: a row that came filled may be emptied like any other."""
        return 0 if self.is_bound else super().initial_form_count()

    def fasce(self) -> list[tuple[datetime, datetime]]:
        """(start, end) of the rows that were written."""
        fuso = timezone.get_current_timezone()
        righe = [f.cleaned_data for f in self.forms if f.has_changed()]
        return [tuple(datetime.combine(r["giorno"], r[ora], fuso) for ora in ("dalle", "alle")) for r in righe]


FasceFormSet = formset_factory(
    FasciaForm, formset=FasceFormSetBase, extra=RIGHE_INIZIALI, max_num=MASSIMO_FASCE, absolute_max=MASSIMO_FASCE
)
FasceInPiuFormSet = formset_factory(
    FasciaForm, formset=FasceFormSetBase, extra=RIGHE_IN_PIU, max_num=MASSIMO_FASCE, absolute_max=MASSIMO_FASCE
)


def scritto(form: forms.Form, dati: QueryDict) -> dict[str, Any]:
    """What was typed in the fields of `form`, as it was typed: to show it again without judging it."""
    return {
        nome: campo.widget.value_from_datadict(dati, {}, form.add_prefix(nome)) for nome, campo in form.fields.items()
    }


def fasce_scritte(dati: QueryDict) -> list[dict[str, Any]]:
    """The rows of the slots that hold something, as they were typed."""
    righe = [scritto(f, dati) for f in FasceFormSet(dati, prefix="fasce").forms]
    return [riga for riga in righe if any(riga.values())]


class DisponibilitaForm(forms.Form):
    """For each slot yes, if needed, or no: one tap each."""

    nota = forms.CharField(label=_("Vuoi aggiungere qualcosa?"), max_length=255, required=False)

    def __init__(self, *args: Any, interpellato: Interpellato, **kwargs: Any) -> None:
        detto = dict(interpellato.disponibilita.values_list("fascia", "valore"))
        iniziale = {f"fascia-{fascia}": valore for fascia, valore in detto.items()}
        super().__init__(*args, initial=iniziale | {"nota": interpellato.nota}, **kwargs)
        self._fasce = {f"fascia-{f.pk}": f for f in fasce_di(interpellato)}
        for nome, fascia in self._fasce.items():
            self.fields[nome] = forms.ChoiceField(
                label=_quando(fascia.inizio, fascia.fine),
                choices=Disponibilita.Valore.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Scegli sì, se necessario oppure no.")},
            )
        self.order_fields([*self._fasce, "nota"])

    @property
    def fasce(self) -> list[forms.BoundField]:
        """The slots' fields."""
        return [self[nome] for nome in self._fasce]

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `rispondi_sondaggio`."""
        valori = {fascia.pk: self.cleaned_data[nome] for nome, fascia in self._fasce.items()}
        return {"valori": valori, "nota": self.cleaned_data["nota"]}


def _quando(inizio: datetime, fine: datetime) -> str:
    inizio, fine = timezone.localtime(inizio), timezone.localtime(fine)
    return f"{date_format(inizio, 'l j F Y').lower()}, {inizio:%H:%M}–{fine:%H:%M}"
