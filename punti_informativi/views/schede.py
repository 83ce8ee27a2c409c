"""The cards of the list, each drawn once for its minute: what it says changes with an edit, the clock, the distance."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import get_template

from core.lingue import in_uso, lang_it
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import Filtri
from punti_informativi.queries.insiemi import Insiemi


def schede(insiemi: Insiemi, punti: Iterable[PuntoInformativo], filtri: Filtri, ora: datetime) -> list[str]:
    """`ora` is the present: a card says whether its point is open, and for how many minutes."""
    modello, lingua = get_template("punti_informativi/_scheda.html"), in_uso()
    minuto = ora.replace(second=0, microsecond=0).timestamp()

    def scheda(punto: PuntoInformativo) -> str:
        chiave = (punto.pk, lingua, minuto, getattr(punto, "distanza", None), filtri.abito)
        contesto = {"punto": punto, "abito": filtri.abito, "lang_it": lang_it()}
        return insiemi.schede.ricorda(chiave, lambda: modello.render(contesto))

    return [scheda(punto) for punto in punti]
