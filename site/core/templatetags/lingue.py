"""Words of a record in the language of the page, and dates inside a sentence."""

from typing import Any

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from core import lingue

register = template.Library()
register.filter("minuscolo", lingue.minuscolo)


@register.filter
def in_lingua(oggetto: Any, campo: str) -> str:
    """The translated text, for an attribute; the Italian one where there is none."""
    return lingue.in_lingua(oggetto, campo)[0]


@register.filter
def detto(oggetto: Any, campo: str) -> SafeString | str:
    """The translated text, or the Italian one inside an element that says so."""
    return _segnato("span", *lingue.in_lingua(oggetto, campo))


@register.filter
def detto_a_capo(oggetto: Any, campo: str) -> SafeString | str:
    """As `detto`, with the paragraphs of a longer text."""
    testo, lingua = lingue.in_lingua(oggetto, campo)
    return _segnato("div", mark_safe(linebreaks(testo, autoescape=True)), lingua)  # noqa: S308  escaped by linebreaks


def _segnato(elemento: str, testo: str, lingua: str) -> SafeString | str:
    if lingue.in_uso() == lingua:
        return testo
    return format_html('<{0} lang="{1}">{2}</{0}>', elemento, lingua, testo)
