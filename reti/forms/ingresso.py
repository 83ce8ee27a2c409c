"""Shape of self check-in: which body, who, in the room or remote."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.models import Adesione, Incontro

OSPITE = "ospite"


def nome_posto(seggio: Adesione) -> str:
    """What names a place on the public page: the body and, where it holds several, the kind of member."""
    return ":".join(filter(None, [seggio.soggetto.slug, seggio.qualifica]))


def _etichetta(seggio: Adesione) -> str:
    return ", ".join(filter(None, [str(seggio.soggetto), seggio.get_qualifica_display().lower()]))


class IngressoForm(forms.Form):
    """Bodies are listed, persons never. `chiave` is made with the page: sent twice, it counts once."""

    posto = forms.ChoiceField(label=_("Per quale ente sei qui?"))
    ente = forms.CharField(
        label=_("Nome del tuo ente"), max_length=160, required=False, help_text=_("Solo se non è nell'elenco.")
    )
    nome = forms.CharField(
        label=_("Nome e cognome"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    da_remoto = forms.TypedChoiceField(
        label=_("Dove sei?"),
        choices=[("", _("In sala")), ("si", _("Da remoto"))],
        widget=forms.RadioSelect,
        required=False,
        coerce=bool,
        empty_value=False,
        initial="",
    )
    chiave = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, incontro: Incontro, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seggi = Adesione.objects.filter(convocazioni__incontro=incontro).select_related("soggetto")
        self.posti = {nome_posto(s): s for s in seggi}
        voci = [(nome, _etichetta(s)) for nome, s in self.posti.items()]
        self.fields["posto"].choices = [("", _("Scegli l'ente")), *voci, (OSPITE, _("Un altro ente, o nessuno"))]
        if incontro.modalita == Incontro.Modalita.PRESENZA:
            del self.fields["da_remoto"]

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `registra_ingresso`."""
        puliti = self.cleaned_data
        seggio = self.posti.get(puliti["posto"])
        return {
            "chiave": puliti["chiave"].hex,
            "nome": puliti["nome"],
            "adesione": seggio,
            "ente": "" if seggio else puliti["ente"],
            "da_remoto": puliti.get("da_remoto", False),
        }
