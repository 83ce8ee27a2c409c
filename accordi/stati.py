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
    REVOCATA = "revocata", _("Ammissione revocata")


TRANSIZIONI_ISTANZA: dict[str, frozenset[str]] = {
    StatoIstanza.BOZZA: frozenset({StatoIstanza.PRESENTATA}),
    StatoIstanza.PRESENTATA: frozenset({StatoIstanza.ISTRUTTORIA, StatoIstanza.RITIRATA}),
    StatoIstanza.ISTRUTTORIA: frozenset(
        {StatoIstanza.INTEGRAZIONE, StatoIstanza.AMMESSA, StatoIstanza.RESPINTA, StatoIstanza.RITIRATA}
    ),
    StatoIstanza.INTEGRAZIONE: frozenset({StatoIstanza.ISTRUTTORIA, StatoIstanza.RITIRATA}),
    # Only where no agreement holds it any more (services.istanze.esigi_senza_accordo).
    StatoIstanza.AMMESSA: frozenset({StatoIstanza.RITIRATA, StatoIstanza.REVOCATA}),
    StatoIstanza.RESPINTA: frozenset(),
    StatoIstanza.RITIRATA: frozenset(),
    StatoIstanza.REVOCATA: frozenset(),
}


class StatoAccordo(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    IN_FIRMA = "in_firma", _("In firma")
    RIFIUTATO = "rifiutato", _("Rifiutato da una parte")
    ANNULLATO = "annullato", _("Annullato prima della firma di tutti")
    SOTTOSCRITTO = "sottoscritto", _("Sottoscritto")
    ATTIVO = "attivo", _("Attivo")
    SOSPESO = "sospeso", _("Sospeso")
    SCADUTO = "scaduto", _("Scaduto")
    RECESSO = "recesso", _("Concluso per recesso")
    RISOLTO = "risolto", _("Risolto")


# Not signed by all, or never.
PRIMA_DELLA_FIRMA = ("bozza", "in_firma", "rifiutato", "annullato")
# Signed by all, whatever happened after.
ACCORDI_FIRMATI = (
    StatoAccordo.SOTTOSCRITTO,
    StatoAccordo.ATTIVO,
    StatoAccordo.SOSPESO,
    StatoAccordo.SCADUTO,
    StatoAccordo.RECESSO,
    StatoAccordo.RISOLTO,
)

# Bound today: active, or suspended for a while.
ACCORDI_VIVI = (StatoAccordo.ATTIVO, StatoAccordo.SOSPESO)

TRANSIZIONI_ACCORDO: dict[str, frozenset[str]] = {
    StatoAccordo.BOZZA: frozenset({StatoAccordo.IN_FIRMA, StatoAccordo.ANNULLATO}),
    StatoAccordo.IN_FIRMA: frozenset(
        {StatoAccordo.BOZZA, StatoAccordo.SOTTOSCRITTO, StatoAccordo.RIFIUTATO, StatoAccordo.ANNULLATO}
    ),
    StatoAccordo.RIFIUTATO: frozenset({StatoAccordo.BOZZA, StatoAccordo.ANNULLATO}),
    StatoAccordo.ANNULLATO: frozenset(),
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


class StatoAzione(models.TextChoices):
    PREVISTA = "prevista", _("Prevista")
    IN_CORSO = "in_corso", _("In corso")
    CONCLUSA = "conclusa", _("Conclusa")
    ABBANDONATA = "abbandonata", _("Abbandonata")


TRANSIZIONI_AZIONE: dict[str, frozenset[str]] = {
    StatoAzione.PREVISTA: frozenset({StatoAzione.IN_CORSO, StatoAzione.ABBANDONATA}),
    StatoAzione.IN_CORSO: frozenset({StatoAzione.CONCLUSA, StatoAzione.ABBANDONATA}),
    StatoAzione.CONCLUSA: frozenset(),
    StatoAzione.ABBANDONATA: frozenset(),
}
