"""Shapes of input for the life of an agreement, in the back office and in the parties' area."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.models import Accordo, Azione, Conferimento, Impegno, Parte, Risorsa
from core.orologio import oggi
from core.validators import valida_file
from reti.forms.reti import DataInput

PROVA_MASSIMA = 10 * 1_048_576  # bytes
TIPI_PROVA = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG"}


def _data(etichetta: Any, **altro: Any) -> forms.DateField:
    return forms.DateField(label=etichetta, widget=DataInput(), **altro)


def _motivo(**altro: Any) -> forms.CharField:
    return forms.CharField(label=_("Motivo"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **altro)


class DiUnAccordo:
    """A form about `accordo`: its fields of parties offer those of the agreement that are still bound."""

    def __init__(self, *args: Any, accordo: Accordo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accordo = accordo
        parti = accordo.parti.vincolate().select_related("soggetto")
        for nome in {"parte", "parti", "cambiano"} & self.fields.keys():
            self.fields[nome].queryset = self.scegli(parti)

    def scegli(self, parti: Any) -> Any:
        return parti


class ModificaForm(DiUnAccordo, forms.Form):
    """An amendment: why, whom it touches, its text."""

    motivo = _motivo(help_text=_("Lo leggono tutte le parti, anche quelle che non firmano."))
    chi = forms.ChoiceField(
        label=_("Chi firma"),
        choices=[
            ("tutte", _("Tutte le parti: il testo è unico")),
            ("alcune", _("Solo le parti a cui cambia qualcosa, con la Provincia")),
        ],
        widget=forms.RadioSelect,
        initial="tutte",
    )
    cambiano = forms.ModelMultipleChoiceField(
        label=_("Parti a cui cambia qualcosa"),
        queryset=Parte.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Le altre non sono invitate a firmare: ne sono informate e restano vincolate all'accordo com'è. Una "
            "modifica non può cambiare diritti e obblighi di chi non la firma (art. 1372 del codice civile)."
        ),
    )
    testo = forms.CharField(
        label=_("Che cosa cambia"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Lo correggi ancora nella bozza. Una riga che comincia con «# » apre un articolo."),
    )
    nuova_scadenza = _data(
        _("Nuova scadenza"), required=False, help_text=_("Vuota: resta quella di oggi. Cambiarla riguarda tutti.")
    )

    def scegli(self, parti: Any) -> Any:
        return parti.exclude(soggetto__titolare_piattaforma=True)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        scelte = list(dati.get("cambiano") or [])
        if dati.get("chi") == "alcune" and not scelte:
            self.add_error("cambiano", _("Scegli almeno una parte, oppure «Tutte le parti»."))
        dati["cambiano"] = scelte if dati.get("chi") == "alcune" else None
        return dati


class RecessoForm(DiUnAccordo, forms.Form):
    parte = forms.ModelChoiceField(label=_("Parte che recede"), queryset=Parte.objects.none())
    comunicato_il = _data(
        _("Comunicato il"), initial=oggi, help_text=_("Il giorno in cui è arrivata la comunicazione.")
    )
    efficace_dal = _data(
        _("Primo giorno senza vincolo"), required=False, help_text=_("Vuoto: il primo dopo il preavviso dell'accordo.")
    )
    motivo = _motivo(help_text=_("Lo leggono le altre parti."))


class RisoluzioneForm(forms.Form):
    dal = _data(_("Primo giorno senza effetto"), initial=oggi)
    atto = forms.CharField(
        label=_("Atto"), max_length=200, help_text=_("Per esempio «Determinazione n. 9 del 1/9/2023».")
    )
    motivo = _motivo(help_text=_("Lo leggono le parti."))


class ImpegnoForm(DiUnAccordo, forms.ModelForm):
    class Meta:
        model = Impegno
        fields = ("parte", "testo", "referente", "entro")
        widgets = {"entro": DataInput()}  # noqa: RUF012  a table that nobody changes
        help_texts = {"referente": _("Una persona o un ufficio della parte.")}  # noqa: RUF012  as above

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parte"].empty_label = _("Tutte le parti")


class RisorsaForm(DiUnAccordo, forms.ModelForm):
    class Meta:
        model = Risorsa
        fields = ("parte", "area", "descrizione", "promesso", "unita")
        help_texts = {"unita": _("Euro, ore, posti…")}  # noqa: RUF012  a table that nobody changes


class AzioneForm(DiUnAccordo, forms.ModelForm):
    class Meta:
        model = Azione
        fields = ("tipo", "descrizione", "parti", "dal", "al")
        widgets = {  # noqa: RUF012  a table that nobody changes
            "parti": forms.CheckboxSelectMultiple,
            "dal": DataInput(),
            "al": DataInput(),
        }
        help_texts = {"parti": _("Nessuna: la svolgono tutte.")}  # noqa: RUF012  as above


class AdempimentoForm(forms.Form):
    """An obligation is met: when, and what shows it."""

    quando = _data(_("Adempiuto il"), initial=oggi)
    nota = forms.CharField(label=_("Che cosa è stato fatto"), max_length=255, required=False)
    prova = forms.FileField(
        label=_("Documento che lo prova"),
        required=False,
        help_text=_("PDF, JPG o PNG, al massimo 10 MB. Senza nomi di cittadini."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        validators=[valida_file(tipi=TIPI_PROVA, massimo=PROVA_MASSIMA)],
    )


class ConferimentoForm(forms.ModelForm):
    class Meta:
        model = Conferimento
        fields = ("quando", "quantita", "nota")
        widgets = {"quando": DataInput()}  # noqa: RUF012  a table that nobody changes


class EsitoForm(forms.Form):
    esito = forms.CharField(label=_("Com'è andata"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
