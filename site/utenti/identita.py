"""Who vouches for the person of this session: the public identity systems, or the platform's own credentials."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.validators import valida_codice_fiscale_persona

# How the systems, and the proxies in front of them, call the fiscal code (AgID, attributes of SPID and CIE by OIDC).
CODICE_FISCALE = ("https://attributes.eid.gov.it/fiscal_number", "fiscal_number", "fiscalNumber")


@dataclass(frozen=True)
class Identita:
    """What a system says of a person: `livello` 1 to 3 (SpidL1 to SpidL3), 0 when it isn't said."""

    codice_fiscale: str
    livello: int


def identita_digitale(request: HttpRequest) -> str:
    """ "SPID" or "CIE" when this person opened this session so (CAD artt. 64 and 65), else ""."""
    sistemi = settings.SISTEMI_IDENTITA
    fornitori = (r.get("provider") for r in get_authentication_records(request, request.user))
    return next((sistemi[f] for f in fornitori if f in sistemi), "")


def leggi_identita(dati: Mapping[str, Any]) -> Identita:
    """Read `{"userinfo": …, "id_token": …}`; refuses who isn't known by a fiscal code or came at too low a level."""
    detti = (dati.get("userinfo") or {}) | (dati.get("id_token") or {})
    codice = next((str(detti[nome]) for nome in CODICE_FISCALE if detti.get(nome)), "")
    codice = codice.upper().removeprefix("TINIT-")
    livello = re.search(r"L([1-3])$", str(detti.get("acr", "")))
    identita = Identita(codice, int(livello[1]) if livello else 0)
    try:
        valida_codice_fiscale_persona(codice)
    except ValidationError:
        raise Rifiuto(
            _("Il sistema di identità non ci ha dato il tuo codice fiscale: senza non possiamo riconoscerti.")
        )
    if identita.livello < settings.IDENTITA_LIVELLO_MINIMO:
        raise Rifiuto(
            _("Serve un accesso di livello %d: riprova e conferma anche con l'app o con il codice.")
            % settings.IDENTITA_LIVELLO_MINIMO
        )
    return identita
