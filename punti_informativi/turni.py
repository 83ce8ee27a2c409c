"""Checks on weekly spells before they are stored. Pure."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from punti_informativi.orari import Fascia, ora_breve


def sovrapposizione(fasce: Iterable[Fascia]) -> str:
    """A sentence that names the first two spells that overlap, or the empty string."""
    ordinate = sorted(fasce, key=lambda f: (f.giorno, f.dalle, f.alle))
    for prima, dopo in pairwise(ordinate):
        if prima.giorno == dopo.giorno and dopo.dalle < prima.alle:
            return _("Gli orari di %(giorno)s si sovrappongono (%(prima)s e %(dopo)s): correggi uno dei due.") % {
                "giorno": str(WEEKDAYS[prima.giorno]).lower(),
                "prima": f"{ora_breve(prima.dalle)}–{ora_breve(prima.alle)}",
                "dopo": f"{ora_breve(dopo.dalle)}–{ora_breve(dopo.alle)}",
            }
    return ""
