"""Shapes of input for the roll and the session: a row by seat, a guest, the times of an item."""

from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.deleghe import Attesa
from reti.forms.incontri import OraInput
from reti.models import Convocazione, Ospite, Presenza, PuntoOdg
from reti.services.appello import Gesto
from reti.services.presenze import RigaAppello
from reti.tocchi import ARRIVO, ASSENTE, DELEGA, ESITO, GIUSTIFICATO, PERSONA, PRESENTE, PRESENTI, REMOTO, USCITA


class AppelloForm(forms.Form):
    """One row of the roll. Nothing chosen leaves the seat out, to be filled later.

    Every field carries the value with which the page was opened: only what this person changed is
    written, so that two forms open together don't undo each other.
    """

    esito = forms.ChoiceField(
        label=_("Esito"),
        required=False,
        show_hidden_initial=True,
        widget=forms.RadioSelect,
        choices=[
            (PRESENTE, _("Presente")),
            (REMOTO, _("Da remoto")),
            (GIUSTIFICATO, _("Giustificato")),
            (ASSENTE, _("Assente")),
        ],
    )
    persona = forms.CharField(label=_("Chi c'è"), max_length=160, required=False, show_hidden_initial=True)
    arrivo = forms.TimeField(label=_("Arrivo"), required=False, widget=OraInput, show_hidden_initial=True)
    uscita = forms.TimeField(label=_("Uscita"), required=False, widget=OraInput, show_hidden_initial=True)
    delega = forms.BooleanField(label=_("Delega scritta vista"), required=False, show_hidden_initial=True)
    prova = forms.CharField(label=_("Prova della presenza"), max_length=255, required=False)

    def __init__(
        self, *args: Any, convocazione: Convocazione, attesa: Attesa, presenza: Presenza | None, **kwargs: Any
    ) -> None:
        self.convocazione, self.attesa, self.presenza = convocazione, attesa, presenza
        iniziale = {"persona": attesa.persona}
        if presenza:
            iniziale = {c: getattr(presenza, c) for c in ("esito", "persona", "arrivo", "uscita", "prova")}
            iniziale["delega"] = presenza.delega_verificata
            iniziale["persona"] = presenza.persona or attesa.persona
            if presenza.da_remoto:
                iniziale["esito"] = REMOTO
        super().__init__(*args, initial=iniziale, prefix=f"s{convocazione.adesione_id}", **kwargs)
        self.fields["persona"].widget.attrs |= {"list": f"attesi-{convocazione.adesione_id}", "autocomplete": "off"}

    @property
    def esito_iniziale(self) -> str:
        """The outcome with which the page was opened, as a hidden field."""
        return self["esito"].as_hidden(only_initial=True)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        arrivo, uscita = dati.get("arrivo"), dati.get("uscita")
        if isinstance(arrivo, time) and isinstance(uscita, time) and uscita < arrivo:
            self.add_error("uscita", _("L'uscita è prima dell'arrivo."))
        if not dati.get("esito") and {"persona", "arrivo", "uscita", "delega"} & set(self.changed_data):
            self.add_error("esito", _("Scegli anche se è presente, da remoto, giustificato o assente."))
        return dati

    def riga(self) -> RigaAppello | None:
        """The whole row, for a meeting of others; None when no outcome was chosen."""
        dati = self.cleaned_data
        if not dati["esito"]:
            return None
        presente = dati["esito"] in PRESENTI
        return RigaAppello(
            adesione=self.convocazione.adesione,
            esito=Presenza.Esito.PRESENTE if presente else dati["esito"],
            da_remoto=dati["esito"] == REMOTO,
            persona=dati["persona"] if presente else "",
            arrivo=dati["arrivo"] if presente else None,
            uscita=dati["uscita"] if presente else None,
            prova=dati["prova"],
        )

    def gesti(self, quando: datetime, *, altri_assenti: bool = False) -> list[Gesto]:
        """What this person changed in the row, as taps made now; `altri_assenti` marks who has no outcome yet."""
        dati, cambiati = self.cleaned_data, set(self.changed_data)
        esito = dati["esito"] or (ASSENTE if altri_assenti and not self.presenza else "")
        segni = [(ESITO, esito)] if esito and (ESITO in cambiati or not dati["esito"]) else []
        if esito in PRESENTI:
            valori = {PERSONA: dati["persona"], DELEGA: "si" if dati["delega"] else ""}
            valori |= {c: f"{dati[c]:%H:%M}" if dati[c] else "" for c in (ARRIVO, USCITA)}
            prima = self.presenza and self.presenza.uscita
            dopo = dati["arrivo"] and prima and dati["arrivo"] > prima  # both move on: the end first
            orari = (USCITA, ARRIVO) if dopo else (ARRIVO, USCITA)
            segni += [(campo, valori[campo]) for campo in (PERSONA, *orari, DELEGA) if campo in cambiati]
        seggio = self.convocazione.adesione_id
        return [Gesto(uuid4().hex, seggio, campo, valore, quando, con_ora=False) for campo, valore in segni]


class OspiteForm(forms.ModelForm):
    """Somebody without a seat; nothing typed, nobody."""

    nome = forms.CharField(label=_("Nome e cognome"), max_length=160, required=False)

    class Meta:
        model = Ospite
        fields = ("nome", "ente", "da_remoto")


class OrariPuntoForm(forms.Form):
    """When an item of the agenda was discussed."""

    dalle = forms.TimeField(label=_("Dalle"), required=False, widget=OraInput, show_hidden_initial=True)
    alle = forms.TimeField(label=_("Alle"), required=False, widget=OraInput, show_hidden_initial=True)

    def __init__(self, *args: Any, punto: PuntoOdg, **kwargs: Any) -> None:
        self.punto = punto
        iniziale = {"dalle": punto.dalle, "alle": punto.alle}
        super().__init__(*args, initial=iniziale, prefix=f"p{punto.pk}", **kwargs)
