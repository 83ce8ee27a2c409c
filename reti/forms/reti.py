"""Shapes of input for boards and seats, in the back office."""

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from reti.models import Adesione, Rete, Soggetto
from reti.services.reti import CAMPI_RETE

RIGHE_VUOTE = 4


class DataInput(forms.DateInput):
    """The browser's own date field: keyboard and screen reader for free, no script."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ReteForm(forms.ModelForm):
    """A board without its act, which has a screen of its own."""

    class Meta:
        model = Rete
        fields = tuple(campo for campo in CAMPI_RETE if campo != "composizione")
        widgets = {  # noqa: RUF012  Django's idiom
            "descrizione": forms.Textarea(attrs={"rows": 3}),
            "dal": DataInput(),
            "al": DataInput(),
        }
        labels = {"descrizione": _("A che cosa serve")}  # noqa: RUF012  a table that nobody changes


class SeggioForm(forms.ModelForm):
    """One seat. An empty start means today."""

    class Meta:
        model = Adesione
        fields = ("soggetto", "ruolo", "qualifica", "titolare_nome", "titolare_email", "dal", "al")
        widgets = {"dal": DataInput(), "al": DataInput()}  # noqa: RUF012  a table that nobody changes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dal"].required = False

    def clean_dal(self) -> Any:
        return self.cleaned_data["dal"] or oggi()


class SeggiFormSetBase(BaseInlineFormSet):
    """Seats of a board; the list of bodies is read once for all the rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Adesione.objects.select_related("soggetto"))
        super().__init__(*args, **kwargs)
        self.soggetti = [("", "—"), *Soggetto.objects.values_list("pk", "denominazione")]

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if hasattr(self, "soggetti"):
            form.fields["soggetto"].widget.choices = self.soggetti

    def dati(self) -> list[dict[str, Any]]:
        """The rows that were written or changed, for the services."""
        return [f.cleaned_data for f in self.forms if f.has_changed() and f.cleaned_data.get("soggetto")]


SeggiFormSet = inlineformset_factory(
    Rete, Adesione, form=SeggioForm, formset=SeggiFormSetBase, extra=RIGHE_VUOTE, can_delete=False
)


class CostituzioneForm(forms.Form):
    """The act that constitutes a board."""

    atto = forms.CharField(
        label=_("Atto costitutivo"),
        max_length=200,
        help_text=_("Per esempio: determinazione n. 214/2023."),
    )
    atto_data = forms.DateField(label=_("Data dell'atto"), widget=DataInput)
