"""Our registrations carried over to the body's own register, in the background (DPR 445/2000 art. 63).

Nobody waits for the other register: its failure stops no state. A registration has at most one
number of the body's: a request whose end isn't known is repeated only where the service recognises
our key; elsewhere a person looks, and says what is there.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from accordi.models import InvioProtocollo, Protocollo
from accordi.permissions import motivo_rifiuto_protocolla
from accordi.protocolli import Adattatore, EsitoIncerto, NonRegistrato, Registrazione, Ricevuta
from core.deposito import deposita, preleva, scarta
from core.errori import Rifiuto
from core.models import Installazione
from core.orologio import adesso, oggi
from core.registro import annota
from utenti.models import Utente

PAUSE_MINUTI = (1, 5, 15, 60, 240, 720, 1440)
# Longer than any attempt: after it, who started one is taken for dead.
TEMPO_DI_VOLO = timedelta(minutes=15)
Esito = InvioProtocollo.Esito


def prepara_invio(protocollo: Protocollo, contenuto: bytes) -> None:
    """Queue the registration for the body's register, in the caller's transaction; nothing where there is none.

    The content waits in the private archive until the body's number comes. One left by a
    transaction that was undone is replaced by who gets its number.
    """
    if settings.PROTOCOLLO_ADATTATORE:
        deposita(_deposito(protocollo), contenuto)
        invio = InvioProtocollo.objects.create(protocollo=protocollo)
        invia.enqueue(invio.pk)


@task()
def invia(invio_id: int) -> str:
    """One attempt; safe to run again and from two workers. Returns where the registration stands.

    The database isn't held while the service is asked: before it the row says that an attempt left, after it, how
    it ended. A row still in flight after TEMPO_DI_VOLO was left by a process that died.
    """
    adattatore = _adattatore()
    invio = _parti(invio_id, adattatore)
    if invio is None:
        return str(InvioProtocollo.objects.get(pk=invio_id).esito)
    try:
        ricevuta = adattatore.registra(_registrazione(invio.protocollo))
    except (NonRegistrato, Rifiuto) as errore:
        return _arriva(invio_id, errore=str(getattr(errore, "frase", errore)))
    except EsitoIncerto as errore:
        return _arriva(invio_id, errore=str(errore), incerto=not adattatore.ripetibile)
    return _arriva(invio_id, ricevuta=ricevuta)


def riprendi_invii() -> int:
    """Queue again what nobody is taking care of: its task was lost, or the process died. Periodic; returns how many."""
    if not settings.PROTOCOLLO_ADATTATORE:
        return 0
    fermi = InvioProtocollo.objects.filter(esito=Esito.ATTESA, prossimo__lt=adesso() - TEMPO_DI_VOLO)
    chiavi = list(fermi.values_list("pk", flat=True))
    for chiave in chiavi:
        invia.enqueue(chiave)
    return len(chiavi)


@transaction.atomic
def riprova_invio(*, utente: Utente, invio: InvioProtocollo, controllato: bool = False) -> InvioProtocollo:
    """Send again from now, with all its attempts. `controllato`: who asks has looked and found nothing there.

    Refuses what is registered already, or in flight at this moment; after an
    uncertain end, who hasn't looked.
    """
    invio = _da_gestire(utente, invio)
    if (invio.esito == Esito.INCERTO or invio.in_volo) and not controllato:
        raise Rifiuto(
            _("Prima cerca «%s» nel registro dell'ente: se c'è scrivi il suo numero, se non c'è conferma e riprova.")
            % invio.protocollo.riferimento
        )
    invio.esito, invio.tentativi, invio.prossimo, invio.in_volo = Esito.ATTESA, 0, adesso(), False
    invio.save()
    annota(utente, "protocollo.riprova", invio.protocollo, errore=invio.errore, controllato=controllato)
    invia.enqueue(invio.pk)
    return invio


@transaction.atomic
def annota_numero_ente(*, utente: Utente, invio: InvioProtocollo, numero: str, data: date) -> InvioProtocollo:
    """Write the number found in the body's register by hand, where ours didn't hear it; the trail says by whom.

    Refuses a date before ours or to come, a number that another registration has, and what is registered already.
    """
    invio = _da_gestire(utente, invio)
    if not invio.protocollo.data <= data <= oggi():
        raise Rifiuto(_("La data dell'ente va dalla nostra registrazione a oggi: controllala."))
    altre = InvioProtocollo.objects.filter(numero=numero.strip(), data__year=data.year).exclude(pk=invio.pk)
    if altre.exists():
        raise Rifiuto(_("Quel numero è già di un'altra registrazione: controllalo nel registro dell'ente."))
    _registra(invio, Ricevuta(numero.strip(), data, {"a_mano": True}), utente)
    return invio


def _da_gestire(utente: Utente, invio: InvioProtocollo) -> InvioProtocollo:
    if motivo := motivo_rifiuto_protocolla(utente):
        raise PermissionDenied(motivo)
    invio = _bloccato(invio.pk)
    if invio.esito == Esito.REGISTRATO:
        raise Rifiuto(_("La registrazione ha già il numero dell'ente: non se ne chiede un altro."))
    if invio.in_volo and invio.prossimo > adesso():
        raise Rifiuto(_("Un tentativo è in corso adesso: ricarica la pagina fra qualche minuto."))
    return invio


def _bloccato(chiave: int) -> InvioProtocollo:
    InvioProtocollo.objects.select_for_update().only("pk").get(pk=chiave)
    return InvioProtocollo.objects.select_related("protocollo").get(pk=chiave)


def _adattatore() -> Adattatore:
    return import_string(settings.PROTOCOLLO_ADATTATORE)()


def _deposito(protocollo: Protocollo) -> str:
    return f"protocollo/{protocollo.anno}-{protocollo.numero}"


def _registrazione(p: Protocollo) -> Registrazione:
    return Registrazione(
        chiave=f"raccordo-{p.anno}-{p.numero}",
        numero=p.numero,
        anno=p.anno,
        data=p.data,
        in_entrata=p.verso == Protocollo.Verso.ENTRATA,
        oggetto=p.oggetto,
        corrispondente=p.corrispondente,
        impronta=p.impronta,
        riferimento=p.riferimento,
        ente=Installazione.corrente().ente,
        contenuto=preleva(_deposito(p), p.impronta),
    )


@transaction.atomic
def _parti(invio_id: int, adattatore: Adattatore) -> InvioProtocollo | None:
    """Mark an attempt as in flight; None when it isn't time, or when an earlier one ended nobody knows how."""
    invio = _bloccato(invio_id)
    if invio.esito != Esito.ATTESA or invio.prossimo > adesso():
        return None
    if invio.in_volo and not adattatore.ripetibile:
        _dubita(invio, _("il tentativo si è interrotto"))
        return None
    invio.in_volo, invio.prossimo = True, adesso() + TEMPO_DI_VOLO
    invio.tentativi += 1
    invio.save()
    return invio


