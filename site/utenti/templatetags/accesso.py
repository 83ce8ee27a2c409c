"""What the sign-in pages offer."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def password_dei_partner() -> bool:
    """Whether partners may enter with a password here (R65)."""
    return settings.PASSWORD_PARTNER
