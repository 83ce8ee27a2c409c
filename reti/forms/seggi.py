"""A seat, whom it represents, who may sit in the holder's place."""

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.numeri import chiave
from core.orologio import oggi
from reti.forms.registro import UtenteChoiceField
from reti.forms.reti import AGruppi, DataInput
from reti.models import Adesione, Soggetto, Sostituto
from reti.queries.seggi import possibili_titolari
from reti.queries.soggetti import RicercaSoggetti, cerca_soggetti

TROVATI_MASSIMI = 20


class CercaEnteForm(forms.Form):
    """Which body the new seat is for."""

    cerca = forms.CharField(label=_("Nome o comune dell'ente"), max_length=100)

    def trovati(self) -> list[Soggetto]:
        """The first that answer, one more than are shown when there are others."""
        if not self.is_valid():
            return []
        return list(cerca_soggetti(RicercaSoggetti(q=self.cleaned_data["cerca"]))[: TROVATI_MASSIMI + 1])


class MandatoForm(forms.ModelForm):
    """Anything that holds from a day to another."""

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", _("La fine viene prima dell'inizio: correggi le date."))
        return dati


class SeggioForm(AGruppi, MandatoForm):
    """A seat; its body is chosen before and stays. `cerca` brings bodies into «rappresenta anche»."""

    gruppi = (
        (_("Il seggio"), ("ruolo", "qualifica", "peso")),
        (_("Titolare"), ("titolare_nome", "titolare_email", "titolare")),
        (_("Mandato"), ("nomina", "dal", "al")),
    )
    titolare = UtenteChoiceField(None, label=_("Account del titolare"), required=False)
    rappresenta = forms.ModelMultipleChoiceField(
        Soggetto.objects.all(),
        label=_("Rappresenta anche"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rt-opzioni"}),
    )
    cerca = forms.CharField(label=_("Cerca un ente da aggiungere"), max_length=100, required=False)

    class Meta:
        model = Adesione
        fields = (
            "ruolo", "qualifica", "titolare_nome", "titolare_email", "titolare", "nomina", "dal", "al", "peso",
            "rappresenta",
        )  # fmt: skip
        widgets = {"dal": DataInput(), "al": DataInput()}  # noqa: RUF012  a table that nobody changes
        help_texts = {  # noqa: RUF012  a table that nobody changes
            "peso": _("Conta solo dove il quorum è sul peso dei seggi."),
            "al": _("Ultimo giorno del mandato; vuoto se non ha una fine."),
            "titolare_email": _("Qui arrivano le convocazioni; vuoto: all'indirizzo dell'ente."),
            "qualifica": _("Solo per chi siede con una qualifica, come nel comitato tecnico."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titolare"].queryset = possibili_titolari(self.instance)
        self.cercato = self.data.get(self.add_prefix("cerca"), "").strip()[:100]
        scelti = self._gia_scelti()
        self.trovati = self._trovati(scelti)
        self.fields["rappresenta"].widget.choices = [(s.pk, str(s)) for s in (*scelti, *self.trovati)]

    def _gia_scelti(self) -> list[Soggetto]:
        campo = self.fields["rappresenta"]
        if not self.is_bound:
            return list(self.initial.get("rappresenta", []))
        scelti = {chiave(v) for v in self.data.getlist(self.add_prefix("rappresenta"))}
        return list(campo.queryset.filter(pk__in=scelti))

    def _trovati(self, scelti: list[Soggetto]) -> list[Soggetto]:
        """Bodies that the search adds to those chosen; not the seat's own."""
        if not self.cercato:
            return []
        gia = [self.instance.soggetto_id, *(s.pk for s in scelti)]
        return list(cerca_soggetti(RicercaSoggetti(q=self.cercato)).exclude(pk__in=gia)[:TROVATI_MASSIMI])

    def clean_peso(self) -> int:
        if self.cleaned_data["peso"] < 1:
            raise forms.ValidationError(_("Il peso è un numero da 1 in su."))
        return self.cleaned_data["peso"]


class SostitutoForm(MandatoForm):
    """One substitute. An empty start means today, or the day on which the seat begins."""

    class Meta:
        model = Sostituto
        fields = ("nome", "email", "nomina", "dal", "al")
        widgets = {"dal": DataInput(), "al": DataInput()}  # noqa: RUF012  a table that nobody changes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dal"].required = False


class SostitutiFormSetBase(BaseInlineFormSet):
    def dati(self) -> list[dict[str, Any]]:
        """The rows that were written or changed, for the service."""
        return [f.cleaned_data for f in self.forms if f.has_changed() and f.cleaned_data.get("nome")]


SostitutiFormSet = inlineformset_factory(
    Adesione, Sostituto, form=SostitutoForm, formset=SostitutiFormSetBase, extra=1, can_delete=False
)


class ChiudiForm(forms.Form):
    """The last day on which a seat holds."""

    al = forms.DateField(label=_("Ultimo giorno"), widget=DataInput, initial=oggi)
