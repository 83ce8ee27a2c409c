"""What a host writes: contacts, hours and exceptions of a point, or a new candidate point."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from accordi.models import Istanza
from punti_informativi.models import Destinatari, Eccezione, Giorno, Orario, PuntoInformativo, Servizio
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.queries.scrivania import soggetti_gestiti
from punti_informativi.turni import sovrapposizione
from punti_informativi.valori import CAMPI_DELL_OSPITE, LISTE
from reti.models import Sede
from utenti.permissions import puo_coordinare


def _ora(etichetta: str, *, obbligatoria: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=etichetta,
        required=obbligatoria,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Scrivi l'ora come 9:00 o 14:30.")},
    )


def _data(etichetta: str) -> forms.DateField:
    return forms.DateField(label=etichetta, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ContattiForm(forms.ModelForm):
    sito_web = forms.URLField(label=_("Sito web"), required=False, assume_scheme="https")

    class Meta:
        model = PuntoInformativo
        fields = CAMPI_DELL_OSPITE
        widgets: ClassVar = {"lingue": forms.CheckboxSelectMultiple, "servizi": forms.CheckboxSelectMultiple}


class MessaggioForm(forms.Form):
    """What the host tells the Province beside its changes."""

    messaggio = forms.CharField(
        label=_("Messaggio per la Provincia"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Facoltativo: per esempio da quando vale il cambiamento."),
    )


def iniziali(valori: dict[str, Any]) -> dict[str, Any]:
    """Values of a point (punti_informativi.valori) as ContattiForm shows them."""
    liste = {c: LISTE[c][0].objects.filter(**{f"{LISTE[c][1]}__in": valori[c]}) for c in LISTE if c in valori}
    return valori | liste


class OrarioForm(forms.Form):
    """One weekly spell."""

    giorno = forms.TypedChoiceField(label=_("Giorno"), choices=[("", "—"), *Giorno.choices], coerce=int)
    dalle = _ora(_("Dalle"))
    alle = _ora(_("Alle"))
    su_appuntamento = forms.BooleanField(label=_("Su appuntamento"), required=False)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if {"giorno", "dalle", "alle"} <= dati.keys():
            Orario(**{k: dati[k] for k in ("giorno", "dalle", "alle")}).clean()
        return dati

    def fascia(self) -> Fascia:
        dati = self.cleaned_data
        return Fascia(dati["giorno"], dati["dalle"], dati["alle"], dati["su_appuntamento"])


class EccezioneForm(forms.Form):
    """One dated closure, or opening."""

    dal = _data(_("Dal"))
    al = _data(_("Al"))
    chiuso = forms.BooleanField(label=_("Chiuso"), required=False)
    dalle = _ora(_("Dalle"), obbligatoria=False)
    alle = _ora(_("Alle"), obbligatoria=False)
    motivo = forms.CharField(label=_("Motivo"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if {"dal", "al"} <= dati.keys() and not self.errors:
            Eccezione(**{k: dati.get(k) for k in ("dal", "al", "chiuso", "dalle", "alle")}).clean()
        return dati

    def deroga(self) -> Deroga:
        dati = self.cleaned_data
        return Deroga(dati["dal"], dati["al"], dati["chiuso"], dati["dalle"], dati["alle"], dati["motivo"])


class _Righe(BaseFormSet):
    default_error_messages: ClassVar = {
        **BaseFormSet.default_error_messages,
        "too_many_forms": _("Ci sono troppe righe: al massimo %(num)d. Togli quelle che non servono."),
    }

    def scritte(self) -> list[forms.Form]:
        """Rows that hold something and aren't to be removed."""
        return [r for r in self.forms if r.has_changed() or r.initial if not r.cleaned_data.get("DELETE")]


class OrariBase(_Righe):
    def clean(self) -> None:
        if any(self.errors):
            return
        if scontro := sovrapposizione(r.fascia() for r in self.scritte()):
            raise ValidationError(scontro)


def _insieme(modulo: type[forms.Form], base: type[_Righe], *, extra: int, massimo: int) -> type[_Righe]:
    """Rows of a form, at most `massimo`; of what a request sends beyond twice as many, nothing is read."""
    limiti = {"max_num": massimo, "absolute_max": 2 * massimo, "validate_max": True}
    return forms.formset_factory(modulo, formset=base, extra=extra, can_delete=True, **limiti)


OrariFormSet = _insieme(OrarioForm, OrariBase, extra=2, massimo=42)
EccezioniFormSet = _insieme(EccezioneForm, _Righe, extra=1, massimo=60)


class ChiudiOggiForm(forms.Form):
    """The short way, from a phone."""

    motivo = forms.CharField(label=_("Motivo"), max_length=120, required=False, help_text=_("Lo leggono i cittadini."))


class CandidaturaForm(forms.ModelForm):
    """A new candidate point at a seat of a body that takes part in the application."""

    servizi = forms.ModelMultipleChoiceField(
        Servizio.objects.all(), label=_("Servizi"), widget=forms.CheckboxSelectMultiple
    )
    destinatari = forms.ModelMultipleChoiceField(
        Destinatari.objects.all(), label=_("A chi si rivolge"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = PuntoInformativo
        fields = ("nome", "sede", "descrizione", "servizi", "destinatari", "telefono", "email")

    def __init__(self, *args: Any, istanza: Istanza, utente: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partecipanti = istanza.partecipanti.values("soggetto")
        sedi = Sede.objects.filter(soggetto=istanza.capofila_id) | Sede.objects.filter(soggetto__in=partecipanti)
        if not puo_coordinare(utente):
            sedi = sedi.filter(soggetto__in=soggetti_gestiti(utente))
        self.fields["sede"].queryset = sedi.select_related("comune")

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if sede := dati.get("sede"):
            self.instance.soggetto = sede.soggetto
        return dati
