"""How allauth behaves here: mail through the outbox, sign-in by e-mail, back office after login."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.posta import accoda


class AdattatoreAccount(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every account mail goes through the outbox, so that a mail server that is down loses none.

        It may carry a link or a code: the text is removed once sent.
        """
        mail = self.render_mail(template_prefix, email, context | {"email": email})
        accoda(
            chiave=f"account-{uuid.uuid4()}", destinatario=email, oggetto=mail.subject, testo=mail.body, riservato=True
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/gestione/" if request.user.e_provincia else "/area/"


class AdattatoreSecondoFattore(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Codice errato: scrivi le sei cifre che l'app mostra adesso. Ogni codice vale una volta.")
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff can't switch the second factor off: whoever loses the phone asks the administrator (R64)."""
        return not authenticator.user.e_provincia
