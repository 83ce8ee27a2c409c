"""Verbs of the Province on a presented application (L. 241/1990 artt. 2, 5, 6 and 10-bis)."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Istanza, Sospensione
from accordi.permissions import motivo_rifiuto_istruisce
from accordi.queries.preavvisi import manca_al_rigetto, preavviso_di
from accordi.services.accordi import crea_accordo
from accordi.services.istanze import bloccata, chiudi_sospensioni, esigi_senza_accordo
from accordi.services.notifiche import scrivi_ai_referenti
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota
from core.termini import scadenza
from core.transizioni import transita
from utenti.models import Utente


def _da_istruire(utente: Utente, istanza: Istanza) -> Istanza:
    istanza = bloccata(istanza)
    if motivo := motivo_rifiuto_istruisce(utente, istanza):
        raise PermissionDenied(motivo)
    return istanza


def _passa(istanza: Istanza, nuovo: str, utente: Utente, azione: str, **dati: str) -> None:
    transita(istanza, nuovo, tabella=TRANSIZIONI_ISTANZA, utente=utente, azione=azione, dati=dati)


@transaction.atomic
def prendi_in_carico(*, utente: Utente, istanza: Istanza) -> Istanza:
    """Open the examination; who does it becomes the person responsible (art. 5). Tells the applicant who it is."""
    istanza = _da_istruire(utente, istanza)
    istanza.responsabile = utente
    _passa(istanza, StatoIstanza.ISTRUTTORIA, utente, "istanza.presa_in_carico")
    scrivi_ai_referenti(istanza, "in_carico", oggetto=_("La tua istanza è in istruttoria: %s") % istanza.avviso)
    return istanza


@transaction.atomic
def chiedi_integrazione(*, utente: Utente, istanza: Istanza, richiesta: str) -> Sospensione:
    """Ask for what is missing: a suspension opens today, and the applicant is told what to send."""
    istanza = _da_istruire(utente, istanza)
    _passa(istanza, StatoIstanza.INTEGRAZIONE, utente, "istanza.integrazione_chiesta", richiesta=richiesta)
    sospensione = Sospensione(istanza=istanza, dal=oggi(), richiesta=richiesta)
    sospensione.full_clean()
    sospensione.save()
    scrivi_ai_referenti(
        istanza,
        "integrazione",
        oggetto=_("Serve un'integrazione alla tua istanza: %s") % istanza.avviso,
        n=istanza.sospensioni.count(),
        richiesta=richiesta,
    )
    return sospensione


@transaction.atomic
def ammetti_istanza(*, utente: Utente, istanza: Istanza, motivi: str = "") -> Accordo:
    """Admit the application and draft its agreement, which is returned; the applicant is told."""
    istanza = _da_istruire(utente, istanza)
    chiudi_sospensioni(istanza)
    istanza.esito_il, istanza.esito_motivi = adesso(), motivi
    _passa(istanza, StatoIstanza.AMMESSA, utente, "istanza.ammessa", motivi=motivi)
    accordo = crea_accordo(utente=utente, istanza=istanza)
    scrivi_ai_referenti(istanza, "ammessa", oggetto=_("Istanza ammessa: %s") % istanza.avviso)
    return accordo


@transaction.atomic
def preavvisa_rigetto(*, utente: Utente, istanza: Istanza, motivi: str) -> Sospensione:
    """Tell the applicant why the application is about to be rejected (art. 10-bis): the term stands still
    from today to the last day for observations. Once per application, while it is examined.
    """
    istanza = _da_istruire(utente, istanza)
    if istanza.stato != StatoIstanza.ISTRUTTORIA:
        raise Rifiuto(_("Il preavviso si manda durante l'istruttoria: ricarica la pagina."))
    if prima := preavviso_di(istanza):
        raise Rifiuto(_("Il preavviso è già stato mandato il %s.") % f"{prima.dal:%d/%m/%Y}")
    entro = scadenza(oggi(), settings.GIORNI_PREAVVISO_RIGETTO)
    preavviso = Sospensione(
        istanza=istanza, tipo=Sospensione.Tipo.PREAVVISO, dal=oggi(), al=entro, entro=entro, richiesta=motivi
    )
    preavviso.full_clean()
    preavviso.save()
    annota(utente, "istanza.preavviso_rigetto", istanza, motivi=motivi, entro=str(entro))
    scrivi_ai_referenti(
        istanza, "preavviso", oggetto=_("Preavviso di rigetto: %s") % istanza.avviso, preavviso=preavviso
    )
    return preavviso


@transaction.atomic
def respingi_istanza(*, utente: Utente, istanza: Istanza, motivi: str) -> Istanza:
    """Reject the application with its reasons, which the applicant receives.

    Refused before the notice of rejection, and while observations on it may still come.
    """
    istanza = _da_istruire(utente, istanza)
    if istanza.stato == StatoIstanza.ISTRUTTORIA and (motivo := manca_al_rigetto(istanza)):
        raise Rifiuto(motivo)
    chiudi_sospensioni(istanza)
    istanza.esito_il, istanza.esito_motivi = adesso(), motivi
    _passa(istanza, StatoIstanza.RESPINTA, utente, "istanza.respinta", motivi=motivi)
    scrivi_ai_referenti(istanza, "respinta", oggetto=_("Istanza non ammessa: %s") % istanza.avviso)
    return istanza


@transaction.atomic
def revoca_ammissione(*, utente: Utente, istanza: Istanza, motivi: str) -> Istanza:
    """End an admitted application whose agreement won't be made, with the reasons, which the applicant receives
    (L. 241/1990 art. 21-quinquies). Its clock stops today. Refused while an agreement holds it.
    """
    istanza = _da_istruire(utente, istanza)
    if not motivi.strip():
        raise Rifiuto(_("Scrivi perché l'accordo non si fa: il richiedente lo legge."))
    esigi_senza_accordo(istanza)
    istanza.esito_il, istanza.esito_motivi = adesso(), motivi
    _passa(istanza, StatoIstanza.REVOCATA, utente, "istanza.revocata", motivi=motivi)
    scrivi_ai_referenti(istanza, "revocata", oggetto=_("L'accordo non si fa: %s") % istanza.avviso)
    return istanza
