"""What the page of a call says in words."""

from datetime import datetime

from django import template

from accordi import domande, finestra
from accordi.blocchi import DomandeBlock
from accordi.models import Avviso
from core.orologio import adesso

register = template.Library()


@register.filter
def fra_quanto(momento: datetime) -> str:
    """How long is left to `momento`."""
    return finestra.fra_quanto(momento, adesso())


@register.filter
def in_parole(avviso: Avviso, campo: str) -> list[str]:
    """The labels of what a list of the call holds."""
    return avviso.in_parole(campo)


@register.filter
def sezioni(avviso: Avviso) -> list[domande.Sezione]:
    """The questions under their titles; a title without questions says nothing yet."""
    return [sezione for sezione in domande.sezioni(avviso.domande) if sezione.domande]


@register.filter
def tipo_in_parole(domanda: domande.Domanda) -> str:
    """The kind of answer that a question wants, as the editor names it."""
    return str(DomandeBlock().child_blocks[domanda.tipo].label)
