"""Verbs of the partner on an application: draft, present, answer, withdraw (CAD 40-bis, 41, 65)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accordi.models import Avviso, Istanza, PartecipanteIstanza, Protocollo
from accordi.permissions import motivo_rifiuto_candida, motivo_rifiuto_gestisce_istanza
from accordi.queries.istanze import condizioni_mancanti
from accordi.services.notifiche import scrivi_ai_referenti
from accordi.services.protocollo import protocolla
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota
from core.transizioni import transita
from reti.models import Soggetto
from utenti.models import Utente


def bloccata(istanza: Istanza) -> Istanza:
    """The application's row, locked until the transaction ends, read after the lock was had.

    One query for both would give, on PostgreSQL, the fresh row joined to what the
    other tables held before the wait: a presented application without its protocol.
    """
    Istanza.objects.select_for_update().only("pk").get(pk=istanza.pk)
    return Istanza.objects.select_related("avviso", "capofila", "protocollo").get(pk=istanza.pk)


def _mia(utente: Utente, istanza: Istanza) -> Istanza:
    istanza = bloccata(istanza)
    if motivo := motivo_rifiuto_gestisce_istanza(utente, istanza):
        raise PermissionDenied(motivo)
    return istanza


def _bozza_mia(utente: Utente, istanza: Istanza) -> Istanza:
    istanza = _mia(utente, istanza)
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata e non si può più modificare."))
    return istanza


def _esigi_aperto(avviso: Avviso) -> None:
    if avviso.aperto:
        return
    if not avviso.live:
        raise Rifiuto(_("L'avviso non è pubblicato: non si può rispondere."))
    if adesso() < avviso.apre:
        raise Rifiuto(_("L'avviso non è ancora aperto: torna quando apre."))
    raise Rifiuto(_("L'avviso è chiuso: il tempo per rispondere è finito."))


@transaction.atomic
def crea_istanza(*, utente: Utente, avviso: Avviso, capofila: Soggetto) -> Istanza:
    """Start a draft for `capofila`, its first participant; a second call returns the draft that exists.

    Sends nothing. Refuses outside the call's window and for who can't present for that body.
    """
    if motivo := motivo_rifiuto_candida(utente, capofila):
        raise PermissionDenied(motivo)
    _esigi_aperto(avviso)
    # The body's row orders two starts at the same instant.
    capofila = Soggetto.objects.select_for_update().get(pk=capofila.pk)
    esistente = Istanza.objects.filter(avviso=avviso, capofila=capofila, stato=StatoIstanza.BOZZA).first()
    if esistente:
        return esistente
    istanza = Istanza(avviso=avviso, capofila=capofila, creata_il=adesso())
    istanza.full_clean()
    istanza.save()
    PartecipanteIstanza.objects.create(istanza=istanza, soggetto=capofila, ruolo="capofila")
    annota(utente, "istanza.creata", istanza, avviso=avviso.slug, capofila=capofila.slug)
    return istanza


@transaction.atomic
def aggiorna_istanza(
    *, utente: Utente, istanza: Istanza, motivazione: str, dichiarazione_poteri: bool, dichiarazione_dote: bool
) -> Istanza:
    """Save what the draft says; refuses once presented."""
    istanza = _bozza_mia(utente, istanza)
    istanza.motivazione = motivazione
    istanza.dichiarazione_poteri, istanza.dichiarazione_dote = dichiarazione_poteri, dichiarazione_dote
    istanza.full_clean()
    istanza.save()
    annota(utente, "istanza.aggiornata", istanza)
    return istanza


@transaction.atomic
def aggiungi_partecipante(*, utente: Utente, istanza: Istanza, soggetto: Soggetto) -> PartecipanteIstanza:
    """Add a body of the register to the draft; adding it again changes nothing."""
    istanza = _bozza_mia(utente, istanza)
    if soggetto.titolare_piattaforma:
        raise Rifiuto(_("La Provincia riceve l'istanza e non può farne parte: scegli un altro soggetto."))
    partecipante, nuovo = PartecipanteIstanza.objects.get_or_create(istanza=istanza, soggetto=soggetto)
    if nuovo:
        annota(utente, "istanza.partecipante_aggiunto", istanza, soggetto=soggetto.slug)
    return partecipante


@transaction.atomic
def togli_partecipante(*, utente: Utente, istanza: Istanza, soggetto: Soggetto) -> None:
    """Take a body off the draft; the leading one stays."""
    istanza = _bozza_mia(utente, istanza)
    if soggetto.pk == istanza.capofila_id:
        raise Rifiuto(_("Il capofila resta nell'istanza: per cambiarlo elimina la bozza e iniziane un'altra."))
    tolti, _dettaglio = istanza.partecipanti.filter(soggetto=soggetto).delete()
    if tolti:
        annota(utente, "istanza.partecipante_tolto", istanza, soggetto=soggetto.slug)


@transaction.atomic
def elimina_bozza(*, utente: Utente, istanza: Istanza) -> None:
    """Delete a draft for good; the audit line stays. Refuses once presented."""
    istanza = _bozza_mia(utente, istanza)
    annota(utente, "istanza.bozza_eliminata", istanza, avviso=istanza.avviso.slug)
    istanza.delete()


@transaction.atomic
def presenta_istanza(*, utente: Utente, istanza: Istanza, modalita: str = Istanza.Modalita.CREDENZIALI) -> Istanza:
    """Present the draft: window, powers of today, composition and declarations, then protocol and receipt.

    Freezes the text whose fingerprint the protocol keeps. A second call is
    refused with the number already given, so there are never two.
    """
    istanza = _mia(utente, istanza)
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata: protocollo %s.") % istanza.protocollo)
    _esigi_aperto(istanza.avviso)
    if mancanti := condizioni_mancanti(istanza):
        raise Rifiuto(mancanti)
    istanza.modalita, istanza.presentata_da = modalita, utente
    istanza.testo_presentato = _testo_registrato(istanza)
    istanza.protocollo = protocolla(
        verso=Protocollo.Verso.ENTRATA,
        oggetto=_("Istanza: %s") % istanza.avviso.titolo,
        corrispondente=istanza.capofila.denominazione,
        contenuto=istanza.testo_presentato.encode(),
    )
    transita(
        istanza,
        StatoIstanza.PRESENTATA,
        tabella=TRANSIZIONI_ISTANZA,
        utente=utente,
        azione="istanza.presentata",
        dati={
            "protocollo": str(istanza.protocollo),
            "impronta": istanza.protocollo.impronta,
            "modalita": str(modalita),
        },
    )
    scrivi_ai_referenti(istanza, "ricevuta", oggetto=_("Istanza presentata: protocollo %s") % istanza.protocollo)
    return istanza


def _testo_registrato(istanza: Istanza) -> str:
    partecipanti = istanza.partecipanti.select_related("soggetto").order_by("soggetto__denominazione")
    return render_to_string(
        "accordi/istanza_registrata.txt", {"istanza": istanza, "partecipanti": partecipanti, "adesso": adesso()}
    )


@transaction.atomic
def integra_istanza(*, utente: Utente, istanza: Istanza, risposta: str) -> Istanza:
    """Answer the request of the Province: the suspension ends today and the examination goes on."""
    istanza = _mia(utente, istanza)
    sospensione = istanza.sospensioni.filter(al__isnull=True).first()
    if istanza.stato != StatoIstanza.INTEGRAZIONE or sospensione is None:
        raise Rifiuto(_("La Provincia non aspetta integrazioni su questa istanza: ricarica la pagina."))
    sospensione.al, sospensione.risposta = oggi(), risposta
    sospensione.full_clean()
    sospensione.save()
    transita(
        istanza,
        StatoIstanza.ISTRUTTORIA,
        tabella=TRANSIZIONI_ISTANZA,
        utente=utente,
        azione="istanza.integrata",
        dati={"risposta": risposta},
    )
    return istanza


@transaction.atomic
def ritira_istanza(*, utente: Utente, istanza: Istanza, motivi: str = "") -> Istanza:
    """Withdraw a presented application; protocol and history stay, an open suspension ends."""
    istanza = _mia(utente, istanza)
    istanza.sospensioni.filter(al__isnull=True).update(al=oggi())
    istanza.esito_il, istanza.esito_motivi = adesso(), motivi
    transita(
        istanza,
        StatoIstanza.RITIRATA,
        tabella=TRANSIZIONI_ISTANZA,
        utente=utente,
        azione="istanza.ritirata",
        dati={"motivi": motivi},
    )
    return istanza
