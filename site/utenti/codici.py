"""The current one-time code of demonstration accounts, whose phone nobody holds."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings


def codice_di_adesso(utente: Any) -> str:
    """Six digits; "" unless the installation shows demonstration codes and the account is a demonstration one."""
    if not settings.MOSTRA_CODICI_DIMOSTRATIVI or not getattr(utente, "dimostrativo", False):
        return ""
    chiave = Authenticator.objects.filter(user=utente, type=Authenticator.Type.TOTP).first()
    if not chiave:
        return ""
    contatori = list(yield_hotp_counters_from_time())
    adesso = contatori[len(contatori) // 2]
    return format_hotp_value(hotp_value(decrypt(chiave.data["secret"]), adesso))
