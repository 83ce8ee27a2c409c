"""Which calendar to follow."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.models import Rete, Soggetto
from reti.queries.calendari import enti_da_seguire, tavoli_da_seguire


class CalendarioForm(forms.Form):
    """One's own meetings, a body's or a board's, among those that one may follow."""

    di = forms.ChoiceField(
        label=_("Quali incontri"),
        error_messages={
            "required": _("Scegli quali incontri vuoi nel calendario."),
            "invalid_choice": _("Questo calendario non è fra quelli che puoi seguire: scegline uno dall'elenco."),
        },
    )

    def __init__(self, *args: Any, utente: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.oggetti: dict[str, Soggetto | Rete] = {
            **{f"ente:{s.slug}": s for s in enti_da_seguire(utente)},
            **{f"tavolo:{r.slug}": r for r in tavoli_da_seguire(utente)},
        }
        gruppi = [(_("Di un ente"), "ente:"), (_("Di un tavolo"), "tavolo:")]
        self.fields["di"].choices = [
            ("io", _("I miei: dove un seggio è mio, o sostituisco, o sono il delegato")),
            *((titolo, self._voci(inizio)) for titolo, inizio in gruppi if self._voci(inizio)),
        ]

    def _voci(self, inizio: str) -> list[tuple[str, str]]:
        return [(chiave, str(oggetto)) for chiave, oggetto in self.oggetti.items() if chiave.startswith(inizio)]

    def scelto(self) -> dict[str, Soggetto | Rete]:
        """`soggetto`, `rete`, or nothing for one's own."""
        oggetto = self.oggetti.get(self.cleaned_data["di"])
        if oggetto is None:
            return {}
        return {"soggetto": oggetto} if isinstance(oggetto, Soggetto) else {"rete": oggetto}
