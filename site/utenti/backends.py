"""Sign-in by e-mail and password, where the installation still allows it (R65)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from utenti.models import Utente


class PasswordBackend(AuthenticationBackend):
    def authenticate(self, request: HttpRequest | None, **credenziali: Any) -> Utente | None:
        """The person, or nobody: a partner's password opens nothing once partners use SPID and CIE only."""
        utente = super().authenticate(request, **credenziali)
        return utente if utente and (utente.e_provincia or settings.PASSWORD_PARTNER) else None
