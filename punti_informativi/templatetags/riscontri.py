"""«Did you find what you were looking for?» at the end of a page."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.lingue import in_uso
from core.memoria import RICORDI
from punti_informativi.forms.riscontri import RiscontroForm
from punti_informativi.models import PuntoInformativo

register = template.Library()
# Where, in the form kept drawn, go its signature and its address.
FIRMA, DOVE = "\ue000", "\ue001"


@register.simple_tag
def riscontro(punto: PuntoInformativo | None = None) -> SafeString:
    """The form about `punto`, or about the search of points."""
    indirizzo = reverse("punti:riscontro", args=[punto.slug]) if punto else reverse("punti:riscontro_ricerca")
    disegnato = RICORDI.ricorda(("riscontro", in_uso(), punto is None), lambda: _disegna(punto))
    pronto = disegnato.replace(FIRMA, RiscontroForm.firma()).replace(DOVE, indirizzo)
    return mark_safe(pronto)  # noqa: S308  a signature and an address of ours have nothing to escape


def _disegna(punto: PuntoInformativo | None) -> SafeString:
    form = RiscontroForm(punto=punto, initial={"gettone": FIRMA})
    return render_to_string("punti_informativi/_riscontro.html", {"form": form, "indirizzo": DOVE})
