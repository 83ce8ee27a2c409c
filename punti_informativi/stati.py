"""States of a point, of a change that its host proposes, of a campaign, with their transition tables. A leaf."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatoPunto(models.TextChoices):
    CANDIDATO = "candidato", _("Candidato")
    VERIFICATO = "verificato", _("Verificato")
    ATTIVO = "attivo", _("Attivo")
    SOSPESO = "sospeso", _("Sospeso")
    CESSATO = "cessato", _("Cessato")


TRANSIZIONI_PUNTO: dict[str, frozenset[str]] = {
    StatoPunto.CANDIDATO: frozenset({StatoPunto.VERIFICATO, StatoPunto.CESSATO}),
    StatoPunto.VERIFICATO: frozenset({StatoPunto.ATTIVO, StatoPunto.CESSATO}),
    StatoPunto.ATTIVO: frozenset({StatoPunto.SOSPESO, StatoPunto.CESSATO}),
    StatoPunto.SOSPESO: frozenset({StatoPunto.ATTIVO, StatoPunto.CESSATO}),
    StatoPunto.CESSATO: frozenset(),
}


class StatoProposta(models.TextChoices):
    IN_ATTESA = "in_attesa", _("In attesa della Provincia")
    ACCOLTA = "accolta", _("Accolta")
    RESPINTA = "respinta", _("Respinta")
    RITIRATA = "ritirata", _("Ritirata")


TRANSIZIONI_PROPOSTA: dict[str, frozenset[str]] = {
    StatoProposta.IN_ATTESA: frozenset({StatoProposta.ACCOLTA, StatoProposta.RESPINTA, StatoProposta.RITIRATA}),
    StatoProposta.ACCOLTA: frozenset(),
    StatoProposta.RESPINTA: frozenset(),
    StatoProposta.RITIRATA: frozenset(),
}


class StatoCampagna(models.TextChoices):
    BOZZA = "bozza", _("Bozza")
    INVIATA = "inviata", _("Inviata")
    CHIUSA = "chiusa", _("Chiusa")


TRANSIZIONI_CAMPAGNA: dict[str, frozenset[str]] = {
    StatoCampagna.BOZZA: frozenset({StatoCampagna.INVIATA, StatoCampagna.CHIUSA}),
    StatoCampagna.INVIATA: frozenset({StatoCampagna.CHIUSA}),
    StatoCampagna.CHIUSA: frozenset(),
}
