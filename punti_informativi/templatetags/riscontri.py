"""«Did you find what you were looking for?» at the end of a page."""

from django import template
from django.urls import reverse

from punti_informativi.forms.riscontri import RiscontroForm
from punti_informativi.models import PuntoInformativo

register = template.Library()


@register.inclusion_tag("punti_informativi/_riscontro.html")
def riscontro(punto: PuntoInformativo | None = None) -> dict[str, object]:
    """The form about `punto`, or about the search of points."""
    indirizzo = reverse("punti:riscontro", args=[punto.slug]) if punto else reverse("punti:riscontro_ricerca")
    return {"form": RiscontroForm(punto=punto), "indirizzo": indirizzo}
