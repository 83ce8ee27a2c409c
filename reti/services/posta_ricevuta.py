"""Mail read from the mailbox of answers: what it asks is done or refused, and it's kept and explained either way (R21).

Proof of who answers is the secret address to which the mail was sent, which only the
invited person knows; the calendar inside must then speak of that meeting and of that person.
"""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.models import COLLEGAMENTO_PERSONALE
from core.orologio import adesso
from core.registro import annota
from reti.ical_lettura import CalendarioLetto, LetturaImpossibile, Partecipante, leggi_calendario
from reti.models import Convocazione, MessaggioRicevuto, Proposta
from reti.posta_lettura import MessaggioLetto, leggi_messaggio, leggi_solo_intestazioni
from reti.queries.inviti import stesso_invito
from reti.services.incontri import esigi_gestione
from reti.services.inviti import spedisci_di_nuovo
from reti.services.proposte import registra_proposta
from reti.services.risposte import motivo_rifiuto_risposta, rispondi

diario = logging.getLogger(__name__)
Esito = MessaggioRicevuto.Esito
# How far ahead the sender's clock may run; characters of a note that are kept.
OROLOGIO_AVANTI, MASSIMA_NOTA = timedelta(hours=1), 1_000
RECAPITO = re.compile(r"\+([0-9a-f]{32})@", re.ASCII)
RISPOSTE = {
    "ACCEPTED": Convocazione.Risposta.SI,
    "DECLINED": Convocazione.Risposta.NO,
    "TENTATIVE": Convocazione.Risposta.FORSE,
    "DELEGATED": Convocazione.Risposta.DELEGA,
}


def ricevi(contenuto: bytes, *, dimensione: int = 0) -> MessaggioRicevuto:
    """Keep one message and do what it asks; the same bytes again change nothing.

    `dimensione` (bytes) when larger than `contenuto`: only the headers were read. Whatever the
    message holds this returns a row, with the reason when it was refused; only faults of the
    database or of the storage are raised, and then nothing was written.
    """
    segno = impronta(b"%d\n" % dimensione + contenuto if dimensione > len(contenuto) else contenuto)
    if gia_letto := MessaggioRicevuto.objects.filter(impronta=segno).first():
        return gia_letto
    # Taken apart before the transaction: a text made to be slow must not hold the database.
    return _registra(segno, contenuto, dimensione, *_leggi(contenuto, dimensione))


@transaction.atomic
def _registra(segno: str, contenuto: bytes, dimensione: int, mail: MessaggioLetto, motivo: str) -> MessaggioRicevuto:
    messaggio = MessaggioRicevuto(
        impronta=segno,
        mittente=mail.mittente[:320],
        destinatario=next((d for d in mail.destinatari if RECAPITO.search(d)), "".join(mail.destinatari[:1]))[:320],
        oggetto=mail.oggetto[:255],
        dimensione=max(dimensione, len(contenuto)),
        esito=Esito.RIFIUTATO,
        motivo=motivo,
    )
    messaggio.originale.save(f"{segno}.eml", ContentFile(contenuto[: settings.CASELLA_MASSIMO_MESSAGGIO]), save=False)
    messaggio.save()
    if not motivo:
        messaggio.esito, messaggio.motivo = _prova(messaggio, mail)
    messaggio.save()
    annota(None, "posta.ricevuta", messaggio, esito=str(messaggio.esito), convocazione=messaggio.convocazione_id)
    return messaggio


