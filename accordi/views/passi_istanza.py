"""What the pages of an application share: find it for this person, run a verb and say what happened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accordi.models import Istanza
from accordi.permissions import motivo_rifiuto_gestisce_istanza
from accordi.queries.termini import per_il_clock
from utenti.identita import identita_digitale


def modalita_di(request: HttpRequest) -> str:
    """How this session was opened (CAD 65): by SPID or CIE, or by the platform's own credentials."""
    return Istanza.Modalita.IDENTITA_DIGITALE if identita_digitale(request) else Istanza.Modalita.CREDENZIALI


def trova(request: HttpRequest, codice: str) -> Istanza:
    """The application, for whoever may see it; 404 for the others."""
    istanze = per_il_clock(Istanza.objects.visibili_a(request.user))
    return get_object_or_404(istanze.select_related("presentata_da", "responsabile"), codice=codice)


def mia(request: HttpRequest, codice: str) -> Istanza:
    """The application, for whoever may write it."""
    istanza = trova(request, codice)
    if motivo := motivo_rifiuto_gestisce_istanza(request.user, istanza):
        raise PermissionDenied(motivo)
    return istanza


def prova(request: HttpRequest, verbo: Any, fatto: str, **argomenti: Any) -> bool:
    """Run a service; say what was done, or the reason of the refusal."""
    try:
        verbo(utente=request.user, **argomenti)
    except ValidationError as rifiuto:  # a Rifiuto, or a file that isn't what it should be
        for frase in rifiuto.messages:
            messages.error(request, frase)
        return False
    if fatto:
        messages.success(request, fatto)
    return True
