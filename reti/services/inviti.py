"""Mails about a meeting: one per recipient, each with a calendar object of its own (R20).

They go through the outbox with a key made of the convocation and the meeting's
sequence, so that no repetition can send one twice.
"""

import re
from email.utils import parseaddr

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation

from core.models import Installazione
from core.orologio import adesso
from core.posta import accoda
from reti.ical import ANNULLAMENTO, PUBBLICAZIONE, RICHIESTA, Evento, Persona, calendario
from reti.models import Convocazione, Incontro

OGGETTI = {
    "convocazione": "Convocazione",
    "aggiornamento": "Aggiornamento della convocazione",
    "rinvio": "Rinviato",
    "annullamento": "Annullato",
}


def organizzatore(installazione: Installazione) -> Persona:
    """The office that convenes: where answers by calendar arrive."""
    return Persona(installazione.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1], installazione.ente)


def evento_di(incontro: Incontro, chi: Persona, descrizione: str = "") -> Evento:
    """The meeting as a calendar event; the place says also the remote link."""
    return Evento(
        uid=incontro.uid,
        sequenza=incontro.sequenza,
        titolo=incontro.titolo,
        inizio=incontro.inizio,
        fine=incontro.fine,
        timbro=adesso(),
        organizzatore=chi,
        luogo=incontro.luogo or incontro.collegamento,
        descrizione=descrizione,
        url=incontro.collegamento,
    )


def calendario_pubblico(incontro: Incontro) -> str:
    """A copy for one's own calendar, without invitees: METHOD:PUBLISH."""
    chi = organizzatore(Installazione.corrente())
    return calendario(evento_di(incontro, chi, incontro.ordine_del_giorno), metodo=PUBBLICAZIONE)


def collegamento_risposta(convocazione: Convocazione) -> str:
    """The personal signed link: whoever holds it answers for that seat."""
    return settings.INDIRIZZO_PUBBLICO + reverse("tavoli:risposta", args=[convocazione.gettone])


def quando(incontro: Incontro) -> str:
    """Start in words, Europe/Rome: «martedì 7 marzo 2023, ore 10:00»."""
    with translation.override(settings.LANGUAGE_CODE):
        # Django capitalises Italian names of days and months; Italian doesn't.
        return formats.date_format(timezone.localtime(incontro.inizio), r"l j F Y, \o\r\e H:i").lower()


def _spedisci(
    incontro: Incontro, convocazione: Convocazione, genere: str, installazione: Installazione, ordine: str
) -> None:
    contesto = {
        "incontro": incontro,
        "convocazione": convocazione,
        "genere": genere,
        "quando": quando(incontro),
        "ordine": ordine,
        "collegamento": collegamento_risposta(convocazione),
        "installazione": installazione,
    }
    chi = organizzatore(installazione)
    metodo = ANNULLAMENTO if genere in ("rinvio", "annullamento") else RICHIESTA
    with translation.override(settings.LANGUAGE_CODE):
        # The included parts leave empty lines behind: one is enough.
        testo = re.sub(r"\n{3,}", "\n\n", render_to_string(f"reti/email/{genere}.txt", contesto)).strip() + "\n"
        descrizione = (
            incontro.motivo
            if metodo == ANNULLAMENTO
            else render_to_string("reti/email/descrizione.txt", contesto).strip()
        )
    seggio = convocazione.adesione
    invitato = Persona(convocazione.email, seggio.titolare_nome or str(seggio.soggetto))
    accoda(
        chiave=f"{genere}-{convocazione.pk}-{incontro.sequenza}",
        destinatario=convocazione.email,
        oggetto=f"{OGGETTI[genere]}: {incontro.titolo}, {quando(incontro)}",
        testo=testo,
        allegato=calendario(evento_di(incontro, chi, descrizione), metodo=metodo, invitato=invitato),
        metodo=metodo,
        rispondi_a=chi.email,
        riferimento=f"incontro-{incontro.codice}",
    )


def spedisci_a_tutti(incontro: Incontro, genere: str) -> int:
    """Queue one mail per convocation that has an address; returns how many. Boards of others get none."""
    if incontro.rete.di_altri:
        return 0
    installazione, ordine = Installazione.corrente(), incontro.ordine_del_giorno
    prefetch_related_objects([incontro], "altre_reti")
    invitati = incontro.convocazioni.exclude(email="").select_related("adesione__soggetto")
    for convocazione in invitati:
        _spedisci(incontro, convocazione, genere, installazione, ordine)
    return len(invitati)
