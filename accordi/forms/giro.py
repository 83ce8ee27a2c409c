"""Forms of the signing round: the table on the draft, the reason of who won't sign."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accordi.models import Accordo, Parte
from accordi.scelte import Livello
from accordi.services.giro import Posto

# Short, to stand in a table.
LIVELLI = {
    "": gettext_lazy("come l'accordo"),
    Livello.SEMPLICE: gettext_lazy("semplice"),
    Livello.AVANZATA: gettext_lazy("avanzata"),
    Livello.QUALIFICATA: gettext_lazy("digitale"),
}


class GiroForm(forms.Form):
    """Order, stage and level for each party; a row of the table per party."""

    def __init__(self, *args: object, accordo: Accordo, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.parti = list(accordo.parti.select_related("soggetto"))
        congelato = accordo.versioni.exists()
        for parte in self.parti:
            for nome in ("ordine", "stadio"):
                self.fields[f"{nome}_{parte.pk}"] = self._numero(nome, parte, bloccato=congelato and nome == "ordine")
            self.fields[f"livello_{parte.pk}"] = forms.ChoiceField(
                label=_("Firma chiesta a %s") % parte.soggetto,
                choices=LIVELLI.items(),
                required=False,
                initial=parte.livello,
            )
            for campo in (f"{n}_{parte.pk}" for n in ("ordine", "stadio", "livello")):
                self.fields[campo].widget.attrs["aria-label"] = self.fields[campo].label

    def _numero(self, nome: str, parte: Parte, *, bloccato: bool) -> forms.TypedChoiceField:
        """A place from 1 to the number of parties."""
        etichetta = _("Ordine di %s") if nome == "ordine" else _("Stadio di %s")
        return forms.TypedChoiceField(
            label=etichetta % parte.soggetto,
            choices=[(n, n) for n in range(1, len(self.parti) + 1)],
            coerce=int,
            initial=getattr(parte, nome),
            disabled=bloccato,
        )

    def righe(self) -> Iterator[tuple[Parte, list[forms.BoundField]]]:
        """(party, its three fields), to draw the table."""
        for parte in self.parti:
            yield parte, [self[f"{nome}_{parte.pk}"] for nome in ("ordine", "stadio", "livello")]

    def posti(self) -> dict[int, Posto]:
        """What was chosen, by the party's key."""
        dati = self.cleaned_data
        return {
            p.pk: Posto(dati[f"ordine_{p.pk}"], dati[f"stadio_{p.pk}"], dati[f"livello_{p.pk}"]) for p in self.parti
        }


class DeclinaForm(forms.Form):
    """Why a party won't sign; `versione` is the text that the page showed."""

    versione = forms.IntegerField(widget=forms.HiddenInput)
    motivo = forms.CharField(
        label=gettext_lazy("Perché non firmi"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Lo leggono la Provincia e le altre parti. Di' che cosa andrebbe corretto."),
        error_messages={"required": gettext_lazy("Scrivi perché non firmi: serve a correggere il testo.")},
    )
