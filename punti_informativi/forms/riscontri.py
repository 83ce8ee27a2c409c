"""«Did you find what you were looking for?»: without an account, on a page that may come from a cache (R35)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.aperti import ModuloAperto
from punti_informativi.models import PuntoInformativo, Riscontro

VOTI = [
    (5, _("Sì, tutto")),
    (4, _("Quasi tutto")),
    (3, _("In parte")),
    (2, _("Poco")),
    (1, _("No, niente")),
]


class RiscontroForm(ModuloAperto):
    """About `punto`, or about the search of points when there is none."""

    scopo = "riscontro"

    voto = forms.TypedChoiceField(
        label=_("Hai trovato quello che cercavi?"),
        choices=VOTI,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli una delle cinque risposte.")},
    )
    aspetto = forms.ChoiceField(
        label=_("Di che cosa parli?"), required=False, choices=[("", _("Non importa")), *Riscontro.Aspetto.choices]
    )
    testo = forms.CharField(
        label=_("Vuoi aggiungere qualcosa?"),
        help_text=_(
            "Al massimo 200 caratteri. Non scrivere nomi, telefoni o altri dati di persone: nessuno può risponderti."
        ),
        required=False,
        max_length=Riscontro._meta.get_field("testo").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, punto: PuntoInformativo | None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="riscontro_%s", **kwargs)
        if punto is None:
            del self.fields["aspetto"]

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `lascia_riscontro`."""
        return {nome: self.cleaned_data.get(nome, "") for nome in ("voto", "aspetto", "testo")}
