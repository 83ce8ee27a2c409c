"""States of this app and their transition tables. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatoIstanza(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    PRESENTATA = "presentata", _("Presentata")
    ISTRUTTORIA = "istruttoria", _("In istruttoria")
    INTEGRAZIONE = "integrazione", _("In attesa di integrazione")
    AMMESSA = "ammessa", _("Ammessa")
    RESPINTA = "respinta", _("Respinta")
    RITIRATA = "ritirata", _("Ritirata")


TRANSIZIONI_ISTANZA: dict[str, frozenset[str]] = {
    StatoIstanza.BOZZA: frozenset({StatoIstanza.PRESENTATA}),
    StatoIstanza.PRESENTATA: frozenset({StatoIstanza.ISTRUTTORIA, StatoIstanza.RITIRATA}),
    StatoIstanza.ISTRUTTORIA: frozenset(
        {StatoIstanza.INTEGRAZIONE, StatoIstanza.AMMESSA, StatoIstanza.RESPINTA, StatoIstanza.RITIRATA}
    ),
    StatoIstanza.INTEGRAZIONE: frozenset({StatoIstanza.ISTRUTTORIA, StatoIstanza.RITIRATA}),
    StatoIstanza.AMMESSA: frozenset(),
    StatoIstanza.RESPINTA: frozenset(),
    StatoIstanza.RITIRATA: frozenset(),
}


class StatoAccordo(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    IN_FIRMA = "in_firma", _("In firma")
    SOTTOSCRITTO = "sottoscritto", _("Sottoscritto")
    ATTIVO = "attivo", _("Attivo")
    SOSPESO = "sospeso", _("Sospeso")
    SCADUTO = "scaduto", _("Scaduto")
    RECESSO = "recesso", _("Concluso per recesso")
    RISOLTO = "risolto", _("Risolto")


# Signed by all, whatever happened after.
ACCORDI_FIRMATI = (
    StatoAccordo.SOTTOSCRITTO,
    StatoAccordo.ATTIVO,
    StatoAccordo.SOSPESO,
    StatoAccordo.SCADUTO,
    StatoAccordo.RECESSO,
    StatoAccordo.RISOLTO,
)

TRANSIZIONI_ACCORDO: dict[str, frozenset[str]] = {
    StatoAccordo.BOZZA: frozenset({StatoAccordo.IN_FIRMA}),
    StatoAccordo.IN_FIRMA: frozenset({StatoAccordo.BOZZA, StatoAccordo.SOTTOSCRITTO}),
    StatoAccordo.SOTTOSCRITTO: frozenset({StatoAccordo.ATTIVO}),
    StatoAccordo.ATTIVO: frozenset(
        {StatoAccordo.SOSPESO, StatoAccordo.SCADUTO, StatoAccordo.RECESSO, StatoAccordo.RISOLTO}
    ),
    StatoAccordo.SOSPESO: frozenset(
        {StatoAccordo.ATTIVO, StatoAccordo.SCADUTO, StatoAccordo.RECESSO, StatoAccordo.RISOLTO}
    ),
    StatoAccordo.SCADUTO: frozenset(),
    StatoAccordo.RECESSO: frozenset(),
    StatoAccordo.RISOLTO: frozenset(),
}
