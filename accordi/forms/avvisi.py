"""Filters of the public list of calls."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.scelte import CategoriaDestinatari, TipoAccordo

FASI = [("", _("Tutti")), ("aperto", _("Aperti")), ("in-arrivo", _("In arrivo")), ("chiuso", _("Chiusi"))]


class FiltroAvvisiForm(forms.Form):
    q = forms.CharField(label=_("Cerca"), max_length=100, required=False)
    fase = forms.ChoiceField(label=_("Quando"), choices=FASI, required=False)
    tipo = forms.ChoiceField(
        label=_("Tipo di accordo"), choices=[("", _("Tutti i tipi")), *TipoAccordo.choices], required=False
    )
    destinatari = forms.ChoiceField(
        label=_("A chi si rivolge"), choices=[("", _("A chiunque")), *CategoriaDestinatari.choices], required=False
    )

    @property
    def filtri(self) -> dict[str, str]:
        """What was chosen and could be read; call after is_valid()."""
        return {nome: self.cleaned_data.get(nome, "") for nome in ("fase", "tipo", "destinatari")}

    def mostra_conti(self, conti: Mapping[tuple[str, str], int]) -> None:
        """Write beside each value how many calls it leaves."""
        for nome in self.filtri:
            campo = self.fields[nome]
            campo.choices = [
                (valore, f"{etichetta} ({conti[nome, valore]})" if valore else etichetta)
                for valore, etichetta in campo.choices
            ]
