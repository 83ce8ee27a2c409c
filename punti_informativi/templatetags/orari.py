"""Hours of a point in a page."""

from django import template
from django.conf import settings
from django.urls import reverse

from core.orologio import oggi
from punti_informativi.models import PuntoInformativo
from punti_informativi.schema_org import settimanali, speciali

register = template.Library()
GIORNI_SPECIALI = 90


@register.inclusion_tag("punti_informativi/_schema_orari.html")
def orari_schema_org(punto: PuntoInformativo) -> dict[str, object]:
    """The hours as microdata of the element around: nothing to see, no script."""
    calendario = punto.calendario
    return {"settimanali": settimanali(calendario), "speciali": speciali(calendario, oggi(), GIORNI_SPECIALI)}


@register.simple_tag
def webcal_aperture(punto: PuntoInformativo) -> str:
    """The address that a calendar program opens and keeps reading."""
    indirizzo = settings.INDIRIZZO_PUBBLICO + reverse("punti:aperture", args=[punto.slug])
    return "webcal://" + indirizzo.partition("://")[2]
