"""Publication of a call, the same as from the back office: a revision, made live."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accordi.models import Avviso
from accordi.permissions import motivo_rifiuto_pubblica_avviso
from core.registro import annota
from utenti.models import Utente


@transaction.atomic
def pubblica_avviso(*, utente: Utente, **campi: Any) -> Avviso:
    """Make a call from `campi` and publish it; refuses a rule of composition that can't be read."""
    if motivo := motivo_rifiuto_pubblica_avviso(utente):
        raise PermissionDenied(motivo)
    avviso = Avviso(live=False, **campi)
    avviso.full_clean()
    avviso.save()
    avviso.save_revision(user=utente).publish(user=utente)
    annota(utente, "avviso.pubblicato", avviso, slug=avviso.slug)
    avviso.refresh_from_db()
    return avviso
