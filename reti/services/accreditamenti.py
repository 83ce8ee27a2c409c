"""Accreditations: add, correct, suspend, revoke, restore (L.R. Lombardia 22/2006 art. 13, R16).

Every change is announced by `reti.segnali.accreditamento_cambiato` inside its
transaction, so that higher apps suspend what depended on it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errori import Rifiuto
from core.registro import annota
from core.transizioni import transita
from reti.models import Accreditamento
from reti.permissions import motivo_rifiuto_gestisci_soggetti
from reti.segnali import accreditamento_cambiato
from reti.stati import TRANSIZIONI_ACCREDITAMENTO, StatoAccreditamento

CAMPI = ("registro", "numero", "carattere", "dal", "al")


@transaction.atomic
def registra_accreditamento(*, utente: Any, accreditamento: Accreditamento) -> Accreditamento:
    """Save a new or corrected entry, never its state; audit line and signal."""
    _esigi(utente)
    nuovo = accreditamento.pk is None
    accreditamento.full_clean()
    if nuovo:
        accreditamento.save()
    else:
        # The form's copy may carry a state that somebody changed meanwhile: it stays as it is in the table.
        Accreditamento.objects.select_for_update().get(pk=accreditamento.pk)
        accreditamento.save(update_fields=CAMPI)
        accreditamento.refresh_from_db()
    annota(
        utente,
        "accreditamento.registrato" if nuovo else "accreditamento.aggiornato",
        accreditamento,
        soggetto=accreditamento.soggetto.slug,
        dal=str(accreditamento.dal),
        al=str(accreditamento.al or ""),
    )
    accreditamento_cambiato.send(sender=Accreditamento, accreditamento=accreditamento, utente=utente)
    return accreditamento


def sospendi_accreditamento(*, utente: Any, accreditamento: Accreditamento, motivo: str) -> Accreditamento:
    """From vigente to sospeso, with the reason; announces it."""
    return _cambia(utente, accreditamento, StatoAccreditamento.SOSPESO, "accreditamento.sospeso", motivo)


def revoca_accreditamento(*, utente: Any, accreditamento: Accreditamento, motivo: str) -> Accreditamento:
    """To revocato, for good, with the reason; announces it."""
    return _cambia(utente, accreditamento, StatoAccreditamento.REVOCATO, "accreditamento.revocato", motivo)


def ripristina_accreditamento(*, utente: Any, accreditamento: Accreditamento, motivo: str) -> Accreditamento:
    """From sospeso back to vigente, with the reason; announces it."""
    return _cambia(utente, accreditamento, StatoAccreditamento.VIGENTE, "accreditamento.ripristinato", motivo)


def _esigi(utente: Any) -> None:
    if rifiuto := motivo_rifiuto_gestisci_soggetti(utente):
        raise PermissionDenied(rifiuto)


@transaction.atomic
def _cambia(utente: Any, accreditamento: Accreditamento, nuovo: str, azione: str, motivo: str) -> Accreditamento:
    _esigi(utente)
    if not motivo.strip():
        raise Rifiuto("Scrivi il motivo: resta nel registro e lo legge chi controlla.")
    bloccato = Accreditamento.objects.select_for_update().get(pk=accreditamento.pk)
    transita(
        bloccato,
        nuovo,
        tabella=TRANSIZIONI_ACCREDITAMENTO,
        utente=utente,
        azione=azione,
        dati={"motivo": motivo.strip()},
    )
    accreditamento_cambiato.send(sender=Accreditamento, accreditamento=bloccato, utente=utente)
    return bloccato
