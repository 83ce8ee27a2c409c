"""The bodies of a partnership: the leading one asks them in, each confirms or declines its own part."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Istanza, PartecipanteIstanza
from accordi.permissions import motivo_rifiuto_conferma
from accordi.queries.contenuto import impronta_proposta
from accordi.services.chiusura import esigi_non_chiuso
from accordi.services.decadenza import indirizzo_conferma
from accordi.services.istanze import bloccata, bozza_mia
from accordi.services.notifiche import scrivi_a_soggetto
from accordi.stati import StatoIstanza
from core.errori import Rifiuto
from core.models import RigaRegistro
from core.orologio import adesso
from core.registro import annota, righe_di
from reti.models import Soggetto
from utenti.models import Utente

Conferma = PartecipanteIstanza.Conferma
GIORNO = timedelta(days=1)
INVITI_PER_SOGGETTO, INVITI_AL_GIORNO, RISPOSTE_AL_GIORNO = 3, 50, 10


@transaction.atomic
def aggiungi_partecipante(
    *, utente: Utente, istanza: Istanza, soggetto: Soggetto, arrivata_il: datetime | None = None
) -> PartecipanteIstanza:
    """Add a body of the register to the draft; adding it again changes nothing.

    The body is asked by mail to confirm its part; those that already did are told of the change.
    """
    istanza = bozza_mia(utente, istanza)
    esigi_non_chiuso(istanza.avviso, arrivata_il)
    if soggetto.titolare_piattaforma:
        raise Rifiuto(_("La Provincia riceve l'istanza e non può farne parte: scegli un altro soggetto."))
    if not istanza.partecipanti.filter(soggetto=soggetto).exists():
        _esigi_pochi_inviti(utente, istanza, soggetto)
    partecipante, nuovo = PartecipanteIstanza.objects.get_or_create(istanza=istanza, soggetto=soggetto)
    if nuovo:
        annota(utente, "istanza.partecipante_aggiunto", istanza, soggetto=soggetto.slug)
        scrivi_a_soggetto(
            istanza,
            soggetto,
            "invito",
            oggetto=_("Confermi la tua parte? %s") % istanza.avviso,
            segno=str(partecipante.pk),
            conferma=indirizzo_conferma(partecipante),
        )
        _avvisa_confermati(istanza, soggetto, _("%s è entrato nella rete.") % soggetto, f"piu-{partecipante.pk}")
    return partecipante


@transaction.atomic
def togli_partecipante(
    *, utente: Utente, istanza: Istanza, soggetto: Soggetto, arrivata_il: datetime | None = None
) -> None:
    """Take a body off the draft with its files; the leading one stays. Who confirmed is told, and so is the body."""
    istanza = bozza_mia(utente, istanza)
    esigi_non_chiuso(istanza.avviso, arrivata_il)
    if soggetto.pk == istanza.capofila_id:
        raise Rifiuto(_("Il capofila resta nell'istanza: per cambiarlo elimina la bozza e iniziane un'altra."))
    partecipante = istanza.partecipanti.filter(soggetto=soggetto).first()
    if partecipante is None:
        return
    segno = f"meno-{partecipante.pk}"
    _avvisa_confermati(istanza, None, _("%s non è più nella rete.") % soggetto, segno)
    istanza.documenti.filter(soggetto=soggetto).scarta()
    partecipante.delete()
    annota(utente, "istanza.partecipante_tolto", istanza, soggetto=soggetto.slug)


@transaction.atomic
def conferma_parte(
    *,
    utente: Utente,
    partecipante: PartecipanteIstanza,
    ruolo: str,
    nota: str,
    letta: str | None = None,
    arrivata_il: datetime | None = None,
) -> PartecipanteIstanza:
    """A body takes its part, saying what it does; the leading body is told. May be said again until presented.

    `letta`: fingerprint of the proposal that the person read; refused when it isn't what the draft says now.
    What is confirmed is that text: a change makes the confirmation lapse.
    """
    partecipante = _mia_parte(utente, partecipante)
    esigi_non_chiuso(partecipante.istanza.avviso, arrivata_il)
    partecipante.impronta_confermata = impronta_proposta(partecipante.istanza)
    if letta is not None and letta != partecipante.impronta_confermata:
        raise Rifiuto(_("Il capofila ha cambiato la proposta mentre la leggevi: rileggila com'è adesso e conferma."))
    return _decide(utente, partecipante, Conferma.CONFERMATA, "istanza.parte_confermata", ruolo=ruolo, nota=nota)


@transaction.atomic
def rifiuta_parte(*, utente: Utente, partecipante: PartecipanteIstanza, nota: str) -> PartecipanteIstanza:
    """A body declines its part, with the reason that the leading body reads: its files go, the draft closes for it."""
    partecipante = _mia_parte(utente, partecipante)
    if not nota.strip():
        raise Rifiuto(_("Scrivi perché non partecipate: il capofila lo legge."))
    partecipante.istanza.documenti.filter(soggetto=partecipante.soggetto).scarta()
    dati = {"ruolo": partecipante.ruolo, "nota": nota}
    return _decide(utente, partecipante, Conferma.RIFIUTATA, "istanza.parte_rifiutata", **dati)


def _esigi_pochi_inviti(utente: Utente, istanza: Istanza, soggetto: Soggetto) -> None:
    """Each invitation is a mail of the Province to somebody: who asks can't send as many as they like."""
    azione = "istanza.partecipante_aggiunto"
    suoi = [r for r in righe_di(istanza).filter(azione=azione) if r.dati["soggetto"] == soggetto.slug]
    if len(suoi) >= INVITI_PER_SOGGETTO:
        raise Rifiuto(_("%s è già stato invitato troppe volte: per invitarlo ancora chiama l'ufficio.") % soggetto)
    recenti = RigaRegistro.objects.filter(azione=azione, utente=utente, quando__gt=adesso() - GIORNO)
    if recenti.count() >= INVITI_AL_GIORNO:
        raise Rifiuto(_("In un giorno si invitano al massimo %d soggetti: riprova domani.") % INVITI_AL_GIORNO)


