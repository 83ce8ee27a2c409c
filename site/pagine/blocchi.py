"""Blocks of the editorial pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pagine.guida import DOMANDE, Profilo


def risposte_della_guida() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every answer of the guide under its question, as "question:answer"."""
    return [(str(d.testo), [(f"{d.chiave}:{r}", str(t)) for r, t in d.risposte.items()]) for d in DOMANDE]


class ProfiloValue(blocks.StructValue):
    @property
    def profilo(self) -> Profilo:
        return Profilo(frozenset(tuple(r.split(":", 1)) for r in self["risposte"]), self["perche"])


class ProfiloBlock(blocks.StructBlock):
    """Who a measure is for, as the guide «Quali misure chiedere» reads it."""

    risposte = blocks.MultipleChoiceBlock(
        choices=risposte_della_guida,
        label=_("Risposte"),
        help_text=_("Più risposte alla stessa domanda: ne basta una. Domande diverse: devono valere tutte."),
    )
    perche = blocks.CharBlock(
        label=_("Perché chiederne"),
        max_length=200,
        help_text=_("Una frase che chi ha risposto così capisce, senza promettere: «GOL aiuta chi…»."),
    )

    class Meta:
        icon = "user"
        label = _("Profilo")
        value_class = ProfiloValue
