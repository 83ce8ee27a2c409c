"""What the Province writes of a campaign, and what a body answers."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.orologio import oggi
from punti_informativi.models import Campagna, Invio, PuntoInformativo
from punti_informativi.stati import StatoPunto
from reti.forms.reti import DataInput
from reti.models import Soggetto


class CategoriaForm(WagtailAdminModelForm):
    """A category: types to tick instead of JSON to write."""

    tipi = forms.MultipleChoiceField(
        label=_("Tipi di soggetto"),
        help_text=_("I soggetti di questi tipi ne fanno parte da soli."),
        choices=Soggetto.Tipo.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CampagnaForm(forms.ModelForm):
    class Meta:
        model = Campagna
        fields = ("titolo", "categorie", "avviso", "oggetto", "testo")
        widgets: ClassVar = {
            "categorie": forms.CheckboxSelectMultiple,
            "testo": forms.Textarea(attrs={"rows": 10, "class": "rt-largo"}),
            "titolo": forms.TextInput(attrs={"class": "rt-largo"}),
            "oggetto": forms.TextInput(attrs={"class": "rt-largo"}),
        }
        help_texts: ClassVar = {
            "avviso": _("Facoltativo: il messaggio ne riporta l'indirizzo."),
            "testo": _("Ogni soggetto riceve una mail sola, con un collegamento per rispondere."),
        }
        error_messages: ClassVar = {"categorie": {"required": _("Scegli almeno una categoria di destinatari.")}}

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `salva_campagna`."""
        return self.cleaned_data | {"categorie": list(self.cleaned_data["categorie"])}


class InvioForm(forms.ModelForm):
    """What was done by phone, in a meeting, by letter."""

    class Meta:
        model = Invio
        fields = ("soggetto", "destinatario", "categoria", "mezzo", "inviato_il", "nota")
        widgets: ClassVar = {"inviato_il": DataInput()}
        labels: ClassVar = {"destinatario": _("Destinatario, se non è nel registro"), "inviato_il": _("Giorno")}

    def __init__(self, *args: Any, campagna: Campagna, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categoria"].queryset = campagna.categorie.all()
        self.fields["mezzo"].choices = [(v, e) for v, e in Invio.Mezzo.choices if v != Invio.Mezzo.EMAIL]
        self.fields["soggetto"].queryset = Soggetto.objects.filter(titolare_piattaforma=False)
        self.fields["destinatario"].required = False
        self.initial.setdefault("inviato_il", oggi())

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("soggetto") and not dati.get("destinatario"):
            self.add_error("destinatario", _("Scegli un soggetto o scrivi il nome del destinatario."))
        return dati

    def _post_clean(self) -> None:
        """The service builds and checks the row: here nothing is written on an instance."""


class RispostaForm(forms.Form):
    """The three answers, and a note."""

    risposta = forms.ChoiceField(
        label=_("La tua risposta"),
        choices=[
            (Invio.Risposta.INTERESSATO, _("Siamo interessati")),
            (Invio.Risposta.DA_RICHIAMARE, _("Vorremmo essere richiamati")),
            (Invio.Risposta.NON_INTERESSATO, _("Non siamo interessati")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli una delle tre risposte.")},
    )
    nota = forms.CharField(
        label=_("Vuoi aggiungere qualcosa?"),
        help_text=_("Per esempio un numero di telefono e quando chiamare."),
        max_length=Invio._meta.get_field("nota").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PuntiForm(forms.Form):
    """The points whose hosts are convened."""

    punti = forms.ModelMultipleChoiceField(
        PuntoInformativo.objects.none(),
        label=_("Punti"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rt-caselle"}),
        error_messages={"required": _("Scegli almeno un punto: si invita chi lo ospita.")},
    )

    def __init__(self, *args: Any, scelti: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        punti = PuntoInformativo.objects.filter(stato__in=(StatoPunto.VERIFICATO, StatoPunto.ATTIVO))
        campo = self.fields["punti"]
        campo.queryset = punti.select_related("soggetto", "sede__comune").order_by("sede__comune__nome", "nome")
        campo.label_from_instance = lambda p: f"{p.nome} ({p.sede.comune.nome}) — {p.soggetto.denominazione}"
        self.initial["punti"] = list(punti.filter(**scelti).values_list("pk", flat=True))
