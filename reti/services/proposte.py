"""Another date proposed from a calendar (METHOD:COUNTER): the coordinator moves the meeting, or doesn't (R21)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Convocazione, MessaggioRicevuto, Proposta
from reti.services.incontri import esigi_gestione, modifica_incontro
from reti.services.inviti import rispondi_alla_proposta
from reti.services.risposte import motivo_rifiuto_risposta

MASSIMO_ANTICIPO, MASSIMA_DURATA = timedelta(days=730), timedelta(hours=24)


def motivo_rifiuto_orari(inizio: datetime, fine: datetime) -> str:
    """Empty for times that a meeting may have, from now on."""
    if fine <= inizio:
        return _("L'incontro proposto finirebbe prima di cominciare.")
    if inizio <= adesso():
        return _("La data proposta è già passata.")
    if inizio > adesso() + MASSIMO_ANTICIPO or fine - inizio > MASSIMA_DURATA:
        return _("Gli orari proposti sono fuori misura: più di due anni da oggi, o più di un giorno di durata.")
    return ""


@transaction.atomic
def registra_proposta(
    *, convocazione: Convocazione, inizio: datetime, fine: datetime, nota: str, messaggio: MessaggioRicevuto
) -> Proposta:
    """Keep a proposal; the latest takes the place of one not yet examined. Raises Rifiuto for times that can't be."""
    incontro = convocazione.incontro
    if motivo := motivo_rifiuto_risposta(convocazione) or motivo_rifiuto_orari(inizio, fine):
        raise Rifiuto(motivo)
    if (inizio, fine) == (incontro.inizio, incontro.fine):
        raise Rifiuto(_("Propone la data già fissata: non c'è nulla da cambiare."))
    in_attesa = Proposta.objects.select_for_update().filter(convocazione=convocazione, esito=Proposta.Esito.ATTESA)
    proposta = in_attesa.first() or Proposta(convocazione=convocazione)
    proposta.inizio, proposta.fine, proposta.nota, proposta.messaggio = inizio, fine, nota, messaggio
    proposta.full_clean()
    proposta.save()
    annota(None, "proposta.ricevuta", proposta, incontro=incontro.pk, inizio=inizio.isoformat())
    return proposta


def _da_esaminare(utente: Any, proposta: Proposta) -> Proposta:
    """The proposal under a row lock, still waiting."""
    esigi_gestione(utente)
    righe = Proposta.objects.select_related("convocazione__incontro__rete__convocante")
    proposta = righe.select_for_update(of=("self",)).get(pk=proposta.pk)
    if proposta.esito != Proposta.Esito.ATTESA:
        raise Rifiuto(_("La proposta è già stata esaminata: %s.") % proposta.get_esito_display().lower())
    return proposta


@transaction.atomic
def accogli_proposta(*, utente: Any, proposta: Proposta) -> Proposta:
    """Move the meeting to the date that `proposta` holds: everyone invited gets the update and answers again.

    Refused when who proposed has changed the date since `proposta` was read.

    Who proposed the same date sees it accepted too. Raises PermissionDenied, Rifiuto.
    """
    letta = (proposta.inizio, proposta.fine)
    proposta = _da_esaminare(utente, proposta)
    if letta != (proposta.inizio, proposta.fine):
        raise Rifiuto(_("Nel frattempo chi proponeva ha cambiato la data: guarda quella nuova e decidi di nuovo."))
    if motivo := motivo_rifiuto_orari(proposta.inizio, proposta.fine):
        raise Rifiuto(motivo)
    if motivo := motivo_rifiuto_risposta(proposta.convocazione):
        raise Rifiuto(motivo)
    incontro = proposta.convocazione.incontro
    modifica_incontro(utente=utente, incontro=incontro, inizio=proposta.inizio, fine=proposta.fine)
    uguali = Proposta.objects.filter(
        convocazione__incontro=incontro, inizio=proposta.inizio, fine=proposta.fine, esito=Proposta.Esito.ATTESA
    )
    for uguale in uguali:
        _esamina(utente, uguale, Proposta.Esito.ACCOLTA)
    return proposta


@transaction.atomic
def respingi_proposta(*, utente: Any, proposta: Proposta) -> Proposta:
    """The meeting stays: who proposed gets METHOD:DECLINECOUNTER, once."""
    proposta = _da_esaminare(utente, proposta)
    _esamina(utente, proposta, Proposta.Esito.RESPINTA)
    if not motivo_rifiuto_risposta(proposta.convocazione):
        rispondi_alla_proposta(proposta)
    return proposta


def _esamina(utente: Any, proposta: Proposta, esito: str) -> None:
    proposta.esito = esito
    proposta.save(update_fields=["esito"])
    annota(utente, f"proposta.{esito}", proposta, incontro=proposta.convocazione.incontro_id)
