"""States of this app and their transition tables. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatoIncontro(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    CONVOCATO = "convocato", _("Convocato")
    SVOLTO = "svolto", _("Svolto")
    VERBALIZZATO = "verbalizzato", _("Verbalizzato")
    RINVIATO = "rinviato", _("Rinviato")
    ANNULLATO = "annullato", _("Annullato")


# Only these count, everywhere (design: "only meetings svolti or verbalizzati count").
INCONTRI_TENUTI = (StatoIncontro.SVOLTO, StatoIncontro.VERBALIZZATO)

TRANSIZIONI_INCONTRO: dict[str, frozenset[str]] = {
    StatoIncontro.BOZZA: frozenset({StatoIncontro.CONVOCATO, StatoIncontro.ANNULLATO}),
    StatoIncontro.CONVOCATO: frozenset({StatoIncontro.SVOLTO, StatoIncontro.RINVIATO, StatoIncontro.ANNULLATO}),
    StatoIncontro.RINVIATO: frozenset({StatoIncontro.CONVOCATO, StatoIncontro.ANNULLATO}),
    StatoIncontro.SVOLTO: frozenset({StatoIncontro.VERBALIZZATO}),
    StatoIncontro.VERBALIZZATO: frozenset(),
    StatoIncontro.ANNULLATO: frozenset(),
}


class StatoVerbale(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    OSSERVAZIONI = "osservazioni", _("In osservazione")
    APPROVATO = "approvato", _("Approvato")


TRANSIZIONI_VERBALE: dict[str, frozenset[str]] = {
    StatoVerbale.BOZZA: frozenset({StatoVerbale.OSSERVAZIONI}),
    StatoVerbale.OSSERVAZIONI: frozenset({StatoVerbale.BOZZA, StatoVerbale.APPROVATO}),
    StatoVerbale.APPROVATO: frozenset(),
}


class StatoSondaggio(models.TextChoices):
    APERTO = "aperto", _("Aperto")
    CHIUSO = "chiuso", _("Chiuso")
    ANNULLATO = "annullato", _("Annullato")


TRANSIZIONI_SONDAGGIO: dict[str, frozenset[str]] = {
    StatoSondaggio.APERTO: frozenset({StatoSondaggio.CHIUSO, StatoSondaggio.ANNULLATO}),
    StatoSondaggio.CHIUSO: frozenset(),
    StatoSondaggio.ANNULLATO: frozenset(),
}


class StatoAccreditamento(models.TextChoices):
    VIGENTE = "vigente", _("Vigente")
    SOSPESO = "sospeso", _("Sospeso")
    REVOCATO = "revocato", _("Revocato")


TRANSIZIONI_ACCREDITAMENTO: dict[str, frozenset[str]] = {
    StatoAccreditamento.VIGENTE: frozenset({StatoAccreditamento.SOSPESO, StatoAccreditamento.REVOCATO}),
    StatoAccreditamento.SOSPESO: frozenset({StatoAccreditamento.VIGENTE, StatoAccreditamento.REVOCATO}),
    StatoAccreditamento.REVOCATO: frozenset(),
}
