"""What becomes of a decision: a body says it is done, the office confirms, or opens it again (R24)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from reti.models import Decisione
from reti.permissions import motivo_rifiuto_segnala
from reti.services.incontri import esigi_gestione


def _blocca(decisione: Decisione) -> Decisione:
    return Decisione.objects.select_for_update(of=("self",)).select_related("incontro").get(pk=decisione.pk)


def _salva(decisione: Decisione, utente: Any, azione: str, **dati: Any) -> Decisione:
    decisione.full_clean()
    decisione.save()
    annota(utente, azione, decisione, **dati)
    return decisione


@transaction.atomic
def concludi_decisione(*, utente: Any, decisione: Decisione, esito: str) -> Decisione:
    """It was carried out, today: it leaves the next agendas.

    Raises PermissionDenied, Rifiuto (no note, done already).
    """
    esigi_gestione(utente)
    decisione = _blocca(decisione)
    if decisione.conclusa_il:
        raise Rifiuto(_("Questa decisione è già conclusa."))
    if not esito.strip():
        raise Rifiuto(_("Scrivi com'è andata."))
    decisione.conclusa_il, decisione.esito = oggi(), esito.strip()
    return _salva(decisione, utente, "decisione.conclusa", esito=decisione.esito)


@transaction.atomic
def riapri_decisione(*, utente: Any, decisione: Decisione) -> Decisione:
    """It isn't done after all: it returns on the agendas, and what the body had said of it is taken away."""
    esigi_gestione(utente)
    decisione = _blocca(decisione)
    if not (decisione.conclusa_il or decisione.segnalata_il):
        raise Rifiuto(_("Questa decisione è già aperta."))
    decisione.conclusa_il, decisione.esito = None, ""
    decisione.segnalata_il, decisione.segnalazione = None, ""
    return _salva(decisione, utente, "decisione.riaperta")


@transaction.atomic
def segnala_fatta(*, utente: Any, decisione: Decisione, nota: str) -> Decisione:
    """The body that it was given to says that it is done, for the office to confirm.

    Raises PermissionDenied, Rifiuto (no note, done already).
    """
    decisione = _blocca(decisione)
    if motivo := motivo_rifiuto_segnala(utente, decisione):
        raise PermissionDenied(motivo)
    if decisione.conclusa_il:
        raise Rifiuto(_("Questa decisione è già conclusa."))
    if not nota.strip():
        raise Rifiuto(_("Scrivi che cosa è stato fatto."))
    decisione.segnalata_il, decisione.segnalazione = oggi(), nota.strip()
    return _salva(decisione, utente, "decisione.segnalata", nota=decisione.segnalazione)
