"""The filters of the public list: every one lives in the URL."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.lingue import con_traduzioni
from core.orologio import adesso
from punti_informativi.forms.tendina import Tendina
from punti_informativi.models import Destinatari, Lingua, Servizio
from punti_informativi.queries.conteggi import DISTANZE_KM, Conteggi
from punti_informativi.queries.elenco import (
    ACCESSO_CON_AIUTO,
    ACCESSO_PIENO,
    CON_APPUNTAMENTO,
    SENZA_APPUNTAMENTO,
    Filtri,
)
from punti_informativi.queries.insiemi import Insiemi
from punti_informativi.queries.luoghi import Luogo, luogo
from reti.models import Comune

# Name in queries.elenco.Filtri → parameter of the URL, where they differ.
PARAMETRI = {"abito": "vicino", "destinatari": "per", "aperto_alle": "aperto"}
DECIMALI = 3  # about a hundred metres: enough to sort, and no more than that is used


class SceltaContata(forms.ModelChoiceField):
    """A menu whose entries say how many points they would leave; those that leave none aren't offered."""

    widget = Tendina
    conteggi: dict[int, int] | None = None

    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if self.conteggi is None else f"{obj} ({self.conteggi.get(obj.pk, 0)})"

    def conta(self, conteggi: dict[int, int], scelta: Any) -> None:
        self.conteggi = conteggi
        self.queryset = self.queryset.filter(pk__in=[*conteggi, *([scelta.pk] if scelta else [])])


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
    servizio = SceltaContata(
        Servizio.objects.all(), label=_("Servizio"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    comune = SceltaContata(
        Comune.objects.none(),
        label=_("Il punto è a"),
        required=False,
        to_field_name="codice_istat",
        empty_label=_("Tutti i comuni"),
    )
    per = SceltaContata(
        Destinatari.objects.all(), label=_("Per chi"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    lingua = SceltaContata(
        Lingua.objects.all(),
        label=_("Lingua parlata"),
        required=False,
        to_field_name="codice",
        empty_label=_("Qualsiasi"),
    )
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
        self.fields["comune"].queryset = Comune.objects.filter(pk__in=list(insiemi.voci("comune")))
        for nome in ("servizio", "per"):
            self.fields[nome].queryset = con_traduzioni(self.fields[nome].queryset)
        for nome in ("vicino", "q"):
            elenco = f"suggerimenti_{nome}"
            self.fields[nome].widget.attrs |= {"list": elenco, "autocomplete": "off", "type": "search"}
        self.luogo = Luogo()

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
        """Write the counts beside the choices."""
        for nome, per_scelta in conteggi.items():
            campo = self.fields[PARAMETRI.get(nome, nome)]
            if isinstance(campo, SceltaContata):
                campo.conta(per_scelta, getattr(self.filtri, nome))
            elif isinstance(campo, forms.BooleanField):
                self[PARAMETRI.get(nome, nome)].label = f"{campo.label} ({per_scelta[True]})"
            else:
                campo.choices = [(v, f"{t} ({per_scelta[v]})" if v else t) for v, t in campo.choices]

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
