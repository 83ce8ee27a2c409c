"""Drafts never presented and one-time codes, once they are old (R62)."""

from datetime import datetime

from accordi.models import CodiceFirma, Istanza
from accordi.stati import StatoIstanza
from core.registro import annota


def bozze_mai_presentate(prima_di: datetime) -> int:
    """Delete drafts of calls that closed before then, with their files; the audit line stays."""
    bozze = Istanza.objects.filter(stato=StatoIstanza.BOZZA, avviso__chiude__lt=prima_di).select_related("avviso")
    for istanza in bozze:
        annota(None, "istanza.bozza_scartata", istanza, avviso=istanza.avviso.slug)
        istanza.documenti.scarta()
        istanza.delete()
    return len(bozze)


def codici_di_firma(prima_di: datetime) -> int:
    """Delete one-time codes that expired before then: what was signed with them has its own evidence."""
    return CodiceFirma.objects.filter(scade_il__lt=prima_di).delete()[0]
