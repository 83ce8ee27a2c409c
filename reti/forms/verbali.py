"""Shapes of input for minutes, observations and decisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from reti.forms.reti import DataInput
from reti.models import Adesione, Decisione, Incontro, Osservazione, PuntoOdg, Soggetto
from reti.queries.decisioni import FiltroDecisioni
from reti.services.verbali import Scritto

RIGHE_VUOTE = 2


class VerbaleForm(forms.Form):
    """The text, and the version that was read: 0 before the first."""

    versione = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    testo = forms.CharField(
        label=_("Testo del verbale"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_(
            "Nomina gli enti, non le persone: chi c'era per ogni ente sta nel foglio presenze, che la versione "
            "pubblica non mostra. Una riga vuota divide i paragrafi."
        ),
    )

    def clean_testo(self) -> str:
        """One kind of line end, as stored: browsers send another."""
        return self.cleaned_data["testo"].replace("\r\n", "\n").strip()


class PuntoForm(forms.ModelForm):
    """How one item of the agenda ended."""

    class Meta:
        model = PuntoOdg
        fields = ("esito", "discussione")
        widgets = {"discussione": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012  a table that nobody changes

    def clean_discussione(self) -> str:
        return self.cleaned_data["discussione"].replace("\r\n", "\n").strip()


class DecisioneForm(forms.ModelForm):
    """Something decided; an empty row is nothing, and one whose text is taken away is removed."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("id", "testo", "soggetto", "incaricato", "entro", "punto")

    class Meta:
        model = Decisione
        fields = ("testo", "soggetto", "incaricato", "entro", "punto")
        widgets = {"testo": forms.Textarea(attrs={"rows": 2}), "entro": DataInput()}  # noqa: RUF012  a table that nobody changes
        help_texts = {"incaricato": _("Una persona o un ufficio. Sul sito si vede solo l'ente.")}  # noqa: RUF012  as above

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testo"].required = False

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("testo") and any(dati.get(c) for c in ("soggetto", "incaricato", "entro", "punto")):
            if not dati.get("id"):
                self.add_error("testo", _("Scrivi che cosa si è deciso, oppure svuota la riga."))
        return dati

    def _post_clean(self) -> None:
        """The service validates the record: here an empty row is allowed."""


class DecisioniFormSetBase(BaseFormSet):
    """Decisions of one meeting; the lists of bodies and items are read once for all the rows."""

    def __init__(self, *args: Any, incontro: Incontro, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inviti = Adesione.objects.filter(convocazioni__incontro=incontro)
        enti = Soggetto.objects.filter(
            Q(pk__in=inviti.values("soggetto")) | Q(titolare_piattaforma=True) | Q(incarichi__incontro=incontro)
        )
        self.enti = enti.distinct()
        self.punti = incontro.punti.all()
        self._scelte = {
            "soggetto": [("", "—"), *self.enti.values_list("pk", "denominazione")],
            "punto": [("", "—"), *((p.pk, f"{n}. {p.titolo}") for n, p in enumerate(self.punti, 1))],
        }

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["soggetto"].queryset, form.fields["punto"].queryset = self.enti, self.punti
        for campo, scelte in self._scelte.items():
            form.fields[campo].widget.choices = scelte

    def dati(self) -> list[dict[str, Any]]:
        """The rows with a text, for the service."""
        return [f.cleaned_data for f in self.forms if f.cleaned_data.get("testo")]


DecisioniFormSet = formset_factory(DecisioneForm, formset=DecisioniFormSetBase, extra=RIGHE_VUOTE)


def righe_di(decisioni: Sequence[Decisione]) -> list[dict[str, Any]]:
    """The formset's initial rows."""
    return [
        {
            "id": d.pk,
            "testo": d.testo,
            "soggetto": d.soggetto_id,
            "incaricato": d.incaricato,
            "entro": d.entro,
            "punto": d.punto_id,
        }
        for d in decisioni
    ]


def scritto_da(moduli: dict[str, Any]) -> Scritto:
    """What the service saves, from the valid forms of the screen."""
    puliti = moduli["form"].cleaned_data
    return Scritto(
        versione=puliti["versione"],
        testo=puliti["testo"],
        punti={p.instance.pk: p.cleaned_data for p in moduli["punti"]},
        decisioni=moduli["decisioni"].dati(),
    )


class OsservazioneForm(forms.Form):
    """What a seat asks to change."""

    adesione = forms.ModelChoiceField(label=_("Per quale ente"), queryset=Adesione.objects.none(), empty_label=None)
    testo = forms.CharField(
        label=_("Che cosa va corretto"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Cita la frase del verbale e scrivi come dovrebbe essere."),
    )

    def __init__(self, *args: Any, seggi: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adesione"].queryset = seggi
        self.fields["adesione"].label_from_instance = lambda seggio: str(seggio.soggetto)


class EsameForm(forms.Form):
    """Accept an observation or not, with an answer."""

    esito = forms.ChoiceField(
        label=_("Esito"),
        widget=forms.RadioSelect,
        choices=[c for c in Osservazione.Esito.choices if c[0] != Osservazione.Esito.ATTESA],
    )
    replica = forms.CharField(
        label=_("Risposta"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Chi ha osservato la riceve per mail. Serve se non accogli l'osservazione."),
    )


class SedutaForm(forms.Form):
    """In which later meeting the minutes were approved."""

    seduta = forms.ModelChoiceField(label=_("Approvato nell'incontro"), queryset=Incontro.objects.none())

    def __init__(self, *args: Any, sedute: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seduta"].queryset = sedute


class EsitoDecisioneForm(forms.Form):
    """How a decision was carried out."""

    esito = forms.CharField(label=_("Com'è andata"), max_length=255, widget=forms.Textarea(attrs={"rows": 3}))


class SegnalazioneForm(forms.Form):
    """A body says that what it was given is done."""

    nota = forms.CharField(label=_("Che cosa è stato fatto"), max_length=255)


class FiltroDecisioniForm(forms.Form):
    """The filters of the list, in the URL; a wrong value falls back to the open ones."""

    stato = forms.ChoiceField(
        label=_("Quali"),
        required=False,
        choices=[
            ("aperte", _("Aperte")),
            ("ritardo", _("In ritardo")),
            ("segnalate", _("Da confermare")),
            ("concluse", _("Concluse")),
            ("tutte", _("Tutte")),
        ],
    )
    rete = forms.TypedChoiceField(label=_("Tavolo"), required=False, coerce=int, empty_value=0)
    mie = forms.BooleanField(label=_("Solo le mie"), required=False)

    def __init__(self, *args: Any, reti: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rete"].choices = [("", _("Tutti i tavoli")), *((r.pk, r.nome) for r in reti)]

    def filtro(self) -> FiltroDecisioni:
        puliti = self.cleaned_data if self.is_valid() else {}
        return FiltroDecisioni(puliti.get("stato") or "aperte", puliti.get("rete") or 0, bool(puliti.get("mie")))
