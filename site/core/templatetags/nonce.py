"""The nonce of the back office's page, for Wagtail's inline scripts."""

from django import template

from core.amministrazione.nonce import attributo_nonce as _attributo_nonce

register = template.Library()


@register.simple_tag
def attributo_nonce() -> str:
    """` nonce="…"`, or nothing outside the back office."""
    return _attributo_nonce()
