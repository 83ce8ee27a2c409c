"""The measures that answer what a person chose in the guide."""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Locale

from pagine.guida import Consiglio, consiglio
from pagine.models import MisuraPage
from pagine.riservatezza import leggibili


@dataclass(frozen=True)
class Consigliata:
    """A measure to ask about, and why."""

    misura: MisuraPage
    consiglio: Consiglio


def misure_da_chiedere(risposte: Mapping[str, str]) -> list[Consigliata]:
    """Those in force whose profiles fit the answers, then those that may: in the order of the pages."""
    misure = leggibili(MisuraPage.objects.filter(locale=Locale.get_active())).in_vigore()
    trovate = [
        Consigliata(misura, trovato)
        for misura in misure.order_by("path").prefetch_related("servizi")
        if (trovato := consiglio([b.value.profilo for b in misura.profili], risposte))
    ]
    return sorted(trovate, key=lambda c: not c.consiglio.sicuro)
