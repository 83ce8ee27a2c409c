"""What the page of a call says in words."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from wagtail.blocks import StreamValue

from accordi import finestra
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
def per_parti(domande: Iterable[StreamValue.StreamChild]) -> list[tuple[str, list[StreamValue.StreamChild]]]:
    """The questions under the title that stands above them; those before any title under an empty one."""
    parti: list[tuple[str, list[StreamValue.StreamChild]]] = [("", [])]
    for blocco in domande:
        if blocco.block_type == "titolo":
            parti.append((blocco.value, []))
        else:
            parti[-1][1].append(blocco)
    return [parte for parte in parti if parte[1]]
