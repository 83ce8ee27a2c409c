"""Shapes of input for meetings, in the back office."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reti.forms.reti import DataInput
from reti.models import Incontro, Rete
from reti.queries.tavoli import reti_unibili


class OraInput(forms.TimeInput):
    """The browser's own time field, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def campo_altre_reti() -> forms.ModelMultipleChoiceField:
    """The boards that meet jointly, to tick; `unisci_scelte` fills it."""
    return forms.ModelMultipleChoiceField(
        Rete.objects.none(),
        label=_("Congiunto con"),
        help_text=_(
            "Si invitano anche i seggi di questi tavoli. Nessuno: l'incontro è del solo tavolo che lo convoca."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rt-caselle"}),
    )


def pretendi_il_luogo(form: forms.Form, dati: dict[str, Any]) -> dict[str, Any]:
    """Ask where people meet, unless everyone is remote."""
    modalita = dati.get("modalita")
    if modalita in (Incontro.Modalita.PRESENZA, Incontro.Modalita.IBRIDA) and not dati.get("luogo"):
        form.add_error("luogo", _("Scrivi dove ci si trova, o scegli «Da remoto»."))
    return dati


def unisci_scelte(form: forms.Form, rete: Rete | None, scelte: Iterable[Rete] = ()) -> None:
    """Fill `altre_reti` with the boards that may join `rete`; without any the field goes away."""
    unibili = reti_unibili(rete, scelte) if rete else Rete.objects.none()
    form.fields["altre_reti"].queryset = unibili
    form.initial.setdefault("altre_reti", list(scelte))
    if not unibili.exists():
        del form.fields["altre_reti"]


class IncontroForm(forms.ModelForm):
    """A meeting of one day: date, from, to (Europe/Rome)."""

    giorno = forms.DateField(label=_("Giorno"), widget=DataInput)
    dalle = forms.TimeField(label=_("Dalle"), widget=OraInput)
    alle = forms.TimeField(label=_("Alle"), widget=OraInput)
    ordine_del_giorno = forms.CharField(
        label=_("Ordine del giorno"),
        help_text=_("Un punto per riga."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    altre_reti = campo_altre_reti()
    field_order = ("titolo", "giorno", "dalle", "alle", "modalita", "luogo", "collegamento", "ordine_del_giorno")

    class Meta:
        model = Incontro
        fields = ("titolo", "modalita", "luogo", "collegamento")
        error_messages = {  # noqa: RUF012  a table that nobody changes
            "collegamento": {"invalid": _("Scrivi l'indirizzo intero, per esempio https://meet.example.org/tavolo.")}
        }

    def __init__(self, *args: Any, rete: Rete | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unisci_scelte(self, rete, self.instance.altre_reti.all() if self.instance.pk else ())
        if self.instance.pk:
            inizio, fine = timezone.localtime(self.instance.inizio), timezone.localtime(self.instance.fine)
            self.initial |= {"giorno": inizio.date(), "dalle": inizio.time(), "alle": fine.time()}
            self.initial["ordine_del_giorno"] = self.instance.ordine_del_giorno

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        dalle, alle = dati.get("dalle"), dati.get("alle")
        if dalle and alle and alle <= dalle and not self._giorni():
            self.add_error("alle", _("La fine deve venire dopo l'inizio."))
        return pretendi_il_luogo(self, dati)

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `crea_incontro` and `modifica_incontro`."""
        puliti = dict(self.cleaned_data)
        fuso = timezone.get_current_timezone()
        giorno, dalle, alle = puliti.pop("giorno"), puliti.pop("dalle"), puliti.pop("alle")
        return puliti | {
            "inizio": datetime.combine(giorno, dalle, fuso),
            "fine": datetime.combine(giorno + self._giorni(), alle, fuso),
        }

    def _giorni(self) -> timedelta:
        """Nights that the meeting lasts, which this form keeps: an invitation of others may last days."""
        if not self.instance.pk:
            return timedelta()
        return timezone.localdate(self.instance.fine) - timezone.localdate(self.instance.inizio)


class MotivoForm(forms.Form):
    """Why a meeting is postponed or cancelled."""

    motivo = forms.CharField(
        label=_("Motivo"), max_length=255, help_text=_("Gli invitati lo leggono nella mail."), widget=forms.Textarea
    )
