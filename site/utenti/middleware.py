"""Second factor: compulsory for everyone who works for the Province (R64); identity systems that don't answer."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

log = logging.getLogger(__name__)
LIBERI = ("/accesso/", "/static/")


class AccessoMiddleware:
    """Sends staff without a second factor to its activation, whatever page they ask for.

    It asks the database each time: an administrator who resets a lost factor shuts every open session at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        utente = request.user if "_auth_user_id" in request.session else None
        if utente and utente.is_authenticated and utente.e_provincia and not request.path_info.startswith(LIBERI):
            if not is_mfa_enabled(utente):
                messages.warning(request, _("Per lavorare qui attiva prima il secondo fattore."))
                return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, errore: Exception) -> HttpResponse | None:
        """SPID or CIE that can't be reached is said to the person; allauth lets it through as our own fault (R65)."""
        if not isinstance(errore, RequestException) or not request.path_info.startswith("/accesso/oidc/"):
            return None
        log.error("Il sistema di identità non risponde: %s", type(errore).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)
