"""Verbs of the partner on an application: draft, present, answer, withdraw (CAD 40-bis, 41, 65)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accordi.domande import domande_di, pulisci, ripulisci_testo
from accordi.models import Avviso, Istanza, PartecipanteIstanza, Protocollo
from accordi.permissions import motivo_rifiuto_candida, motivo_rifiuto_gestisce_istanza
from accordi.queries.contenuto import allegati, partecipanti_di, risposte_in_parole
from accordi.queries.istanze import IN_ESAME, condizioni_mancanti
from accordi.queries.sottoscrizione import Sottoscrizione, sottoscrizione
from accordi.services.chiusura import esigi_aperto, esigi_non_chiuso, giunta
from accordi.services.decadenza import fa_decadere_le_conferme
from accordi.services.notifiche import scrivi_ai_referenti
from accordi.services.protocollo import protocolla
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota, righe_di
from core.transizioni import transita
from reti.models import Soggetto
from utenti.models import Utente

SCRITTURA_UNICA = timedelta(minutes=15)


def bloccata(istanza: Istanza) -> Istanza:
    """The application's row, locked until the transaction ends, read after the lock was had.

    One query for both would give, on PostgreSQL, the fresh row joined to what the
    other tables held before the wait: a presented application without its protocol.
    """
    Istanza.objects.select_for_update().only("pk").get(pk=istanza.pk)
    return Istanza.objects.select_related("avviso", "capofila", "protocollo").get(pk=istanza.pk)


def chiudi_sospensioni(istanza: Istanza) -> None:
    """An outcome ends today whatever kept the term still."""
    istanza.sospensioni.filter(Q(al__isnull=True) | Q(al__gt=oggi())).update(al=oggi())


def mia(utente: Utente, istanza: Istanza) -> Istanza:
    """The application, locked, for whoever may present for its leading body."""
    istanza = bloccata(istanza)
    if motivo := motivo_rifiuto_gestisce_istanza(utente, istanza):
        raise PermissionDenied(motivo)
    return istanza


def bozza_mia(utente: Utente, istanza: Istanza) -> Istanza:
    """The draft, locked, for whoever may write it; refused once presented."""
    istanza = mia(utente, istanza)
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata e non si può più modificare."))
    return istanza


class InEsame(Rifiuto):
    """The body has an application to that call which waits for its outcome: `istanza`."""

    def __init__(self, istanza: Istanza) -> None:
        self.istanza = istanza
        super().__init__(
            _(
                "Hai già presentato l'istanza per questo avviso: protocollo %s. Aspetta l'esito, oppure ritirala e "
                "presentane un'altra prima che l'avviso chiuda."
            )
            % istanza.protocollo
        )


@transaction.atomic
def crea_istanza(*, utente: Utente, avviso: Avviso, capofila: Soggetto) -> Istanza:
    """Start a draft for `capofila`, its first participant; a second call returns the draft that exists.

    One at a time: while an application of that body waits for its outcome another is refused (InEsame); after
    it, admitted or not, the body may apply again until the call closes. Sends nothing. Refuses outside the
    call's window and for who can't present for that body.
    """
    if motivo := motivo_rifiuto_candida(utente, capofila):
        raise PermissionDenied(motivo)
    esigi_aperto(avviso, adesso())
    # The body's row orders two starts at the same instant.
    capofila = Soggetto.objects.select_for_update().get(pk=capofila.pk)
    sue = Istanza.objects.filter(avviso=avviso, capofila=capofila)
    if esistente := sue.filter(stato=StatoIstanza.BOZZA).first():
        return esistente
    if pendente := sue.filter(stato__in=IN_ESAME).select_related("protocollo").first():
        raise InEsame(pendente)
    istanza = Istanza(avviso=avviso, capofila=capofila, creata_il=adesso())
    istanza.full_clean()
    istanza.save()
    PartecipanteIstanza.objects.create(
        istanza=istanza,
        soggetto=capofila,
        ruolo="capofila",
        conferma=PartecipanteIstanza.Conferma.CONFERMATA,
        confermato_da=utente,
        confermato_il=istanza.creata_il,
    )
    annota(utente, "istanza.creata", istanza, avviso=avviso.slug, capofila=capofila.slug)
    return istanza


class BozzaCambiata(Rifiuto):
    """Somebody else wrote the draft meanwhile; nothing was saved."""


@transaction.atomic
def aggiorna_istanza(
    *,
    utente: Utente,
    istanza: Istanza,
    motivazione: str | None = None,
    dichiarazione_poteri: bool | None = None,
    dichiarazione_dote: bool | None = None,
    risposte: Mapping[str, Any] | None = None,
    versione: int | None = None,
    arrivata_il: datetime | None = None,
) -> Istanza:
    """Save what is given of the draft; what is None, or an answer not named, stays as it was.

    Answers are kept as typed, even when they can't be read yet; what isn't an answer of this call is
    dropped. With `versione`, raises BozzaCambiata when another writing came in between. One audit line
    per person and quarter of an hour. What bodies confirmed and is no more so must be confirmed again.
    Refuses once presented, and once the call has closed unless the request came in time (`arrivata_il`).
    """
    istanza = bozza_mia(utente, istanza)
    esigi_non_chiuso(istanza.avviso, arrivata_il)
    domande = domande_di(istanza.avviso.domande)
    nuovi = {
        "motivazione": motivazione if motivazione is None else ripulisci_testo(motivazione),
        "dichiarazione_poteri": dichiarazione_poteri,
        "dichiarazione_dote": dichiarazione_dote,
        "risposte": risposte if risposte is None else istanza.risposte | pulisci(domande, risposte),
    }
    diversi = {c: v for c, v in nuovi.items() if v is not None and v != getattr(istanza, c)}
    if not diversi:
        return istanza
    if versione is not None and versione != istanza.versione:
        raise BozzaCambiata(
            _("Intanto un'altra persona ha scritto in questa bozza: confronta i due testi e salva di nuovo.")
        )
    for campo, valore in diversi.items():
        setattr(istanza, campo, valore)
    istanza.versione += 1
    istanza.full_clean()
    istanza.save()
    _annota_scrittura(utente, istanza)
    fa_decadere_le_conferme(utente, istanza)
    return istanza


def _annota_scrittura(utente: Utente, istanza: Istanza) -> None:
    """Saving as one types would bury the audit trail: one line says who was writing in that quarter of an hour."""
    da = adesso() - SCRITTURA_UNICA
    if not righe_di(istanza).filter(azione="istanza.aggiornata", utente=utente, quando__gt=da).exists():
        annota(utente, "istanza.aggiornata", istanza)


@transaction.atomic
def elimina_bozza(*, utente: Utente, istanza: Istanza) -> None:
    """Delete a draft and its files for good; the audit line stays. Refuses once presented."""
    istanza = bozza_mia(utente, istanza)
    annota(utente, "istanza.bozza_eliminata", istanza, avviso=istanza.avviso.slug)
    istanza.documenti.scarta()
    istanza.delete()


@transaction.atomic
def presenta_istanza(
    *,
    utente: Utente,
    istanza: Istanza,
    modalita: str = Istanza.Modalita.CREDENZIALI,
    arrivata_il: datetime | None = None,
) -> Istanza:
    """Present the draft: window, powers of today, everything that the call asks, then protocol and receipt.

    The window is judged at `arrivata_il`, the instant when the request reached us (now by default): who
    pressed in time isn't late for having waited behind others, within MINUTI_GRAZIA_ARRIVO. Freezes the text
    whose fingerprint the protocol keeps. A second call is refused with the number already given: never two.
    """
    arrivata_il = giunta(arrivata_il)
    istanza = mia(utente, istanza)
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata: protocollo %s.") % istanza.protocollo)
    esigi_aperto(istanza.avviso, arrivata_il)
    firma = sottoscrizione(istanza, modalita)
    if mancanti := [*condizioni_mancanti(istanza), *firma.mancano]:
        raise Rifiuto(mancanti)
    istanza.modalita, istanza.presentata_da = modalita, utente
    istanza.testo_presentato = _testo_registrato(istanza, arrivata_il, firma)
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
            "sottoscrizione": firma.come,
        },
    )
    scrivi_ai_referenti(istanza, "ricevuta", oggetto=_("Istanza presentata: protocollo %s") % istanza.protocollo)
    return istanza


def _testo_registrato(istanza: Istanza, arrivata_il: datetime, firma: Sottoscrizione) -> str:
    contesto = {
        "istanza": istanza,
        "partecipanti": partecipanti_di(istanza).order_by("soggetto__denominazione"),
        "risposte": risposte_in_parole(istanza),
        "allegati": allegati(istanza),
        "arrivata_il": arrivata_il,
        "sottoscrizione": firma.come,
    }
    return render_to_string("accordi/istanza_registrata.txt", contesto)


@transaction.atomic
def ritira_istanza(*, utente: Utente, istanza: Istanza, motivi: str = "") -> Istanza:
    """Withdraw a presented application; protocol and history stay, an open suspension ends.

    Refused while an agreement holds it.
    """
    istanza = mia(utente, istanza)
    esigi_senza_accordo(istanza)
    chiudi_sospensioni(istanza)
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


def esigi_senza_accordo(istanza: Istanza) -> None:
    """Refuse what would leave an agreement without its application."""
    if accordo := istanza.accordo:
        raise Rifiuto(
            _("Da questa istanza è nato l'accordo «%s»: la Provincia lo annulla, poi l'istanza si chiude.")
            % accordo.titolo
        )
