"""Life of a meeting: created, convened, changed, postponed, cancelled (R20)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from core.transizioni import transita
from reti.models import Adesione, Convocazione, Incontro, Rete
from reti.permissions import motivo_rifiuto_gestisci_incontri
from reti.queries.collegio import reti_di
from reti.queries.incontri import seggi_da_invitare
from reti.services.congiunti import pretendi_costituite, unisci_reti
from reti.services.indirizzi import riallinea_indirizzi
from reti.services.inviti import spedisci_a_tutti
from reti.services.ordine_del_giorno import scrivi_ordine_del_giorno
from reti.services.risposte import azzera_risposte
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro

CAMPI = ("titolo", "inizio", "fine", "modalita", "luogo", "collegamento")
MODIFICABILI = (StatoIncontro.BOZZA, StatoIncontro.CONVOCATO, StatoIncontro.RINVIATO)


def esigi_gestione(utente: Any) -> None:
    """Raise PermissionDenied, with the reason, when `utente` may not manage meetings."""
    if motivo := motivo_rifiuto_gestisci_incontri(utente):
        raise PermissionDenied(motivo)


def blocca(incontro: Incontro) -> Incontro:
    """The meeting read again under a row lock, with its rete and who convenes it."""
    righe = Incontro.objects.select_related("rete__convocante").select_for_update(of=("self",))
    return righe.get(pk=incontro.pk)


def _salva(incontro: Incontro) -> None:
    if incontro.fine <= incontro.inizio:
        raise Rifiuto(_("La fine deve venire dopo l'inizio: correggi gli orari."))
    incontro.aggiornato = adesso()
    incontro.full_clean()
    incontro.save()


@transaction.atomic
def crea_incontro(*, utente: Any, rete: Rete, titolo: str, inizio: datetime, fine: datetime, **altro: Any) -> Incontro:
    """Create a draft meeting; nobody is told.

    `altro`: modalita, luogo, collegamento, serie, ordine_del_giorno (one item a line), altre_reti (joint meeting).
    Raises PermissionDenied, Rifiuto (times reversed, a board of others among those joined).
    """
    esigi_gestione(utente)
    incontro = Incontro(
        rete=rete,
        titolo=titolo,
        inizio=inizio,
        fine=fine,
        creato_da=utente,
        **{c: v for c, v in altro.items() if c in (*CAMPI, "serie")},
    )
    _salva(incontro)
    unisci_reti(incontro, altro.get("altre_reti", ()))
    scrivi_ordine_del_giorno(incontro, altro.get("ordine_del_giorno", ""))
    annota(utente, "incontro.creato", incontro)
    return incontro


def _invita_i_seggi(incontro: Incontro, scelti: Iterable[Adesione] | None = None) -> frozenset[int]:
    """One convocation per seat valid on the meeting's day; earlier ones stay. Returns the keys of the new ones.

    `scelti` are the only ones to invite, now and when the meeting changes.
    """
    gia_invitati = set(incontro.convocazioni.values_list("adesione_id", flat=True))
    ammessi = None if scelti is None and not incontro.solo_invitati else {s.pk for s in scelti or ()}
    nuove = []
    for seggio in seggi_da_invitare(incontro):
        if seggio.pk not in gia_invitati and (ammessi is None or seggio.pk in ammessi):
            convocazione = Convocazione(incontro=incontro, adesione=seggio, email=seggio.indirizzo_email)
            convocazione.full_clean()
            convocazione.save()
            nuove.append(convocazione.pk)
    return frozenset(nuove)


def _pretendi_convocabile(incontro: Incontro) -> None:
    pretendi_costituite(reti_di(incontro))
    if not incontro.rete.di_altri and incontro.inizio <= adesso():
        raise Rifiuto(_("La data dell'incontro è già passata: spostala in avanti e convoca di nuovo."))


@transaction.atomic
def convoca_incontro(*, utente: Any, incontro: Incontro, seggi: Iterable[Adesione] | None = None) -> Incontro:
    """Invite every seat of the boards that meet, valid on that day: one mail each, with calendar and personal link.

    `seggi`: only these of them, for this meeting's whole life.

    From a draft, or again after a postponement (the sequence rises). A meeting of a
    board of others invites the Province's seat only, sends nothing, and may lie in the past.
    Raises PermissionDenied, Rifiuto (past date, no seat, committee not constituted, wrong state).
    """
    esigi_gestione(utente)
    incontro = blocca(incontro)
    _pretendi_convocabile(incontro)
    if incontro.stato == StatoIncontro.RINVIATO:
        incontro.sequenza += 1
        incontro.motivo = ""
        azzera_risposte(incontro, avvisa=False)
        riallinea_indirizzi(incontro, avvisa=False)
    incontro.aggiornato = adesso()
    incontro.solo_invitati = incontro.solo_invitati or seggi is not None
    transita(
        incontro, StatoIncontro.CONVOCATO, tabella=TRANSIZIONI_INCONTRO, utente=utente, azione="incontro.convocato"
    )
    _invita_i_seggi(incontro, seggi)
    if not incontro.convocazioni.exists():
        raise Rifiuto(_("Nessun seggio è valido in quella data: aggiungi i seggi al tavolo e convoca di nuovo."))
    spedisci_a_tutti(incontro, "convocazione")
    return incontro


@transaction.atomic
def modifica_incontro(*, utente: Any, incontro: Incontro, **campi: Any) -> Incontro:
    """Change a meeting; once convened, the sequence rises and everyone gets the update.

    A new date also asks the answer again, and invites seats that became valid. Unchanged
    values do nothing. Raises Rifiuto when the meeting is held, minuted or cancelled.
    """
    esigi_gestione(utente)
    incontro = blocca(incontro)
    if incontro.stato not in MODIFICABILI:
        raise Rifiuto(_("Un incontro svolto o annullato non si modifica più."))
    cambiati = [c for c in CAMPI if c in campi and getattr(incontro, c) != campi[c]]
    if "ordine_del_giorno" in campi and scrivi_ordine_del_giorno(incontro, campi["ordine_del_giorno"]):
        cambiati.append("ordine_del_giorno")
    if "altre_reti" in campi and unisci_reti(incontro, campi["altre_reti"]):
        cambiati.append("altre_reti")
    if not cambiati:
        return incontro
    for campo in set(cambiati) & set(CAMPI):
        setattr(incontro, campo, campi[campo])
    convocato = incontro.stato == StatoIncontro.CONVOCATO
    if convocato:
        _pretendi_convocabile(incontro)
        incontro.sequenza += 1
    _salva(incontro)
    annota(utente, "incontro.modificato", incontro, campi=cambiati, sequenza=incontro.sequenza)
    if convocato:
        if {"inizio", "fine"} & set(cambiati):
            azzera_risposte(incontro)
        spedisci_a_tutti(incontro, "aggiornamento", nuovi=_invita_i_seggi(incontro))
    return incontro


def _togli_dai_calendari(incontro: Incontro, utente: Any, stato: str, motivo: str, genere: str) -> Incontro:
    """Move a meeting to `stato` with its reason; those who were invited get a CANCEL, with a higher sequence."""
    if not motivo.strip():
        raise Rifiuto(_("Scrivi il motivo: gli invitati lo leggono nella mail."))
    invitati = incontro.convocazioni.exists()
    incontro.motivo = motivo.strip()
    incontro.sequenza += invitati
    incontro.aggiornato = adesso()
    transita(
        incontro,
        stato,
        tabella=TRANSIZIONI_INCONTRO,
        utente=utente,
        azione=f"incontro.{stato}",
        dati={"motivo": incontro.motivo},
    )
    if invitati:
        spedisci_a_tutti(incontro, genere)
    return incontro


@transaction.atomic
def rinvia_incontro(*, utente: Any, incontro: Incontro, motivo: str) -> Incontro:
    """Postpone without a date: calendars drop it; change the date and convene again with the same UID."""
    esigi_gestione(utente)
    return _togli_dai_calendari(blocca(incontro), utente, StatoIncontro.RINVIATO, motivo, "rinvio")


@transaction.atomic
def annulla_incontro(*, utente: Any, incontro: Incontro, motivo: str) -> Incontro:
    """Cancel for good; whoever was invited gets one METHOD:CANCEL, a draft tells nobody."""
    esigi_gestione(utente)
    return _togli_dai_calendari(blocca(incontro), utente, StatoIncontro.ANNULLATO, motivo, "annullamento")
