"""Where the pages of a host stand in the private area."""

from django.urls import reverse
from django.utils.translation import gettext as _


def briciole(*, miei: bool = True) -> list[tuple[str, str]]:
    """Pairs (title, address) of the breadcrumb, with or without one's own points."""
    area = [(_("Area riservata"), reverse("utenti:area"))]
    return [*area, (_("I miei punti informativi"), reverse("punti:miei"))] if miei else area
