"""Filters of the terms, in the URL; one that isn't known is said and left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.models import Avviso, Istanza
from accordi.queries.scadenze import Scadenza
from accordi.scelte import TipoAccordo
from utenti.models import Utente

IGNOTO = _("Il filtro «%s» ha un valore che non conosco: l'ho tolto.")


class FiltroScadenzeForm(forms.Form):
    """Which applications: by where the term stands, call, kind of agreement, person responsible."""

    situazione = forms.ChoiceField(
        label=_("Situazione"),
        required=False,
        choices=[
            ("", _("Tutte")),
            ("ritardo", _("In ritardo")),
            ("scadenza", _("In scadenza")),
            ("sospesa", _("Termine sospeso")),
            ("tempo", _("Nei termini")),
        ],
    )
    avviso = forms.ModelChoiceField(
        label=_("Avviso"),
        required=False,
        queryset=Avviso.objects.filter(istanze__protocollo__isnull=False).distinct(),
        empty_label=_("Tutti"),
    )
    tipo = forms.ChoiceField(
        label=_("Tipo di accordo"), required=False, choices=[("", _("Tutti")), *TipoAccordo.choices]
    )
    responsabile = forms.ModelChoiceField(
        label=_("Responsabile"),
        required=False,
        queryset=Utente.objects.filter(pk__in=Istanza.objects.values("responsabile")),
        empty_label=_("Tutti"),
    )
    senza_responsabile = forms.BooleanField(label=_("Solo senza responsabile"), required=False)

    def __init__(self, dati: dict[str, str], **kwargs: Any) -> None:
        super().__init__(dati, **kwargs)
        for campo in self.fields.values():
            if "invalid_choice" in campo.error_messages:
                campo.error_messages["invalid_choice"] = IGNOTO % campo.label
        self.is_valid()

    @property
    def frasi(self) -> list[str]:
        """What was left out."""
        return [frase for frasi in self.errors.values() for frase in frasi]

    def criteri(self) -> dict[str, Any]:
        """Conditions on the applications."""
        scelti = self.cleaned_data
        criteri = {"avviso": scelti.get("avviso"), "avviso__tipo": scelti.get("tipo")}
        criteri |= {"responsabile": scelti.get("responsabile"), "responsabile__isnull": scelti["senza_responsabile"]}
        return {campo: valore for campo, valore in criteri.items() if valore}

    def scegli(self, righe: list[Scadenza]) -> list[Scadenza]:
        """Those in the situation that was chosen."""
        voluta = self.cleaned_data.get("situazione")
        return [r for r in righe if r.situazione == voluta] if voluta else righe
