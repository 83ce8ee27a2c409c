"""Today on a page, by the product's clock."""

from datetime import date

from django import template

from core import orologio

register = template.Library()


@register.simple_tag
def oggi() -> date:
    """Today's date in Europe/Rome."""
    return orologio.oggi()
