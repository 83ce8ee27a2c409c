"""Mails about a meeting: one per recipient, each with a calendar object of its own (R20).

They go through the outbox with a key made of the recipient, the seats and the
meeting's sequence, so that no repetition can send one twice.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation

from core.archivio import impronta
from core.models import Installazione, Messaggio
from core.orologio import adesso, oggi
from core.posta import accoda
from reti.ical import (
    ANNULLAMENTO,
    PROPOSTA_NON_ACCOLTA,
    PUBBLICAZIONE,
    RICHIESTA,
    Evento,
    Persona,
    calendario,
)
from reti.models import Convocazione, Incontro, Proposta
from reti.queries.inviti import Invito, deleghe_di, inviti_di
from reti.queries.sondaggi import detto_nel_sondaggio

# Kind of mail, which is also its template: (what the subject starts with, METHOD of its calendar).
GENERI = {
    "convocazione": ("Convocazione", RICHIESTA),
    "aggiornamento": ("Aggiornamento della convocazione", RICHIESTA),
    "rinvio": ("Rinviato", ANNULLAMENTO),
    "annullamento": ("Annullato", ANNULLAMENTO),
    "delega": ("Partecipi come delegato", RICHIESTA),
    "revoca": ("Non occorre più che partecipi", ANNULLAMENTO),
    "proposta": ("La data resta quella fissata", PROPOSTA_NON_ACCOLTA),
}
# What an update says of the answer already given (RFC 5545 3.2.12).
PARTSTAT = {
    Convocazione.Risposta.SI: "ACCEPTED",
    Convocazione.Risposta.NO: "DECLINED",
    Convocazione.Risposta.FORSE: "TENTATIVE",
    Convocazione.Risposta.DELEGA: "DELEGATED",
}


def organizzatore(installazione: Installazione, convocazione: Convocazione | None = None) -> Persona:
    """Who convenes, at the address where the answers of that convocation arrive.

    With a mailbox for answers each convocation has an address of its own that can't be
    guessed; without it, and for whoever isn't asked to answer, it's the office's.
    """
    if settings.CASELLA_RISPOSTE and convocazione:
        nome, _chiocciola, dominio = settings.CASELLA_RISPOSTE.partition("@")
        return Persona(f"{nome}+{convocazione.recapito}@{dominio}", installazione.ente)
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


def quando(inizio: Any) -> str:
    """An instant in words, Europe/Rome: «martedì 7 marzo 2023, ore 10:00»."""
    with translation.override(settings.LANGUAGE_CODE):
        # Django capitalises Italian names of days and months; Italian doesn't.
        return formats.date_format(timezone.localtime(inizio), r"l j F Y, \o\r\e H:i").lower()


class Busta:
    """Writes the mails about one meeting; what they all share is read once."""

    def __init__(self, incontro: Incontro) -> None:
        self.incontro = incontro
        self.installazione = Installazione.corrente()
        prefetch_related_objects([incontro], "altre_reti")
        self.detti = detto_nel_sondaggio(incontro)
        self.comune = {
            "incontro": incontro,
            "quando": quando(incontro.inizio),
            "ordine": incontro.ordine_del_giorno,
            "installazione": self.installazione,
        }

    def all_invitato(self, genere: str, invito: Invito, *, volta: str = "", **altro: Any) -> None:
        """To whoever holds the seats of `invito`. `volta` tells apart mails of one kind that may come back."""
        prima = invito.prima
        chi = Persona(
            invito.email,
            invito.nome,
            risposta=PARTSTAT.get(prima.risposta, "NEEDS-ACTION"),
            delegato=prima.delegato_email if prima.risposta == Convocazione.Risposta.DELEGA else "",
        )
        detti = {self.detti.get(c.adesione_id, "") for c in invito.convocazioni}
        contesto = {"convocazione": prima, "collegamento": collegamento_risposta(prima)}
        contesto["detto"] = detti.pop() if len(detti) == 1 else ""
        self._spedisci(genere, invito, chi, organizzatore(self.installazione, prima), volta, contesto | altro)

    def al_delegato(self, genere: str, delega: Invito, **altro: Any) -> None:
        """To a delegate: nothing to answer, and no address or link with which to answer for the seat."""
        chi = Persona(delega.email, delega.nome, risponde=False)
        self._spedisci(genere, delega, chi, organizzatore(self.installazione), delega.segno_delega, altro)

    def _spedisci(
        self, genere: str, invito: Invito, chi: Persona, mittente: Persona, volta: str, contesto: dict[str, Any]
    ) -> None:
        oggetto, metodo = GENERI[genere]
        contesto = self.comune | {"genere": genere, "nome": chi.nome, "seggi": invito.seggi} | contesto
        contesto |= {"piu_seggi": len(invito.convocazioni) > 1, "con_calendario": not invito.anche_invitato}
        with translation.override(settings.LANGUAGE_CODE):
            # The included parts leave empty lines behind: one is enough.
            testo = re.sub(r"\n{3,}", "\n\n", render_to_string(f"reti/email/{genere}.txt", contesto)).strip() + "\n"
            descrizione = render_to_string("reti/email/descrizione.txt", contesto).strip()
        if metodo == ANNULLAMENTO:
            descrizione = self.incontro.motivo
        evento = evento_di(self.incontro, mittente, descrizione)
        # Whoever is invited with a seat of their own has the event already: another would replace it.
        allegato = "" if invito.anche_invitato else calendario(evento, metodo=metodo, invitato=chi)
        segno = impronta(f"{invito.segno}|{volta}".encode())[:16]
        accoda(
            chiave=f"{genere}-{invito.prima.pk}-{self.incontro.sequenza}-{segno}",
            destinatario=invito.email,
            oggetto=f"{oggetto}: {self.incontro.titolo}, {self.comune['quando']}",
            testo=testo,
            allegato=allegato,
            metodo=metodo if allegato else "",
            rispondi_a=mittente.email,
            riferimento=f"incontro-{self.incontro.codice}",
        )


def spedisci_a_tutti(incontro: Incontro, genere: str, *, nuovi: frozenset[int] = frozenset()) -> int:
    """Queue one mail per invited address, and one per delegate; returns how many seats have been told.

    `nuovi`: convocations (keys) made just now, whose holders are convened instead of being told
    of a change. At a board of others only who goes for the Province is told.
    """
    busta, inviti = Busta(incontro), [] if incontro.rete.di_altri else inviti_di(incontro)
    for invito in inviti:
        mai_avvisato = genere == "aggiornamento" and nuovi.issuperset(c.pk for c in invito.convocazioni)
        busta.all_invitato("convocazione" if mai_avvisato else genere, invito)
    for delega in deleghe_di(incontro).values():
        if not delega.anche_invitato:
            busta.al_delegato("delega" if GENERI[genere][1] == RICHIESTA else genere, delega)
    return sum(len(invito.convocazioni) for invito in inviti)


@contextmanager
def delegati_avvisati(incontro: Incontro) -> Iterator[None]:
    """Around a change of answers: who becomes a delegate is invited, who no longer is hears of it (CANCEL)."""
    prima = deleghe_di(incontro)
    yield
    dopo = deleghe_di(incontro)
    if not (prima or dopo):
        return
    busta = Busta(incontro)
    for chi in prima.keys() - dopo.keys():
        busta.al_delegato("revoca", prima[chi])
    for chi, delega in dopo.items():
        if chi not in prima or prima[chi].segno_delega != delega.segno_delega:
            busta.al_delegato("delega", delega)


def mail_ai_delegati(convocazione: Convocazione) -> list[str]:
    """Address, in lower case, of every invitation that this convocation has had sent to a delegate."""
    mail = Messaggio.objects.filter(chiave__startswith=f"delega-{convocazione.pk}-")
    return [indirizzo.lower() for indirizzo in mail.values_list("destinatario", flat=True)]


def spedisci_di_nuovo(convocazione: Convocazione) -> None:
    """The invitation as it stands now (METHOD:REFRESH asks for it); at most once a day."""
    incontro = convocazione.incontro
    invito = next(i for i in inviti_di(incontro) if convocazione in i.convocazioni)
    Busta(incontro).all_invitato("convocazione", invito, volta=f"ripetuto-{oggi():%Y%m%d}")


def rispondi_alla_proposta(proposta: Proposta) -> None:
    """Tell who proposed another date that the meeting stays where it is (METHOD:DECLINECOUNTER)."""
    incontro = proposta.convocazione.incontro
    invito = next((i for i in inviti_di(incontro) if proposta.convocazione in i.convocazioni), None)
    if invito:
        proposta_quando = quando(proposta.inizio)
        Busta(incontro).all_invitato("proposta", invito, volta=f"proposta-{proposta.pk}", proposto=proposta_quando)
