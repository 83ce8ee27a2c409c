"""The filters of the public list: every one lives in the URL."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.lingue import in_uso
from core.orologio import adesso
from punti_informativi.forms.tendina import Scritta, Tendina, scritta, voci
from punti_informativi.queries.conteggi import DISTANZE_KM, Conteggi
from punti_informativi.queries.elenco import (
    ACCESSO_CON_AIUTO,
    ACCESSO_PIENO,
    CON_APPUNTAMENTO,
    SENZA_APPUNTAMENTO,
    Filtri,
)
from punti_informativi.queries.insiemi import MENU, Insiemi
from punti_informativi.queries.luoghi import Luogo, luogo
from reti.models import Comune

# Name in queries.elenco.Filtri → parameter of the URL, where they differ.
PARAMETRI = {"abito": "vicino", "destinatari": "per", "aperto_alle": "aperto"}
FILTRI = {parametro: nome for nome, parametro in PARAMETRI.items()}
# The filters of the folded part, as they stand in it.
RIPIEGATI = ("entro", "servizio", "comune", "per", "lingua", "appuntamento", "accessibile", "aperto", "a_distanza")
DECIMALI = 3  # about a hundred metres: enough to sort, and no more than that is used


SEGNO = "\ue000"  # where, in a field kept drawn, goes what changes with each request


class SceltaContata(forms.Field):
    """A menu of rows that are kept, by key, each with its words ready to be written, by primary key; it offers those
    that would leave some point."""

    widget = Tendina
    default_error_messages = forms.ModelChoiceField.default_error_messages
    righe: dict[str, Model]
    scritte: dict[int, Scritta]

    def __init__(self, *, vuota: Any, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.vuota = vuota

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return self.righe[str(value)]
        except KeyError:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            ) from None

    def conta(self, conteggi: dict[int, int], scelta: Any) -> None:
        offerte = [(self.scritte[r.pk], r == scelta, conteggi.get(r.pk, 0)) for r in self.righe.values()]
        contate = [offerta for offerta in offerte if offerta[1] or offerta[2]]
        self.widget.voci = voci([(scritta("", self.vuota), scelta is None, None), *contate])


def _scritte(righe: dict[str, Model]) -> dict[int, Scritta]:
    return {riga.pk: scritta(chiave, riga) for chiave, riga in righe.items()}


def _fisse(campo: forms.ChoiceField) -> list[tuple[Any, Scritta]]:
    return [(valore, scritta(str(valore), testo)) for valore, testo in campo.choices]


class FiltriForm(forms.Form):
    vicino = forms.CharField(label=_("Abito a"), required=False, max_length=80)
    q = forms.CharField(label=_("Mi serve"), required=False, max_length=100)
    entro = forms.TypedChoiceField(
        label=_("Distanza"),
        widget=Tendina,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Qualsiasi")), *((km, _("Entro %d km") % km) for km in DISTANZE_KM)],
    )
    servizio = SceltaContata(label=_("Servizio"), vuota=_("Tutti"))
    comune = SceltaContata(label=_("Il punto è a"), vuota=_("Tutti i comuni"))
    per = SceltaContata(label=_("Per chi"), vuota=_("Tutti"))
    lingua = SceltaContata(label=_("Lingua parlata"), vuota=_("Qualsiasi"))
    appuntamento = forms.ChoiceField(
        label=_("Appuntamento"),
        widget=Tendina,
        required=False,
        choices=[
            ("", _("Con o senza")),
            (SENZA_APPUNTAMENTO, _("Senza appuntamento")),
            (CON_APPUNTAMENTO, _("Su appuntamento")),
        ],
    )
    accessibile = forms.ChoiceField(
        label=_("Accessibilità"),
        widget=Tendina,
        required=False,
        choices=[
            ("", _("Qualsiasi")),
            (ACCESSO_PIENO, _("In sedia a rotelle")),
            (ACCESSO_CON_AIUTO, _("Anche con aiuto")),
        ],
    )
    aperto = forms.BooleanField(label=_("Aperto ora"), required=False)
    a_distanza = forms.BooleanField(label=_("Anche a distanza: telefono, email, video"), required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, *args: Any, insiemi: Insiemi, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filtro_%s"} | kwargs)
        self._insiemi = insiemi
        for nome in MENU:
            campo = self.fields[PARAMETRI.get(nome, nome)]
            campo.righe = righe = insiemi.menu(nome)
            campo.scritte = insiemi.ricorda(("scritte", in_uso(), nome), lambda r=righe: _scritte(r))
        self.luogo, self._contati = Luogo(), {}

    def clean_vicino(self) -> Comune | None:
        """The comune that was meant; its name is put right in the field too."""
        scritto = self.cleaned_data["vicino"]
        if not scritto:
            return None
        self.luogo = luogo(scritto)
        if self.luogo.comune is None:
            raise forms.ValidationError(
                _("Non troviamo il comune «%s»: controlla il nome, o scegline uno vicino.") % scritto
            )
        return self.luogo.comune

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("entro") and self._centro(dati) is None and "vicino" not in self.errors:
            self.add_error("entro", _("Scrivi prima dove abiti: la distanza si misura da lì."))
        return dati

    @cached_property
    def filtri(self) -> Filtri:
        """What was asked; an entry that can't be read is left out, and its field says so."""
        self.is_valid()
        dati = self.cleaned_data
        return Filtri(
            q=dati.get("q", ""),
            abito=dati.get("vicino"),
            vicino=None if dati.get("vicino") else self._centro(dati),
            entro=dati.get("entro") if "vicino" not in self.errors else None,
            comune=dati.get("comune"),
            servizio=dati.get("servizio"),
            destinatari=dati.get("per"),
            lingua=dati.get("lingua"),
            aperto_alle=timezone.localtime(adesso()) if dati.get("aperto") else None,
            appuntamento=dati.get("appuntamento", ""),
            accessibile=dati.get("accessibile", ""),
            a_distanza=bool(dati.get("a_distanza")),
        )

    def conta(self, conteggi: Conteggi) -> None:
        """Write the counts beside the choices; those of a distance without a centre have none."""
        for parametro in RIPIEGATI:
            nome, campo = FILTRI.get(parametro, parametro), self.fields[parametro]
            per_scelta = conteggi.get(nome, {})
            if isinstance(campo, SceltaContata):
                campo.conta(per_scelta, getattr(self.filtri, nome))
            elif isinstance(campo, forms.ChoiceField):
                scelta = str(self[parametro].value() or "")
                scritte = self._insiemi.ricorda(("scritte", in_uso(), parametro), lambda c=campo: _fisse(c))
                campo.widget.voci = voci((s, str(v) == scelta, per_scelta.get(v)) for v, s in scritte)
            else:
                self._contati[parametro] = per_scelta[True]

    @property
    def gruppi(self) -> dict[str, SafeString]:
        """The fields of the folded part, by name, each with its label: drawn once, what changes is put in its place."""
        return {nome: self._gruppo(nome) for nome in RIPIEGATI}

    def _gruppo(self, nome: str) -> SafeString:
        campo, segnato = self[nome], nome in self._contati and bool(self[nome].value())
        if campo.errors:
            return campo.as_field_group()
        chiave = ("gruppo", in_uso(), nome, segnato)
        prima, dopo = self._insiemi.ricorda(chiave, lambda: self._disegnato(campo).split(SEGNO))
        voci_o_conto = self.fields[nome].widget.voci if nome not in self._contati else self._contati[nome]
        return mark_safe(f"{prima}{voci_o_conto}{dopo}")  # noqa: S308  drawn by the template, choices by `voci`

    def _disegnato(self, campo: forms.BoundField) -> str:
        """With SEGNO in the place of the choices, or of the count."""
        if campo.name in self._contati:
            campo.label = f"{campo.label} ({SEGNO})"
            return campo.as_field_group()
        scritte, campo.field.widget.voci = campo.field.widget.voci, SEGNO
        disegnato = campo.as_field_group()
        campo.field.widget.voci = scritte
        return disegnato

    @property
    def altri_in_uso(self) -> int:
        """How many filters of the folded part are on."""
        return len([nome for nome in self.filtri.in_uso if nome != "q"])

    def scritto(self, nome: str) -> str:
        """What a filter asks, in words, without counts: «Servizio: Tirocini»."""
        if nome == "vicino":
            return _t("Vicino alla tua posizione")
        parametro = PARAMETRI.get(nome, nome)
        etichetta, valore = type(self).base_fields[parametro].label, getattr(self.filtri, nome)
        if parametro in ("aperto", "a_distanza"):
            return str(etichetta)
        scelte = (
            dict(getattr(type(self).base_fields[parametro], "choices", ())) if isinstance(valore, str | int) else {}
        )
        return f"{etichetta}: {scelte.get(valore, valore)}"

    @staticmethod
    def _centro(dati: dict[str, Any]) -> tuple[float, float] | None:
        """Where distances are measured from: the comune that one lives in, else the browser's position."""
        if dati.get("vicino"):
            return dati["vicino"].lat, dati["vicino"].lon
        lat, lon = dati.get("lat"), dati.get("lon")
        return None if lat is None or lon is None else (round(lat, DECIMALI), round(lon, DECIMALI))