def _leggi(contenuto: bytes, dimensione: int) -> tuple[MessaggioLetto, str]:
    """The message, and why its body isn't read ("" when it is)."""
    massimo = settings.CASELLA_MASSIMO_MESSAGGIO
    if max(dimensione, len(contenuto)) > massimo:
        frase = _(
            "Il messaggio è troppo grande (%(kb)d kB, il limite è %(massimo)d): se ne conserva l'inizio. "
            "Se contiene una risposta, chiedila al mittente e registrala a mano."
        )
        motivo = frase % {"kb": max(dimensione, len(contenuto)) // 1000, "massimo": massimo // 1000}
        return leggi_solo_intestazioni(contenuto[:massimo]), motivo
    try:
        return leggi_messaggio(contenuto, massimo=massimo), ""
    except LetturaImpossibile as rifiuto:
        return leggi_solo_intestazioni(contenuto), rifiuto.frase


def _prova(messaggio: MessaggioRicevuto, mail: MessaggioLetto) -> tuple[str, str]:
    """(outcome, explanation); a refusal undoes what the message had begun."""
    try:
        with transaction.atomic():
            return _applica(messaggio, mail)
    except ValidationError as rifiuto:
        return Esito.RIFIUTATO, " ".join(rifiuto.messages)
    except (DatabaseError, OSError):
        raise
    except Exception:  # noqa: BLE001  a hostile message, whatever it breaks, must not stop those behind it
        diario.exception("Messaggio %s non trattato", messaggio.impronta)
        return Esito.RIFIUTATO, _("Il programma non è riuscito a trattare il messaggio: leggilo e rispondi a mano.")


def _applica(messaggio: MessaggioRicevuto, mail: MessaggioLetto) -> tuple[str, str]:
    messaggio.convocazione = convocazione = _convocazione(mail)
    letto = _calendario(mail)
    if letto.metodo not in ("REPLY", "COUNTER", "REFRESH"):
        raise Rifiuto(_("Il calendario allegato non è una risposta (%s).") % (letto.metodo[:20] or _("senza metodo")))
    if letto.uid != convocazione.incontro.uid:
        raise Rifiuto(_("Il calendario parla di un altro incontro: la risposta non vale per questo."))
    chi = _chi_risponde(convocazione, letto)
    if letto.metodo == "REFRESH":
        if motivo := motivo_rifiuto_risposta(convocazione):
            raise Rifiuto(motivo)
        spedisci_di_nuovo(convocazione)
        return Esito.ACCOLTO, _("Chiedeva l'invito aggiornato: è stato spedito di nuovo.")
    _pretendi_attuale(convocazione, letto)
    if letto.metodo == "COUNTER":
        return _proponi(messaggio, convocazione, letto, mail)
    if chi.email != convocazione.email.lower():
        return _dal_delegato(convocazione, chi)
    return _rispondi(convocazione, letto, chi)


def _convocazione(mail: MessaggioLetto) -> Convocazione:
    """The one whose secret address is among the recipients, locked with those of the same invitation."""
    recapiti = {m[1] for d in mail.destinatari if (m := RECAPITO.search(d))}
    if not recapiti:
        raise Rifiuto(_("Il messaggio non è indirizzato al recapito personale di nessuna convocazione."))
    trovate = list(Convocazione.objects.filter(recapito__in=recapiti))
    if not trovate:
        raise Rifiuto(
            _("Il recapito personale non esiste o non vale più: il messaggio è contraffatto, o l'invito è cambiato.")
        )
    if len(trovate) > 1:
        raise Rifiuto(_("Il messaggio è indirizzato a più convocazioni insieme: non si sa per quale risponde."))
    # Locks in one order, then a fresh look at the meeting.
    list(stesso_invito(trovate[0]).select_for_update().order_by("pk"))
    return Convocazione.objects.select_related("incontro__rete__convocante", "adesione__soggetto").get(pk=trovate[0].pk)


def _calendario(mail: MessaggioLetto) -> CalendarioLetto:
    if not mail.calendari and mail.automatico:
        raise Rifiuto(_("È un messaggio automatico (assenza, mancato recapito): l'indirizzo potrebbe non funzionare."))
    if not mail.calendari:
        raise Rifiuto(_("Il messaggio non viene da un programma di calendario: leggilo e registra la risposta a mano."))
    if len(mail.calendari) > 1:
        raise Rifiuto(_("Il messaggio porta più calendari diversi: non si sa quale vale."))
    return leggi_calendario(mail.calendari[0])


def _chi_risponde(convocazione: Convocazione, letto: CalendarioLetto) -> Partecipante:
    """The invited person, else their delegate, among those that the calendar names."""
    for ammesso in (convocazione.email.lower(), convocazione.delegato_email.lower()):
        if ammesso and (chi := next((p for p in letto.partecipanti if p.email == ammesso), None)):
            return chi
    nominati = ", ".join(p.email[:80] for p in letto.partecipanti[:3]) or _("nessuno")
    frase = _("Risponde %(chi)s, ma l'invito era per %(invitato)s. Se è la stessa persona registra la risposta a mano.")
    raise Rifiuto(frase % {"chi": nominati, "invitato": convocazione.email})


def _pretendi_attuale(convocazione: Convocazione, letto: CalendarioLetto) -> None:
    """Neither about an earlier version of the meeting, nor older than the answer we have, nor from the future."""
    if letto.sequenza < convocazione.incontro.sequenza:
        raise Rifiuto(_("Risponde a una versione superata dell'invito: nel frattempo l'incontro è cambiato."))
    if letto.timbro is None:
        raise Rifiuto(_("Il calendario non dice quando è stato scritto (manca DTSTAMP)."))
    if letto.timbro > adesso() + OROLOGIO_AVANTI:
        raise Rifiuto(_("Il calendario è datato nel futuro: l'orologio di chi risponde è sbagliato, o è un falso."))
    if convocazione.risposta_il and letto.timbro <= convocazione.risposta_il:
        raise Rifiuto(_("È già registrata una risposta più recente: questa è una copia, o è arrivata tardi."))


def _rispondi(convocazione: Convocazione, letto: CalendarioLetto, chi: Partecipante) -> tuple[str, str]:
    if chi.risposta not in RISPOSTE:
        raise Rifiuto(_("Il calendario non dice né sì né no (%s).") % (chi.risposta[:20] or _("senza risposta")))
    convocazione = rispondi(
        convocazione=convocazione,
        risposta=RISPOSTE[chi.risposta],
        via=Convocazione.Via.CALENDARIO,
        data_il=letto.timbro,
        **(_delegato(letto, chi) if chi.risposta == "DELEGATED" else {}),
    )
    return Esito.ACCOLTO, _("Risposta registrata: %s.") % convocazione.get_risposta_display()


def _delegato(letto: CalendarioLetto, chi: Partecipante) -> dict[str, str]:
    """Name (else address) and address of the first delegate that the answer names."""
    if not chi.delegato_a:
        raise Rifiuto(_("Dice che manda un delegato ma non dice chi: chiedilo e registra la risposta a mano."))
    email = chi.delegato_a[0]
    try:
        validate_email(email)
    except ValidationError:
        raise Rifiuto(_("L'indirizzo del delegato non è valido: chiedilo e registra la risposta a mano."))
    nomi = (p.nome for p in letto.partecipanti if p.email == email and p.nome)
    return {"delegato": next(nomi, email)[:160], "delegato_email": email}


def _dal_delegato(convocazione: Convocazione, chi: Partecipante) -> tuple[str, str]:
    """A delegate comes or not, but doesn't answer for the seat."""
    if chi.risposta == "ACCEPTED":
        return Esito.ACCOLTO, _("Il delegato %s conferma che partecipa.") % convocazione.delegato
    frase = _("Il delegato %s non conferma che partecipa. La risposta del seggio non cambia: avvisa il titolare.")
    raise Rifiuto(frase % convocazione.delegato)


def _proponi(
    messaggio: MessaggioRicevuto, convocazione: Convocazione, letto: CalendarioLetto, mail: MessaggioLetto
) -> tuple[str, str]:
    if letto.inizio is None or letto.tutto_il_giorno or letto.ricorrente:
        raise Rifiuto(_("Propone un'altra data ma senza un giorno e un'ora precisi: leggi il messaggio."))
    ultima = Proposta.objects.filter(convocazione=convocazione).exclude(messaggio=None).first()
    if ultima and (sua := _timbro(ultima.messaggio)) and sua >= letto.timbro:
        raise Rifiuto(_("È già arrivata una proposta più recente: questa è una copia, o è arrivata tardi."))
    incontro = convocazione.incontro
    registra_proposta(
        convocazione=convocazione,
        inizio=letto.inizio,
        fine=letto.fine or letto.inizio + (incontro.fine - incontro.inizio),
        nota=COLLEGAMENTO_PERSONALE.sub(r"\1…", letto.commento or mail.testo).strip()[:MASSIMA_NOTA],
        messaggio=messaggio,
    )
    return Esito.PROPOSTA, _("Propone un'altra data: la trovi nella pagina dell'incontro.")


def _timbro(messaggio: MessaggioRicevuto) -> datetime | None:
    """DTSTAMP of a proposal received before, from the message as it was kept; None when it's no longer there."""
    try:
        with messaggio.originale.open("rb") as file:
            return leggi_calendario(leggi_messaggio(file.read()).calendari[0]).timbro
    except (FileNotFoundError, LetturaImpossibile):
        return None


@transaction.atomic
def segna_visto(*, utente: Any, messaggio: MessaggioRicevuto) -> MessaggioRicevuto:
    """A coordinator has read it: it leaves the desk. Again changes nothing. Raises PermissionDenied."""
    esigi_gestione(utente)
    messaggio = MessaggioRicevuto.objects.select_for_update().get(pk=messaggio.pk)
    if messaggio.visto_il is None:
        messaggio.visto_da, messaggio.visto_il = utente, adesso()
        messaggio.save(update_fields=["visto_da", "visto_il"])
        annota(utente, "posta.vista", messaggio)
    return messaggio