def _esigi_poche_risposte(partecipante: PartecipanteIstanza) -> None:
    """Each answer is a mail to the leading body."""
    azioni = ("istanza.parte_confermata", "istanza.parte_rifiutata")
    date = righe_di(partecipante.istanza).filter(azione__in=azioni, quando__gt=adesso() - GIORNO)
    if sum(r.dati["soggetto"] == partecipante.soggetto.slug for r in date) >= RISPOSTE_AL_GIORNO:
        raise Rifiuto(_("Avete già risposto troppe volte oggi: riprovate domani."))


def _mia_parte(utente: Utente, partecipante: PartecipanteIstanza) -> PartecipanteIstanza:
    if motivo := motivo_rifiuto_conferma(utente, partecipante):
        raise PermissionDenied(motivo)
    istanza = bloccata(partecipante.istanza)
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata: protocollo %s.") % istanza.protocollo)
    trovato = istanza.partecipanti.filter(pk=partecipante.pk).select_related("soggetto").first()
    if trovato is None or trovato.soggetto_id == istanza.capofila_id:
        raise Rifiuto(_("Il capofila ha cambiato la rete: qui non c'è più una parte da confermare."))
    if trovato.conferma == Conferma.RIFIUTATA:
        raise Rifiuto(
            _("Avete risposto che non partecipate. Se cambiate idea, chiedete al capofila di aggiungervi di nuovo.")
        )
    trovato.istanza = istanza
    return trovato


def _decide(
    utente: Utente, partecipante: PartecipanteIstanza, esito: str, azione: str, *, ruolo: str, nota: str
) -> PartecipanteIstanza:
    istanza = partecipante.istanza
    _esigi_poche_risposte(partecipante)
    partecipante.conferma, partecipante.ruolo, partecipante.nota = esito, ruolo.strip(), nota.strip()
    partecipante.confermato_da, partecipante.confermato_il = utente, adesso()
    partecipante.full_clean()
    partecipante.save()
    annota(utente, azione, istanza, soggetto=partecipante.soggetto.slug, ruolo=partecipante.ruolo)
    parole = _("%s ha confermato la sua parte") if esito == Conferma.CONFERMATA else _("%s non partecipa alla rete")
    scrivi_a_soggetto(
        istanza,
        istanza.capofila,
        "risposta_parte",
        oggetto=parole % partecipante.soggetto,
        segno=f"{partecipante.pk}-{partecipante.confermato_il:%Y%m%d%H%M%S}",
        partecipante=partecipante,
        fatto=parole % partecipante.soggetto,
    )
    return partecipante


def _avvisa_confermati(istanza: Istanza, tranne: Soggetto | None, fatto: str, segno: str) -> None:
    """Who took its part knows with whom: any change of the partnership reaches it."""
    confermati = istanza.partecipanti.filter(conferma=Conferma.CONFERMATA).exclude(soggetto=istanza.capofila)
    for altro in confermati.exclude(soggetto=tranne).select_related("soggetto"):
        scrivi_a_soggetto(
            istanza,
            altro.soggetto,
            "rete_cambiata",
            oggetto=_("La rete è cambiata: %s") % istanza.avviso,
            segno=segno,
            fatto=fatto,
            conferma=indirizzo_conferma(altro),
        )
