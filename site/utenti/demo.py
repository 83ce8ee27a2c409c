"""Demonstration users: one per role, with a second factor whose secret is derived, not stored in clear here."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.db import transaction

from utenti.models import Ruolo, Utente
from utenti.ruoli import assegna_ruolo

PASSWORD = "raccordo-dimostrazione"  # noqa: S105  printed on purpose: these accounts exist only in the demo
PERSONE = [
    ("coordinatrice@provincia.example", "Elena", "Bianchi", Ruolo.COORDINATORE),
    ("dirigente@provincia.example", "Marco", "Ferri", Ruolo.DIRIGENTE),
    ("cpi@provincia.example", "Sara", "Longhi", Ruolo.OPERATORE_CPI),
    ("redazione@provincia.example", "Paolo", "Riva", Ruolo.REDATTORE),
    ("amministratore@provincia.example", "Anna", "Galli", Ruolo.AMMINISTRATORE),
    ("revisore@provincia.example", "Luca", "Moretti", Ruolo.REVISORE),
]


def segreto(email: str) -> str:
    """The TOTP secret of a demo account, base32."""
    return base64.b32encode(hashlib.sha1(f"raccordo-demo-{email}".encode()).digest()).decode()  # noqa: S324  not secret


@cache
def _impronta_password() -> str:
    """The one password of all demo accounts, hashed once: a hash costs half a second on purpose."""
    return make_password(PASSWORD)


@transaction.atomic
def utente_dimostrativo(email: str, nome: str, cognome: str, ruolo: str = Ruolo.PARTNER) -> Utente:
    """Get or make a demo account: verified address, role, second factor."""
    utente = Utente.objects.filter(email=email).first()
    if utente:
        return utente
    utente = Utente(email=email, password=_impronta_password(), first_name=nome, last_name=cognome, dimostrativo=True)
    utente.full_clean()
    utente.save()
    assegna_ruolo(utente, ruolo)
    EmailAddress.objects.create(user=utente, email=email, verified=True, primary=True)
    TOTP.activate(utente, segreto(email))
    return utente


def costruisci(passo: Callable[[str], None]) -> None:
    for email, nome, cognome, ruolo in PERSONE:
        utente_dimostrativo(email, nome, cognome, ruolo)
    passo(f"Utenti della Provincia: {len(PERSONE)}.")
