"""A template of agreement as it reads once filled."""

from django import template

from accordi.documento import blocchi
from accordi.segnaposto import esempi, pezzi

register = template.Library()


@register.filter
def di_prova(testo: str) -> list[tuple[bool, list[tuple[str, bool]]]]:
    """Paragraphs of `testo` filled with sample data: (opens an article, [(piece, comes from a placeholder)])."""
    valori = esempi()
    return [(blocco["articolo"], pezzi(blocco["testo"], valori)) for blocco in blocchi(testo)]
