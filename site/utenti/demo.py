"""Demonstration users: one per role, with a second factor whose secret is derived, not stored in clear here."""

import base64
import hashlib
from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
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


@transaction.atomic
def utente_dimostrativo(email: str, nome: str, cognome: str, ruolo: str = Ruolo.PARTNER) -> Utente:
    """Get or make a demo account: verified address, role, second factor."""
    utente = Utente.objects.filter(email=email).first()
    if utente:
        return utente
    utente = Utente.objects.create_user(email, PASSWORD, first_name=nome, last_name=cognome, dimostrativo=True)
    assegna_ruolo(utente, ruolo)
    EmailAddress.objects.create(user=utente, email=email, verified=True, primary=True)
    TOTP.activate(utente, segreto(email))
    return utente


def costruisci(passo: Callable[[str], None]) -> None:
    for email, nome, cognome, ruolo in PERSONE:
        utente_dimostrativo(email, nome, cognome, ruolo)
    passo(f"Utenti della Provincia: {len(PERSONE)}.")
