"""What the Province writes when it acts on a point."""

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from punti_informativi.forms.ospite import ContattiForm, OrariFormSet, iniziali
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.valori import CAMPI_DELL_OSPITE, fascia_da_json, in_json, orari_in_json


class MotivoForm(forms.Form):
    """A note, or the reason that the host receives by mail."""

    testo = forms.CharField(max_length=255, widget=forms.TextInput)

    def __init__(self, *args: Any, obbligatorio: bool, etichetta: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testo"].required = obbligatorio
        altrimenti = _("Motivo (lo riceve il soggetto ospitante)") if obbligatorio else _("Nota")
        self.fields["testo"].label = etichetta or altrimenti

    def argomenti(self, testo: str) -> dict[str, Any]:
        """Keyword arguments of the verb, whose text is called `testo`."""
        return {testo: self.cleaned_data["testo"]}


class CessazioneForm(MotivoForm):
    """The reason, and where citizens go from now on."""

    sostituito_da = forms.ModelChoiceField(
        PuntoInformativo.objects.none(),
        label=_("Al suo posto"),
        required=False,
        empty_label=_("Nessuno: la pagina dirà che il punto non c'è più"),
        help_text=_("Chi apre il vecchio indirizzo arriva alla pagina di questo punto."),
    )

    def __init__(self, *args: Any, punto: PuntoInformativo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aperti = PuntoInformativo.objects.aperti_al_pubblico().exclude(pk=punto.pk)
        self.fields["sostituito_da"].queryset = aperti.select_related("sede__comune").order_by("nome")
        self.fields["sostituito_da"].label_from_instance = lambda p: f"{p.nome} ({p.sede.comune.nome})"

    def argomenti(self, testo: str) -> dict[str, Any]:
        return super().argomenti(testo) | {"sostituito_da": self.cleaned_data["sostituito_da"]}


class OscuraForm(forms.Form):
    """Why the words of a citizen go away."""

    motivo = forms.CharField(
        label=_("Perché il testo va tolto"), max_length=160, help_text=_("Per esempio: c'è il nome di una persona.")
    )


class CorrezioniForm(forms.ModelForm):
    """The proposed fields, as the host wrote them, for the Province to correct."""

    sito_web = forms.URLField(label=_("Sito web"), required=False, assume_scheme="https")

    class Meta:
        model = PuntoInformativo
        fields = CAMPI_DELL_OSPITE
        widgets: ClassVar = ContattiForm.Meta.widgets

    def __init__(self, *args: Any, proposta: Proposta, **kwargs: Any) -> None:
        # On a copy: binding puts what is typed on the instance, and the page compares with what is stored.
        copia = PuntoInformativo.objects.get(pk=proposta.punto_id)
        super().__init__(*args, instance=copia, initial=iniziali(proposta.dopo), prefix="correggi", **kwargs)
        for nome in set(self.fields) - set(proposta.dopo):
            del self.fields[nome]

    def valori(self) -> dict[str, Any]:
        return {c: in_json(c, v) for c, v in self.cleaned_data.items()}


class OrariProposti(OrariFormSet):
    """The proposed weekly spells."""

    def __init__(self, *args: Any, proposta: Proposta, **kwargs: Any) -> None:
        righe = [asdict(fascia_da_json(r)) for r in proposta.dopo["orari"]]
        super().__init__(*args, initial=righe, prefix="orari", **kwargs)

    def valori(self) -> list[dict[str, Any]]:
        return orari_in_json(r.fascia() for r in self.scritte())
