"""Mails about an agreement: whom they reach, and how one enters the outbox."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from accordi.models import Accordo, Parte
from accordi.queries.accordi import firmatari_di
from core.archivio import impronta
from core.models import Messaggio
from core.posta import accoda
from utenti.models import Ruolo, Utente

LUNGHEZZA_CHIAVE = Messaggio._meta.get_field("chiave").max_length


def indirizzi_di(parte: Parte) -> list[str]:
    """Who may sign for a party today, and its body's mailbox, each once."""
    indirizzi = dict.fromkeys(p.email for p in firmatari_di(parte))
    if parte.soggetto.email:
        indirizzi[parte.soggetto.email] = None
    return list(indirizzi)


def interessati(accordo: Accordo) -> Iterable[str]:
    """Signatories of today and the mailboxes of all the parties, each once."""
    parti = accordo.parti.select_related("soggetto")
    return dict.fromkeys(email for parte in parti for email in indirizzi_di(parte))


def ufficio(accordo: Accordo) -> list[str]:
    """The person responsible, or every coordinator."""
    istanza = accordo.istanza
    responsabile = accordo.responsabile or (istanza.responsabile if istanza else None)
    if responsabile and responsabile.is_active:
        return [responsabile.email]
    return list(Utente.objects.filter(is_active=True, ruolo=Ruolo.COORDINATORE).values_list("email", flat=True))


def invia(chiave: str, destinatario: str, oggetto: str, modello: str, accordo: Accordo, **dati: object) -> None:
    """Queue the mail accordi/email/<modello>.txt; the same `chiave` again changes nothing."""
    accoda(
        chiave=chiave if len(chiave) <= LUNGHEZZA_CHIAVE else impronta(chiave.encode()),
        destinatario=destinatario,
        oggetto=oggetto,
        testo=render_to_string(f"accordi/email/{modello}.txt", {"accordo": accordo, **dati}).strip() + "\n",
        riferimento=f"accordo-{accordo.codice}",
    )
