"""Choosing the date with a poll: opened, answered, reminded, closed with the invitations (R23)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from core.transizioni import transita
from reti.models import Convocazione, Disponibilita, Fascia, Incontro, Interpellato, Rete, Sondaggio
from reti.permissions import motivo_rifiuto_gestisci_incontri, motivo_rifiuto_rispondi
from reti.queries.incontri import seggi_delle_reti
from reti.queries.sondaggi import fasce_di, motivo_rifiuto_disponibilita
from reti.services.congiunti import pretendi_costituite, pretendi_unibili
from reti.services.incontri import convoca_incontro, crea_incontro, esigi_gestione
from reti.services.mail_sondaggi import annuncia, sollecitato_oggi, spedisci
from reti.stati import TRANSIZIONI_SONDAGGIO, StatoSondaggio

MASSIMO_FASCE = 30
CAMPI = ("titolo", "modalita", "luogo", "collegamento", "ordine_del_giorno")
Tempo = tuple[datetime, datetime]


def blocca_sondaggio(sondaggio: Sondaggio) -> Sondaggio:
    """The poll read again under a row lock, with its board."""
    righe = Sondaggio.objects.select_related("rete__convocante", "incontro").select_for_update(of=("self",))
    return righe.get(pk=sondaggio.pk)


def _pretendi_le_fasce(fasce: Sequence[Tempo], entro: datetime) -> None:
    if not 2 <= len(fasce) <= MASSIMO_FASCE:
        raise Rifiuto(_("Proponi da 2 a %d fasce.") % MASSIMO_FASCE)
    if len(set(fasce)) < len(fasce):
        raise Rifiuto(_("Due fasce sono uguali: togline una."))
    if any(fine <= inizio for inizio, fine in fasce):
        raise Rifiuto(_("La fine di ogni fascia deve venire dopo l'inizio."))
    if entro <= adesso():
        raise Rifiuto(_("Il termine per rispondere è già passato: spostalo in avanti."))
    if entro >= min(inizio for inizio, _fine in fasce):
        raise Rifiuto(_("Il termine per rispondere deve venire prima della prima fascia."))


@transaction.atomic
def apri_sondaggio(
    *, utente: Any, rete: Rete, fasce: Iterable[Tempo], entro: datetime, altre_reti: Iterable[Rete] = (), **altro: Any
) -> Sondaggio:
    """Open a poll and ask, by a personal link, every seat of the boards that is valid in some slot.

    `fasce`: aware (start, end); `altro`: CAMPI. Raises PermissionDenied, Rifiuto (a board of others,
    a committee not constituted, fewer than two slots or slots alike, a term past or after the first
    slot, no seat to ask).
    """
    esigi_gestione(utente)
    fasce, altre = sorted(fasce), list(altre_reti)
    if rete.di_altri:
        raise Rifiuto(_("La data la sceglie chi convoca: il sondaggio si fa per i tavoli della Provincia."))
    pretendi_unibili(rete, altre)
    pretendi_costituite([rete, *altre])
    _pretendi_le_fasce(fasce, entro)
    sondaggio = Sondaggio(rete=rete, entro=entro, creato_da=utente, **{c: altro[c] for c in CAMPI if c in altro})
    sondaggio.full_clean()
    sondaggio.save()
    sondaggio.altre_reti.set(altre)
    Fascia.objects.bulk_create(Fascia(sondaggio=sondaggio, inizio=inizio, fine=fine) for inizio, fine in fasce)
    seggi = seggi_delle_reti([rete, *altre], {timezone.localdate(inizio) for inizio, _fine in fasce})
    interpellati = [Interpellato(sondaggio=sondaggio, adesione=s, email=s.indirizzo_email) for s in seggi]
    if not interpellati:
        raise Rifiuto(_("Nessun seggio è valido in quelle date: aggiungi i seggi al tavolo e riprova."))
    for interpellato in interpellati:
        interpellato.full_clean()
        interpellato.save()
    annota(utente, "sondaggio.aperto", sondaggio, fasce=len(fasce), interpellati=len(interpellati))
    spedisci(sondaggio, "sondaggio")
    return sondaggio


def _motivo_permesso(utente: Any, interpellato: Interpellato, via: str) -> str:
    """The link is proved by its secret; the other two ways by the person."""
    if via == Convocazione.Via.AREA:
        return motivo_rifiuto_rispondi(utente, interpellato)
    return motivo_rifiuto_gestisci_incontri(utente) if via == Convocazione.Via.UFFICIO else ""


def _pretendi_i_valori(interpellato: Interpellato, valori: Mapping[int, str]) -> None:
    """One of yes, if needed, no for each slot of this poll in which the seat is valid; nothing else."""
    if set(valori) != {fascia.pk for fascia in fasce_di(interpellato)}:
        raise Rifiuto(_("Le fasce non sono quelle di questo sondaggio: riapri la pagina e rispondi a tutte."))
    if set(valori.values()) - set(Disponibilita.Valore.values):
        raise Rifiuto(_("Per ogni fascia scegli sì, se necessario oppure no."))


@transaction.atomic
def rispondi_sondaggio(
    *, interpellato: Interpellato, valori: Mapping[int, str], via: str, nota: str = "", utente: Any = None
) -> Interpellato:
    """Record what a seat says of every slot (primary key → si, forse, no); the same answer again changes nothing.

    Until the term for whoever is asked; the office records one given by voice until the poll is closed.
    Raises PermissionDenied, Rifiuto (closed, past the term, slots of another poll, a slot without answer).
    """
    sondaggio = blocca_sondaggio(interpellato.sondaggio)
    interpellato = Interpellato.objects.select_related("adesione__soggetto").get(pk=interpellato.pk)
    interpellato.sondaggio = sondaggio
    if motivo := _motivo_permesso(utente, interpellato, via):
        raise PermissionDenied(motivo)
    if motivo := motivo_rifiuto_disponibilita(sondaggio, ufficio=via == Convocazione.Via.UFFICIO):
        raise Rifiuto(motivo)
    _pretendi_i_valori(interpellato, valori)
    nota = nota.strip()
    if interpellato.nota == nota and valori == dict(interpellato.disponibilita.values_list("fascia", "valore")):
        return interpellato
    for fascia, valore in valori.items():
        Disponibilita.objects.update_or_create(interpellato=interpellato, fascia_id=fascia, defaults={"valore": valore})
    interpellato.risposto_il, interpellato.nota = adesso(), nota
    interpellato.full_clean()
    interpellato.save()
    conti = {v: list(valori.values()).count(v) for v in Disponibilita.Valore.values}
    annota(utente, "sondaggio.risposta", interpellato, via=via, sondaggio=sondaggio.codice, **conti)
    return interpellato


@transaction.atomic
def sollecita_sondaggio(*, utente: Any, sondaggio: Sondaggio) -> int:
    """Remind those who haven't answered, once a day; returns how many mails.

    Raises PermissionDenied, Rifiuto (closed, past the term, already today, nobody to remind).
    """
    esigi_gestione(utente)
    sondaggio = blocca_sondaggio(sondaggio)
    if motivo := motivo_rifiuto_disponibilita(sondaggio):
        raise Rifiuto(motivo)
    if sollecitato_oggi(sondaggio):
        raise Rifiuto(_("Un sollecito è già partito oggi: riprova domani."))
    quanti = spedisci(sondaggio, "sollecito")
    if not quanti:
        raise Rifiuto(_("Nessuno da sollecitare: chi non ha risposto non ha un indirizzo email."))
    annota(utente, "sondaggio.sollecitato", sondaggio, mail=quanti)
    return quanti


@transaction.atomic
def chiudi_sondaggio(*, utente: Any, sondaggio: Sondaggio, fascia: Fascia) -> Incontro:
    """Choose a slot: the meeting is made with its agenda and boards, convened, and tied to the poll.

    Answers start as waiting: availability isn't an answer to a convocation, and no record says what nobody
    said; the invitation reminds what each seat had told. Raises PermissionDenied, Rifiuto (closed already,
    slot of another poll or past, committee not constituted, no seat that day).
    """
    esigi_gestione(utente)
    sondaggio = blocca_sondaggio(sondaggio)
    if sondaggio.stato != StatoSondaggio.APERTO:
        raise Rifiuto(_("Il sondaggio è già %s.") % sondaggio.get_stato_display().lower())
    if fascia.sondaggio_id != sondaggio.pk:
        raise Rifiuto(_("La fascia non è di questo sondaggio: riapri la pagina e scegli di nuovo."))
    if fascia.inizio <= adesso():
        raise Rifiuto(_("Questa fascia è già passata: scegline un'altra, o annulla il sondaggio."))
    incontro = crea_incontro(
        utente=utente,
        rete=sondaggio.rete,
        inizio=fascia.inizio,
        fine=fascia.fine,
        altre_reti=list(sondaggio.altre_reti.select_related("convocante")),
        **{c: getattr(sondaggio, c) for c in CAMPI},
    )
    sondaggio.incontro = incontro
    dati = {"incontro": incontro.codice, "fascia": fascia.inizio.isoformat()}
    _sposta(sondaggio, StatoSondaggio.CHIUSO, utente, dati)
    return convoca_incontro(utente=utente, incontro=incontro)


def _sposta(sondaggio: Sondaggio, stato: StatoSondaggio, utente: Any, dati: dict[str, Any]) -> None:
    azione = f"sondaggio.{stato}"
    transita(sondaggio, stato, tabella=TRANSIZIONI_SONDAGGIO, utente=utente, azione=azione, dati=dati)


@transaction.atomic
def annulla_sondaggio(*, utente: Any, sondaggio: Sondaggio, motivo: str) -> Sondaggio:
    """Cancel the poll and tell those asked, once, with the reason. Raises PermissionDenied, Rifiuto."""
    esigi_gestione(utente)
    sondaggio = blocca_sondaggio(sondaggio)
    motivo = motivo.strip()
    if not motivo:
        raise Rifiuto(_("Scrivi il motivo: gli interpellati lo leggono nella mail."))
    _sposta(sondaggio, StatoSondaggio.ANNULLATO, utente, {"motivo": motivo})
    annuncia(sondaggio, "sondaggio_annullato", motivo)
    return sondaggio
