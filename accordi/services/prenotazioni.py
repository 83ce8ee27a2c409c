"""Taking the document to sign it outside: for a while nobody else may sign, so that two copies don't part ways (R10).

A hold ends by its date; no job has to run.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accordi.fiducia import fiducia_corrente
from accordi.models import Accordo, Parte, Prenotazione
from accordi.permissions import motivo_rifiuto_firma_esterna
from accordi.queries.accordi import revisione_corrente
from accordi.queries.giro import prenotazione_aperta, tempo_esaurito
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from utenti.models import Utente

TEMPO_ESAURITO = _l(
    "Nelle ultime 24 ore il documento è stato riservato al tuo ente abbastanza a lungo: adesso tocca anche agli altri. "
    "Puoi scaricarlo, firmarlo e ricaricarlo lo stesso: il file vale, se intanto nessun altro ha firmato."
)


@transaction.atomic
def prendi_documento(*, utente: Utente, parte: Parte) -> Prenotazione:
    """Hold the current document for `parte` for settings.PRENOTAZIONE_MINUTI; who holds it already keeps its hold.

    Raises PermissionDenied (no powers, not on turn, others hold it, no fiscal
    code) and Rifiuto (no trust anchors here, so that no signature could be
    accepted; held so long in a day that the others must have their turn).
    """
    parte = _blocca(utente, parte)
    if not fiducia_corrente().ancore:
        raise Rifiuto(_("Su questa piattaforma non sono ancora registrate le autorità di firma: avvisa la Provincia."))
    if presa := prenotazione_aperta(parte.accordo):
        return presa
    if tempo_esaurito(parte):
        raise Rifiuto(TEMPO_ESAURITO)
    revisione, ora = revisione_corrente(parte.accordo), adesso()
    Prenotazione.objects.filter(versione=revisione.versione, chiusa_il__isnull=True).update(chiusa_il=ora)
    presa = Prenotazione(
        parte=parte,
        versione=revisione.versione,
        utente=utente,
        impronta=revisione.impronta,
        presa_il=ora,
        scade_il=ora + _durata(),
    )
    presa.full_clean()
    presa.save()
    annota(utente, "accordo.documento_preso", parte.accordo, parte=parte.soggetto.slug, impronta=presa.impronta)
    return presa


@transaction.atomic
def prolunga_prenotazione(*, utente: Utente, parte: Parte) -> Prenotazione:
    """As long again, once. Raises PermissionDenied and Rifiuto (no hold, prolonged already)."""
    parte = _blocca(utente, parte)
    presa = _la_tua(utente, parte)
    if not prolungabile(presa):
        raise Rifiuto(_("Il tempo si prolunga una volta sola: lascia il documento, così gli altri possono firmare."))
    presa.scade_il += _durata()
    presa.save(update_fields=["scade_il"])
    annota(utente, "accordo.documento_prolungato", parte.accordo, parte=parte.soggetto.slug)
    return presa


@transaction.atomic
def lascia_documento(*, utente: Utente, parte: Parte) -> None:
    """End the hold before its time. Raises PermissionDenied and Rifiuto (no hold)."""
    parte = _blocca(utente, parte)
    presa = _la_tua(utente, parte)
    presa.chiusa_il = adesso()
    presa.save(update_fields=["chiusa_il"])
    annota(utente, "accordo.documento_lasciato", parte.accordo, parte=parte.soggetto.slug)


def prolungabile(presa: Prenotazione) -> bool:
    """It has only its first time."""
    return presa.scade_il - presa.presa_il <= _durata()


def _durata() -> timedelta:
    return timedelta(minutes=settings.PRENOTAZIONE_MINUTI)


def _blocca(utente: Utente, parte: Parte) -> Parte:
    accordo = Accordo.objects.select_for_update().get(pk=parte.accordo_id)
    parte = accordo.parti.select_related("soggetto").get(pk=parte.pk)
    parte.accordo = accordo
    if motivo := motivo_rifiuto_firma_esterna(utente, parte):
        raise PermissionDenied(motivo)
    return parte


def _la_tua(utente: Utente, parte: Parte) -> Prenotazione:
    presa = prenotazione_aperta(parte.accordo)
    if presa is None:
        raise Rifiuto(_("Il documento non è più riservato a te: se vuoi firmarlo, prendilo di nuovo."))
    return presa
