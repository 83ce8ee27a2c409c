"""Shapes of input for boards and seats, in the back office."""

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.validators import valida_file
from reti.models import Adesione, Rete, Soggetto
from reti.services.reti import CAMPI_RETE

RIGHE_VUOTE = 4
ATTO_MASSIMO = 10 * 1_048_576  # bytes


class DataInput(forms.DateInput):
    """The browser's own date field: keyboard and screen reader for free, no script."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class AGruppi:
    """A form drawn in groups of fields: `gruppi` has each title with the names under it."""

    gruppi: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def per_gruppi(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(titolo, [self[nome] for nome in nomi]) for titolo, nomi in self.gruppi]


class ReteForm(AGruppi, forms.ModelForm):
    """A board without its act and its rule of composition, which have screens of their own."""

    gruppi = (
        (_("Il tavolo"), ("nome", "descrizione", "tipo", "tema", "convocante", "dal", "al", "pubblica")),
        (_("Quorum"), ("quorum_modo", "quorum")),
        (_("Incontri e verbali"), ("approvazione", "preavviso_giorni", "osservazioni_giorni")),
    )

    class Meta:
        model = Rete
        fields = tuple(campo for campo in CAMPI_RETE if campo != "composizione")
        widgets = {  # noqa: RUF012  Django's idiom
            "nome": forms.TextInput(attrs={"class": "rt-largo"}),
            "descrizione": forms.Textarea(attrs={"rows": 3, "class": "rt-largo"}),
            "quorum_modo": forms.Select(attrs={"class": "rt-largo"}),
            "approvazione": forms.Select(attrs={"class": "rt-largo"}),
            "dal": DataInput(),
            "al": DataInput(),
        }
        labels = {"descrizione": _("A che cosa serve")}  # noqa: RUF012  a table that nobody changes
        help_texts = {  # noqa: RUF012  a table that nobody changes
            "quorum": _("Vuoto: nessun quorum. Se conta una percentuale, scrivi da 1 a 100: 51 è la maggioranza."),
            "quorum_modo": _("Invitati e osservatori non contano mai."),
        }


class PrimoSeggioForm(forms.ModelForm):
    """One of the seats that a board starts with: its dates are the board's, the rest is on its page."""

    class Meta:
        model = Adesione
        fields = ("soggetto", "ruolo", "qualifica", "titolare_nome")


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
    Rete, Adesione, form=PrimoSeggioForm, formset=SeggiFormSetBase, extra=RIGHE_VUOTE, can_delete=False
)


class CostituzioneForm(forms.Form):
    """The act that constitutes a board, with its document."""

    atto = forms.CharField(
        label=_("Atto costitutivo"),
        max_length=200,
        help_text=_("Per esempio: determinazione n. 214/2023."),
    )
    atto_data = forms.DateField(label=_("Data dell'atto"), widget=DataInput)
    documento = forms.FileField(
        label=_("Documento"),
        required=False,
        validators=[valida_file(tipi={"pdf": b"%PDF-"}, massimo=ATTO_MASSIMO)],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Un PDF fino a 10 MB. Se il tavolo è visibile sul sito, chiunque può scaricarlo."),
    )
