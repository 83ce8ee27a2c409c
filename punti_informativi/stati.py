"""States of a point and their transition table. A leaf: imports nothing of ours."""

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
