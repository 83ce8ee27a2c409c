"""How allauth behaves here: mail through the outbox, sign-in by e-mail, back office after login."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from core.errori import Rifiuto
from core.posta import accoda
from utenti.identita import leggi_identita
from utenti.services import collega_identita, titolare_di


class AdattatoreAccount(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every account mail goes through the outbox, so that a mail server that is down loses none.

        It may carry a link or a code: the text is removed once sent.
        """
        mail = self.render_mail(template_prefix, email, context | {"email": email})
        accoda(
            chiave=f"account-{uuid.uuid4()}", destinatario=email, oggetto=mail.subject, testo=mail.body, riservato=True
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By e-mail and password: not where partners enter by SPID and CIE only."""
        return settings.PASSWORD_PARTNER

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/gestione/" if request.user.e_provincia else "/area/"


class AdattatoreSecondoFattore(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Codice errato: scrivi le sei cifre che l'app mostra adesso. Ogni codice vale una volta.")
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff can't switch the second factor off: whoever loses the phone asks the administrator (R64)."""
        return not authenticator.user.e_provincia


class AdattatoreIdentita(DefaultSocialAccountAdapter):
    """SPID and CIE: the fiscal code says whose account it is, never the address of mail (R65)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """A proxy may know SPID and CIE as one client, and a registration left half-way names the client alone."""
        omonime = self.list_apps(request, provider=provider, client_id=client_id) if client_id else []
        return omonime[0] if omonime else super().get_app(request, provider, client_id)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of this fiscal code, tie the identity to it, or stop with a sentence."""
        collega = sociallogin.state.get("process") == AuthProcess.CONNECT
        try:
            identita = leggi_identita(sociallogin.account.extra_data)
            titolare = titolare_di(identita, richiedente=request.user if collega else None)
            if sociallogin.is_existing and sociallogin.user.codice_fiscale != identita.codice_fiscale:
                raise Rifiuto(_("Questa identità è collegata all'account di un'altra persona: scrivi all'ente."))
        except Rifiuto as rifiuto:
            messages.error(request, rifiuto.messages[0])
            raise ImmediateHttpResponse(redirect("socialaccount_connections" if collega else "account_login"))
        if titolare is None:
            sociallogin.user.codice_fiscale = identita.codice_fiscale
        elif not sociallogin.is_existing:
            collega_identita(persona=titolare, identita=identita, sistema=sociallogin.provider.name)
            if not collega:
                sociallogin.connect(request, titolare)
