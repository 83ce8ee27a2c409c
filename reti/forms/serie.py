"""Shape of input for a series of meetings: a rule or a list, then the dates to keep."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reti.forms.incontri import OraInput, campo_altre_reti, pretendi_il_luogo, unisci_scelte
from reti.forms.reti import DataInput
from reti.models import Incontro, Rete
from reti.ricorrenza import MASSIMO, ULTIMO, Regola, date_dell_elenco, date_della_regola

REGOLA, ELENCO = "regola", "elenco"
ORDINALI = [(1, _("il primo")), (2, _("il secondo")), (3, _("il terzo")), (4, _("il quarto")), (ULTIMO, _("l'ultimo"))]
SETTIMANA = [_("lunedì"), _("martedì"), _("mercoledì"), _("giovedì"), _("venerdì"), _("sabato"), _("domenica")]


class SerieForm(forms.ModelForm):
    """How the dates are made, and what every meeting of the series has in common."""

    modo = forms.ChoiceField(
        label=_("Come si scelgono le date"),
        choices=[(REGOLA, _("Con una regola, per esempio il primo martedì del mese")), (ELENCO, _("Una per una"))],
        widget=forms.RadioSelect,
        initial=REGOLA,
    )
    ordinale = forms.TypedChoiceField(label=_("Quale"), coerce=int, choices=ORDINALI)
    giorno = forms.TypedChoiceField(label=_("Giorno della settimana"), coerce=int, choices=list(enumerate(SETTIMANA)))
    mesi = forms.IntegerField(label=_("Ogni quanti mesi"), min_value=1, max_value=12, initial=1)
    dal = forms.DateField(label=_("A partire dal"), widget=DataInput, required=False)
    al = forms.DateField(label=_("Fino al"), widget=DataInput, required=False)
    volte = forms.IntegerField(
        label=_("Oppure quante volte"), min_value=1, max_value=MASSIMO, required=False, help_text=_("Al massimo 60.")
    )
    elenco = forms.CharField(
        label=_("Date, una per riga"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Per esempio 7/3/2027. Serve solo se le scegli una per una."),
    )
    dalle = forms.TimeField(label=_("Dalle"), widget=OraInput)
    alle = forms.TimeField(label=_("Alle"), widget=OraInput)
    ordine_del_giorno = forms.CharField(
        label=_("Ordine del giorno di ogni incontro"),
        help_text=_("Un punto per riga."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    altre_reti = campo_altre_reti()
    field_order = (
        "titolo", "modo", "ordinale", "giorno", "mesi", "dal", "al", "volte", "elenco", "dalle", "alle",
        "modalita", "luogo", "collegamento", "ordine_del_giorno", "altre_reti",
    )  # fmt: skip

    class Meta:
        model = Incontro
        fields = ("titolo", "modalita", "luogo", "collegamento")

    def __init__(self, *args: Any, rete: Rete | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unisci_scelte(self, rete)

    def clean(self) -> dict[str, Any]:
        dati = pretendi_il_luogo(self, super().clean())
        if dati.get("dalle") and dati.get("alle") and dati["alle"] <= dati["dalle"]:
            self.add_error("alle", _("La fine deve venire dopo l'inizio."))
        self.giorni = self._dall_elenco(dati) if dati.get("modo") == ELENCO else self._dalla_regola(dati)
        if len(self.giorni) > MASSIMO:
            self.add_error(None, _("Le date sono più di %d: accorcia il periodo.") % MASSIMO)
        return dati

    def _dalla_regola(self, dati: dict[str, Any]) -> list[date]:
        dal, al, volte = dati.get("dal"), dati.get("al"), dati.get("volte")
        if not dal:
            self.add_error("dal", _("Scrivi da quando comincia la serie."))
        elif not al and not volte:
            self.add_error("al", _("Scrivi fino a quando, oppure quante volte."))
        elif al and al < dal:
            self.add_error("al", _("La fine viene prima dell'inizio."))
        if self.errors:
            return []
        regola = Regola(dati["ordinale"], dati["giorno"], dal, dati["mesi"], al, volte)
        giorni = date_della_regola(regola)
        if not giorni:
            self.add_error("al", _("In questo periodo la regola non dà nessuna data: allungalo."))
        return giorni

    def _dall_elenco(self, dati: dict[str, Any]) -> list[date]:
        try:
            giorni = date_dell_elenco(dati.get("elenco", ""))
        except ValueError as riga:
            self.add_error("elenco", _("«%s» non è una data: scrivi giorno/mese/anno, per esempio 7/3/2027.") % riga)
            return []
        if not giorni:
            self.add_error("elenco", _("Scrivi almeno una data."))
        return giorni

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `crea_serie`, without the days."""
        della_serie = ("modo", "ordinale", "giorno", "mesi", "dal", "al", "volte", "elenco")
        return {nome: valore for nome, valore in self.cleaned_data.items() if nome not in della_serie}


class DateForm(forms.Form):
    """The dates to keep among those proposed, all ticked at first."""

    giorni = forms.MultipleChoiceField(
        label=_("Le date"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tieni almeno una data.")},
    )

    def __init__(self, *args: Any, giorni: list[date], **kwargs: Any) -> None:
        super().__init__(*args, initial={"giorni": [g.isoformat() for g in giorni]}, **kwargs)
        self.fields["giorni"].choices = [(g.isoformat(), date_format(g, "l j F Y").lower()) for g in giorni]

    def scelte(self) -> list[date]:
        return [date.fromisoformat(g) for g in self.cleaned_data["giorni"]]
