"""Verbs on accounts, for the administrator of the platform (R64)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from core.errori import Rifiuto
from core.posta import accoda
from core.registro import annota
from utenti.identita import Identita
from utenti.models import Utente
from utenti.permissions import motivo_rifiuto_amministra_utenti
from utenti.ruoli import assegna_ruolo

INVITO = """Ciao {nome},

per te è stato creato un account su Raccordo con il ruolo «{ruolo}».

Per scegliere la password apri {indirizzo} e scrivi questo indirizzo email.
{secondo_fattore}"""
SECONDO_FATTORE = "Al primo accesso ti verrà chiesto di attivare il secondo fattore: tieni pronto il telefono.\n"


def _verifica_permesso(utente: Any) -> None:
    if motivo := motivo_rifiuto_amministra_utenti(utente):
        raise PermissionDenied(motivo)


@transaction.atomic
def crea_utente(*, utente: Any, email: str, nome: str, cognome: str, ruolo: str, codice_fiscale: str = "") -> Utente:
    """Make an account without password and invite the person by mail to choose one.

    Refuses an address that an account already has.
    """
    _verifica_permesso(utente)
    if Utente.objects.filter(email__iexact=email).exists():
        raise Rifiuto("Esiste già un account con questo indirizzo email: cercalo nell'elenco.")
    nuovo = Utente.objects.create_user(email, None, first_name=nome, last_name=cognome, codice_fiscale=codice_fiscale)
    assegna_ruolo(nuovo, ruolo)
    EmailAddress.objects.create(user=nuovo, email=nuovo.email, verified=True, primary=True)
    annota(utente, "utente.crea", nuovo, ruolo=ruolo)
    accoda(
        chiave=f"utente-invito-{nuovo.pk}",
        destinatario=nuovo.email,
        oggetto="Il tuo account su Raccordo",
        testo=INVITO.format(
            nome=nome,
            ruolo=nuovo.get_ruolo_display(),
            indirizzo=settings.INDIRIZZO_PUBBLICO + reverse("account_reset_password"),
            secondo_fattore=SECONDO_FATTORE if nuovo.e_provincia else "",
        ),
        riferimento=f"utente:{nuovo.pk}",
    )
    return nuovo


@transaction.atomic
def modifica_utente(
    *,
    utente: Any,
    persona: Utente,
    nome: str,
    cognome: str,
    ruolo: str,
    attivo: bool,
    codice_fiscale: str | None = None,
) -> Utente:
    """Change name, role, activity. Refuses to take the role or the access away from oneself."""
    _verifica_permesso(utente)
    persona = Utente.objects.select_for_update().get(pk=persona.pk)
    if persona.pk == utente.pk and (not attivo or ruolo != persona.ruolo):
        raise Rifiuto("Non puoi togliere a te il ruolo o l'accesso: chiedilo a un altro amministratore.")
    prima = {"ruolo": persona.ruolo, "attivo": persona.is_active}
    persona.first_name, persona.last_name, persona.is_active = nome, cognome, attivo
    if codice_fiscale is not None:
        persona.codice_fiscale = codice_fiscale
    persona.full_clean(exclude=["password"])
    persona.save()
    if ruolo != persona.ruolo:
        assegna_ruolo(persona, ruolo)
    annota(utente, "utente.modifica", persona, prima=prima, dopo={"ruolo": ruolo, "attivo": attivo})
    return persona


@transaction.atomic
def azzera_secondo_fattore(*, utente: Any, persona: Utente) -> None:
    """Take away the second factor of who lost the phone; at the next sign-in staff must activate a new one."""
    _verifica_permesso(utente)
    if persona.pk == utente.pk:
        raise Rifiuto("Il tuo secondo fattore lo azzera un altro amministratore.")
    Authenticator.objects.filter(user=persona).delete()
    annota(utente, "utente.azzera_secondo_fattore", persona)


def titolare_di(identita: Identita, *, richiedente: Utente | None = None) -> Utente | None:
    """Whose account an identity opens: that of its fiscal code, or of `richiedente` who asks to tie it to theirs.

    None when nobody has it yet. Refuses an identity that is somebody else's, and an account of somebody else.
    """
    titolare = Utente.objects.filter(codice_fiscale=identita.codice_fiscale).first()
    if richiedente is None:
        return titolare
    if titolare not in (None, richiedente) or richiedente.codice_fiscale not in ("", identita.codice_fiscale):
        raise Rifiuto("Questa identità è di un'altra persona: esci, ed entra con SPID o CIE nel tuo account.")
    return richiedente


@transaction.atomic
def collega_identita(*, persona: Utente, identita: Identita, sistema: str) -> None:
    """Write on the account the fiscal code that `sistema` ("SPID", "CIE") vouches for."""
    persona.codice_fiscale = identita.codice_fiscale
    persona.save(update_fields=["codice_fiscale"])
    annota(persona, "utente.collega_identita", persona, sistema=sistema, livello=identita.livello)
