"""Publication of a call or of a template, the same as from the back office: a revision, made live."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accordi.models import Avviso, ModelloAccordo
from accordi.permissions import motivo_rifiuto_pubblica_avviso
from core.registro import annota
from utenti.models import Utente


@transaction.atomic
def pubblica_avviso(*, utente: Utente, **campi: Any) -> Avviso:
    """Make a call from `campi` and publish it; refuses a rule of composition that can't be read."""
    return _pubblica(utente, Avviso(live=False, **campi), "avviso.pubblicato")


@transaction.atomic
def pubblica_modello(*, utente: Utente, **campi: Any) -> ModelloAccordo:
    """Make a template of agreement from `campi` and publish it."""
    return _pubblica(utente, ModelloAccordo(live=False, **campi), "modello.pubblicato")


def _pubblica(utente: Utente, oggetto: Any, azione: str) -> Any:
    if motivo := motivo_rifiuto_pubblica_avviso(utente):
        raise PermissionDenied(motivo)
    oggetto.full_clean()
    oggetto.save()
    oggetto.save_revision(user=utente).publish(user=utente)
    annota(utente, azione, oggetto)
    oggetto.refresh_from_db()
    return oggetto