@transaction.atomic
def _arriva(invio_id: int, *, ricevuta: Ricevuta | None = None, errore: str = "", incerto: bool = False) -> str:
    invio = _bloccato(invio_id)
    if invio.esito == Esito.REGISTRATO:
        return str(invio.esito)
    if ricevuta:
        _registra(invio, ricevuta, None)
    elif incerto:
        _dubita(invio, errore)
    else:
        _rinvia(invio, errore)
    return str(invio.esito)


def _registra(invio: InvioProtocollo, ricevuta: Ricevuta, utente: Utente | None) -> None:
    invio.esito, invio.numero, invio.data = Esito.REGISTRATO, ricevuta.numero, ricevuta.data
    invio.risposta, invio.errore, invio.in_volo = ricevuta.dati, "", False
    invio.full_clean()
    invio.save()
    giorno = ricevuta.data.isoformat() if ricevuta.data else ""
    annota(utente, "protocollo.numero_ente", invio.protocollo, numero=ricevuta.numero, data=giorno)
    transaction.on_commit(lambda: scarta(_deposito(invio.protocollo)))


def _dubita(invio: InvioProtocollo, errore: str) -> None:
    invio.esito, invio.errore, invio.in_volo = Esito.INCERTO, errore[:255], False
    invio.save()
    annota(None, "protocollo.ente_incerto", invio.protocollo, errore=invio.errore)


def _rinvia(invio: InvioProtocollo, errore: str) -> None:
    invio.errore, invio.in_volo = errore[:255], False
    if invio.tentativi > len(PAUSE_MINUTI):
        invio.esito = Esito.ABBANDONATO
    else:
        invio.prossimo = adesso() + timedelta(minutes=PAUSE_MINUTI[invio.tentativi - 1])
        invia.using(run_after=invio.prossimo).enqueue(invio.pk)
    invio.save()
