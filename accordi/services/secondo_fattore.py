"""The second factor of a signature: the authenticator app where there is one, else a code by mail.

Attempts are counted before the code is looked at, in a transaction of their
own, so that a refused signature can't take the count back.
"""

import secrets
from datetime import timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accordi.models import CodiceFirma, Parte
from accordi.permissions import motivo_rifiuto_firma
from core.errori import Rifiuto
from core.orologio import adesso
from core.posta import accoda
from core.registro import annota
from utenti.models import Utente

APP, MAIL = "app di autenticazione", "codice inviato per posta elettronica"
CIFRE = 6


class TOTPOrologio(TOTP):
    """allauth's authenticator read at the product's clock; a code is spent once, here as at sign-in."""

    def validate_code(self, code: str) -> bool:
        contatore = int(adesso().timestamp()) // mfa.TOTP_PERIOD
        segreto = decrypt(self.instance.data["secret"])
        scarti = range(-mfa.TOTP_TOLERANCE, mfa.TOTP_TOLERANCE + 1)
        attesi = [format_hotp_value(hotp_value(segreto, contatore + n)) for n in scarti]
        return any(compare_user_code(actual=code, expected=a) for a in attesi) and self._mark_code_used(code)


def metodo_di(utente: Utente) -> str:
    """Which second factor `utente` uses to sign: APP or MAIL."""
    return APP if _autenticatore(utente) else MAIL


def codice_dimostrativo(utente: Utente) -> str:
    """The current code of a demonstration account, where the installation shows it; "" everywhere else."""
    if not (settings.MOSTRA_CODICI_DIMOSTRATIVI and utente.dimostrativo):
        return ""
    autenticatore = _autenticatore(utente)
    return codice_attuale(decrypt(autenticatore.data["secret"])) if autenticatore else ""


def codice_attuale(segreto: str) -> str:
    """The code that an authenticator app with that secret shows at the product's clock."""
    return format_hotp_value(hotp_value(segreto, int(adesso().timestamp()) // mfa.TOTP_PERIOD))


@transaction.atomic
def chiedi_codice(*, utente: Utente, parte: Parte) -> CodiceFirma:
    """Mail a one-time code to sign for `parte`; the codes before it die.

    Refuses more than settings.OTP_TENTATIVI codes in settings.OTP_MINUTI.
    """
    motivo = motivo_rifiuto_firma(utente, parte)
    if motivo:
        raise PermissionDenied(motivo)
    Parte.objects.select_for_update().get(pk=parte.pk)
    ora = adesso()
    recenti = CodiceFirma.objects.filter(
        utente=utente, creato_il__lte=ora, creato_il__gt=ora - timedelta(minutes=settings.OTP_MINUTI)
    )
    if recenti.count() >= settings.OTP_TENTATIVI:
        raise Rifiuto(_("Hai chiesto troppi codici: aspetta %d minuti e riprova.") % settings.OTP_MINUTI)
    in_chiaro = f"{secrets.randbelow(10**CIFRE):0{CIFRE}}"
    codice = CodiceFirma.objects.create(
        parte=parte,
        utente=utente,
        codice=_cifra(in_chiaro, secrets.token_hex(8)),
        creato_il=ora,
        scade_il=ora + timedelta(minutes=settings.OTP_MINUTI),
    )
    accoda(
        chiave=f"codice-firma-{codice.pk}",
        destinatario=utente.email,
        oggetto=_("Il codice per firmare «%s»") % parte.accordo.titolo,
        testo=render_to_string(
            "accordi/email/codice_firma.txt", {"codice": in_chiaro, "parte": parte, "minuti": settings.OTP_MINUTI}
        ),
        riservato=True,
    )
    annota(utente, "accordo.codice_chiesto", parte.accordo, parte=parte.soggetto.slug)
    return codice


def conta_tentativo(*, utente: Utente, parte: Parte) -> None:
    """Count one attempt; refuses when they are finished, or when there is no code to try."""
    if _autenticatore(utente):
        _conta_per_app(utente)
        return
    with transaction.atomic():
        codice = _ultimo(utente, parte)
        if codice is None:
            raise Rifiuto(_("Il codice è scaduto o già usato: chiedine uno nuovo."))
        if codice.tentativi >= settings.OTP_TENTATIVI:
            raise Rifiuto(_("Troppi codici sbagliati: chiedi un codice nuovo."))
        codice.tentativi += 1
        codice.save(update_fields=["tentativi"])


@transaction.atomic
def _conta_per_app(utente: Utente) -> None:
    """One more attempt, under the lock of the person's row.

    The database cache's own `incr` reads and then writes, so that attempts sent
    together would count as one; and it brings the term back to the cache's default.
    """
    Utente.objects.select_for_update().only("pk").get(pk=utente.pk)
    chiave = _chiave_tentativi(utente)
    fatti = cache.get(chiave, 0)
    if fatti >= settings.OTP_TENTATIVI:
        raise Rifiuto(_("Troppi codici sbagliati: aspetta %d minuti e riprova.") % settings.OTP_MINUTI)
    cache.set(chiave, fatti + 1, timeout=settings.OTP_MINUTI * 60)


def spendi(*, utente: Utente, parte: Parte, codice: str) -> str:
    """Check and spend `codice` in the caller's transaction; returns the method. Refuses a wrong or used one."""
    autenticatore = _autenticatore(utente)
    if autenticatore:
        if not TOTPOrologio(autenticatore).validate_code(codice.strip()):
            raise Rifiuto(_("Il codice non è giusto o è già stato usato: aspetta il prossimo nell'app e riprova."))
        cache.delete(_chiave_tentativi(utente))
        return APP
    atteso = _ultimo(utente, parte)
    if atteso is None:
        raise Rifiuto(_("Il codice è scaduto o già usato: chiedine uno nuovo."))
    if not constant_time_compare(_cifra(codice.strip(), atteso.codice.split("$")[0]), atteso.codice):
        raise Rifiuto(_("Il codice non è quello che ti abbiamo inviato: controlla l'ultimo messaggio e riprova."))
    atteso.usato_il = adesso()
    atteso.save(update_fields=["usato_il"])
    return MAIL


def _autenticatore(utente: Utente) -> Authenticator | None:
    return Authenticator.objects.filter(user=utente, type=Authenticator.Type.TOTP).first()


def _chiave_tentativi(utente: Utente) -> str:
    return f"accordi.firma.tentativi.{utente.pk}"


def _ultimo(utente: Utente, parte: Parte) -> CodiceFirma | None:
    """The last code sent for that party, if it can still be spent: earlier ones are dead."""
    ultimo = CodiceFirma.objects.select_for_update().filter(utente=utente, parte=parte).order_by("pk").last()
    return ultimo if ultimo and ultimo.usato_il is None and adesso() < ultimo.scade_il else None


def _cifra(codice: str, sale: str) -> str:
    return f"{sale}${salted_hmac('accordi.firma.' + sale, codice, algorithm='sha256').hexdigest()}"
