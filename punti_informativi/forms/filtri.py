"""The filters of the public list: every one lives in the URL."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso
from punti_informativi.models import Destinatari, PuntoInformativo, Servizio
from punti_informativi.queries.elenco import Filtri
from reti.models import Comune


class SceltaContata(forms.ModelChoiceField):
    """A menu whose entries say how many points they would leave."""

    conteggi: dict[int, int] | None = None

    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if self.conteggi is None else f"{obj} ({self.conteggi.get(obj.pk, 0)})"


class FiltriForm(forms.Form):
    q = forms.CharField(label=_("Che cosa cerchi"), required=False, max_length=100)
    comune = SceltaContata(
        Comune.objects.none(), label=_("Comune"), required=False, to_field_name="codice_istat", empty_label=_("Tutti")
    )
    servizio = SceltaContata(
        Servizio.objects.all(), label=_("Servizio"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    per = SceltaContata(
        Destinatari.objects.all(), label=_("Per chi"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    aperto = forms.BooleanField(label=_("Aperto ora"), required=False)
    accessibile = forms.BooleanField(label=_("Accessibile in sedia a rotelle"), required=False)
    vicino = forms.ModelChoiceField(
        Comune.objects.all(),
        label=_("Più vicini a"),
        required=False,
        to_field_name="codice_istat",
        empty_label=_("Ordine alfabetico"),
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filtro_%s"} | kwargs)
        con_punti = PuntoInformativo.objects.pubblici().values("sede__comune")
        self.fields["comune"].queryset = Comune.objects.filter(pk__in=con_punti)

    def filtri(self) -> Filtri:
        """What was asked; an entry that can't be read is left out, and its field says so."""
        self.is_valid()
        dati = self.cleaned_data
        lat, lon, comune = dati.get("lat"), dati.get("lon"), dati.get("vicino")
        vicino = (lat, lon) if lat is not None and lon is not None else None
        if comune:
            vicino = (comune.lat, comune.lon)
        return Filtri(
            q=dati.get("q", ""),
            comune=dati.get("comune"),
            servizio=dati.get("servizio"),
            destinatari=dati.get("per"),
            aperto_alle=timezone.localtime(adesso()) if dati.get("aperto") else None,
            accessibile=bool(dati.get("accessibile")),
            vicino=vicino,
        )

    def conta(self, conteggi: dict[str, dict[int, int]]) -> None:
        """Write the counts beside the entries of the menus."""
        for campo, nome in (("comune", "comune"), ("servizio", "servizio"), ("per", "destinatari")):
            self.fields[campo].conteggi = conteggi[nome]

    @property
    def altri_in_uso(self) -> bool:
        """True when a filter of the folded part is on: then it is shown open."""
        return any(self.data.get(nome) for nome in ("per", "aperto", "accessibile", "vicino", "lat"))
