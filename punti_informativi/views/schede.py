"""The cards of the list: each drawn once for each edit, but for whether its point is open, said once a minute."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import get_template
from django.utils.safestring import mark_safe

from core.lingue import in_uso, lang_it
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import Filtri
from punti_informativi.queries.insiemi import Insiemi

SEGNO = "\ue000"  # where, in a card kept drawn, goes what changes with the minute


def schede(insiemi: Insiemi, punti: Iterable[PuntoInformativo], filtri: Filtri, ora: datetime) -> list[str]:
    """`ora` is the present: a card says whether its point is open, and for how many minutes."""
    modello, aperto = (get_template(f"punti_informativi/{nome}.html") for nome in ("_scheda", "_apertura"))
    lingua, minuto = in_uso(), ora.replace(second=0, microsecond=0).timestamp()

    def disegnata(punto: PuntoInformativo) -> list[str]:
        contesto = {"punto": punto, "abito": filtri.abito, "lang_it": lang_it(), "segno": SEGNO}
        return modello.render(contesto).split(SEGNO)

    def scheda(punto: PuntoInformativo) -> str:
        chiave = (punto.pk, lingua, getattr(punto, "distanza", None), filtri.abito)
        prima, dopo = insiemi.schede.ricorda(chiave, lambda: disegnata(punto))
        detta = insiemi.aperture.ricorda(
            (punto.pk, lingua, minuto), lambda: aperto.render({"apertura": punto.apertura})
        )
        return mark_safe(f"{prima}{detta}{dopo}")  # noqa: S308  both drawn by their templates

    return [scheda(punto) for punto in punti]
