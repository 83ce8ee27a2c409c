"""The page that presents a body to citizens, where a higher app has one."""

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

from reti.models import Soggetto

register = template.Library()


@register.simple_tag
def pagina_ente(soggetto: Soggetto) -> str:
    """Its address in the language in use, by the first of the providers that knows it; empty when none does."""
    return next((url for f in settings.FORNITORI_PAGINE_ENTI if (url := import_string(f)(soggetto))), "")
