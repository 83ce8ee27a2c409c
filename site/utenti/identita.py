"""Who vouches for the person of this session: the public identity systems, or the platform's own credentials."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

# The sign-in providers, by the name that the installation gives them in SOCIALACCOUNT_PROVIDERS.
SISTEMI = {"spid": "SPID", "cie": "CIE"}


def identita_digitale(request: HttpRequest) -> str:
    """ "SPID" or "CIE" when this person opened this session so (CAD artt. 64 and 65), else ""."""
    fornitori = (r.get("provider") for r in get_authentication_records(request, request.user))
    return next((SISTEMI[f] for f in fornitori if f in SISTEMI), "")
