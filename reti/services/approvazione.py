"""Minutes approved, by silence or in a later meeting: then locked, with their documents (R24).

By silence they are approved as of the day after the term, computed from dates: the periodic work and
every screen that reads them only write down what is already so, and always the same day.
"""

from datetime import date, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import oggi
from core.termini import scadenza
from core.transizioni import transita
from reti.documento_verbale import compone
from reti.models import Incontro, Osservazione, PuntoOdg, Verbale
from reti.queries.decisioni import titolo_approvazione
from reti.queries.documento_verbale import documento_di, persone_nominabili
from reti.queries.impronta_verbale import impronta_del_verbale
from reti.queries.minuta import in_parole
from reti.services.incontri import blocca, esigi_gestione
from reti.services.verbali import verbale_di
from reti.stati import INCONTRI_TENUTI, TRANSIZIONI_INCONTRO, TRANSIZIONI_VERBALE, StatoIncontro, StatoVerbale


def motivo_cambiato(verbale: Verbale) -> str:
    """Empty when what would be approved is what those present received."""
    if impronta_del_verbale(verbale.incontro, verbale.testo) == verbale.impronta:
        return ""
    return _("Dopo l'invio è cambiato qualcosa di ciò che il verbale fissa: riprendilo in bozza e rimandalo.")


def stato_del_verbale(incontro: Incontro) -> dict[str, Any]:
    """For the meeting's page: the observations, and whether what was sent has changed since."""
    verbale = getattr(incontro, "verbale", None)
    if verbale is None:
        return {"osservazioni": [], "cambiato": ""}
    return {
        "osservazioni": verbale.osservazioni.select_related("adesione__soggetto"),
        "cambiato": motivo_cambiato(verbale) if verbale.stato == StatoVerbale.OSSERVAZIONI else "",
    }


def _chiudi(verbale: Verbale, giorno: date, utente: Any) -> None:
    """Lock: documents, state of the minutes and of the meeting. The rows are locked by the caller."""
    if motivo := motivo_cambiato(verbale):
        raise Rifiuto(motivo)
    verbale.approvato_il = giorno
    # Who took a seat since the sending stays out too; who left it is already in the list, and from now it is fixed.
    nomi = {*verbale.omissis["nomi"], *persone_nominabili(verbale.incontro)}
    verbale.omissis = verbale.omissis | {"nomi": sorted(nomi)}
    _stampa(verbale)
    dati = {
        "approvato_il": giorno.isoformat(),
        "via": verbale.approvato_via,
        "impronta": verbale.impronta,
        "documento": verbale.impronta_documento,
        "documento_pubblico": verbale.impronta_pubblica,
    }
    transita(
        verbale,
        StatoVerbale.APPROVATO,
        tabella=TRANSIZIONI_VERBALE,
        utente=utente,
        azione="verbale.approvato",
        dati=dati,
    )
    transita(
        verbale.incontro,
        StatoIncontro.VERBALIZZATO,
        tabella=TRANSIZIONI_INCONTRO,
        utente=utente,
        azione="incontro.verbalizzato",
    )


def _stampa(verbale: Verbale) -> None:
    """The two documents, made once: the whole one and the one without names of persons."""
    quando = datetime.combine(verbale.approvato_il, time(0), timezone.get_current_timezone())
    codice = verbale.incontro.codice
    intero = compone(documento_di(verbale, pubblico=False), quando=quando)
    pubblico = compone(documento_di(verbale, pubblico=True), quando=quando)
    verbale.documento.save(f"verbale-{codice}.pdf", ContentFile(intero), save=False)
    verbale.documento_pubblico.save(f"verbale-{codice}-pubblico.pdf", ContentFile(pubblico), save=False)
    verbale.impronta_documento, verbale.impronta_pubblica = impronta(intero), impronta(pubblico)


def approva_se_maturo(verbale: Verbale, *, giorno: date) -> bool:
    """Approve minutes whose rows are locked, when their term is over and nothing waits; True when it did."""
    if not Verbale.objects.maturi(oggi()).filter(pk=verbale.pk).exists():
        return False
    _chiudi(verbale, giorno, None)
    return True


def _matura(incontro_id: int) -> bool:
    with transaction.atomic():
        incontro = blocca(Incontro(pk=incontro_id))
        verbale = verbale_di(incontro)
        verbale.incontro = incontro
        if motivo_cambiato(verbale):
            return False  # the desk says so
        return approva_se_maturo(verbale, giorno=scadenza(verbale.osservazioni_fino_al, 1))


def matura_verbali(*quali: Q, **campi: Any) -> int:
    """Write down the approvals by silence that the dates have already made; returns how many.

    `quali`, `campi` narrow to some minutes (`incontro=…`). Safe to run again and by several at once.
    """
    maturi = Verbale.objects.maturi(oggi()).filter(*quali, **campi).order_by("pk")
    return sum(_matura(pk) for pk in maturi.values_list("incontro_id", flat=True))


def motivo_rifiuto_seduta(verbale: Verbale, seduta: Incontro) -> str:
    """Empty when `seduta` could approve `verbale`: a later, held meeting of the same board, after the term."""
    incontro = verbale.incontro
    if verbale.stato != StatoVerbale.OSSERVAZIONI:
        return _("Si approva in seduta un verbale già inviato ai presenti e non ancora approvato.")
    if verbale.osservazioni.filter(esito=Osservazione.Esito.ATTESA).exists():
        return _("Esamina prima le osservazioni in attesa.")
    stesse = seduta.rete_id == incontro.rete_id or seduta.altre_reti.filter(pk=incontro.rete_id).exists()
    if not stesse or seduta.stato not in INCONTRI_TENUTI or seduta.inizio <= incontro.inizio:
        return _("Scegli un incontro successivo dello stesso tavolo, già svolto.")
    if timezone.localdate(seduta.inizio) <= verbale.osservazioni_fino_al:
        return _("In quel giorno il termine per osservare correva ancora: scade il %s.") % in_parole(
            verbale.osservazioni_fino_al
        )
    return ""


@transaction.atomic
def approva_in_seduta(*, utente: Any, incontro: Incontro, seduta: Incontro) -> Verbale:
    """Record that the meeting `seduta` approved the minutes of `incontro`, on its day.

    The agenda item of `seduta` that asks for it gets its outcome, unless its own minutes are begun already.
    Raises PermissionDenied, Rifiuto.
    """
    esigi_gestione(utente)
    incontro, seduta = blocca(incontro), blocca(seduta)
    verbale = verbale_di(incontro)
    if verbale is None:
        raise Rifiuto(_("Questo incontro non ha ancora un verbale: scrivilo e salvalo."))
    verbale.incontro = incontro
    if motivo := motivo_rifiuto_seduta(verbale, seduta):
        raise Rifiuto(motivo)
    verbale.approvato_in, verbale.approvato_via = seduta, Verbale.Via.SEDUTA
    _chiudi(verbale, timezone.localdate(seduta.inizio), utente)
    if not Verbale.objects.filter(incontro=seduta).exists():
        da_segnare = seduta.punti.filter(titolo=titolo_approvazione(incontro), esito="")
        da_segnare.update(esito=PuntoOdg.Esito.APPROVATO)
    return verbale
