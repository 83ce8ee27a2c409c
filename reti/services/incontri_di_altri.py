"""Meetings convened by others: the invitation received, what changes it, who was there (R26)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from reti.inviti_ricevuti import InvitoLetto, campi_di, leggi_invito
from reti.models import Adesione, Incontro, Rete, Soggetto
from reti.queries.conflitti import DURATA_MASSIMA
from reti.services.incontri import (
    annulla_incontro,
    blocca,
    convoca_incontro,
    crea_incontro,
    esigi_gestione,
    modifica_incontro,
)
from reti.services.ordine_del_giorno import titoli
from reti.services.presenze import RigaAppello, registra_presenze, segna_svolto
from reti.services.reti import crea_rete
from reti.stati import StatoIncontro


def _provincia() -> Soggetto:
    provincia = Soggetto.objects.filter(titolare_piattaforma=True).first()
    if provincia is None:
        raise Rifiuto(_("Indica prima quale soggetto è la Provincia: si fa dalla sua pagina, sotto «Rete»."))
    return provincia


def _crea_tavolo(utente: Any, convocante: Soggetto, nome: str, giorno: date) -> Rete:
    """A board of others with the Province's seat, not on the public site."""
    if convocante.titolare_piattaforma:
        raise Rifiuto(_("Un incontro della Provincia si crea dal suo tavolo: qui si registrano quelli di altri."))
    nome = nome.strip() or _("Incontri convocati da %s") % convocante
    dati = {"nome": nome[:200], "convocante": convocante, "pubblica": False, "dal": min(giorno, oggi())}
    seggio = {"soggetto": _provincia(), "ruolo": Adesione.Ruolo.INVITATO, "dal": dati["dal"]}
    return crea_rete(utente=utente, dati=dati, seggi=[seggio])


def _siede(rete: Rete, giorno: date) -> None:
    """The Province was invited: without a seat on that day it gets one, until its next begins."""
    provincia = _provincia()
    seggi = rete.adesioni.filter(soggetto=provincia)
    if seggi.vigenti(giorno).exists():
        return
    seguente = seggi.filter(dal__gt=giorno).order_by("dal").first()
    fino_al = seguente.dal - timedelta(days=1) if seguente else None
    seggio = Adesione(rete=rete, soggetto=provincia, ruolo=Adesione.Ruolo.INVITATO, dal=giorno, al=fino_al)
    seggio.full_clean()
    seggio.save()


def _tieni_originale(utente: Any, incontro: Incontro, originale: bytes, invito: InvitoLetto) -> None:
    """Keep the file as it came, and the UID by which it is known."""
    incontro.uid_esterno = invito.uid or incontro.uid_esterno
    incontro.invito_ricevuto.save(f"{incontro.codice}.{invito.estensione}", ContentFile(originale), save=False)
    incontro.save(update_fields=["uid_esterno", "invito_ricevuto"])
    annota(utente, "incontro.invito_ricevuto", incontro, sha256=impronta(originale), uid=incontro.uid_esterno)


@transaction.atomic
def registra_invito(
    *,
    utente: Any,
    dati: Mapping[str, Any],
    rete: Rete | None = None,
    convocante: Soggetto | None = None,
    nome_tavolo: str = "",
    originale: bytes = b"",
) -> Incontro:
    """Record a meeting that others convene, as convened; nobody is told. It may lie in the past.

    `rete`: a board of others, else one is made for `convocante`. `dati`: titolo, inizio, fine,
    modalita, luogo, collegamento, ordine_del_giorno. `originale`: the .ics or the mail, kept.
    Raises PermissionDenied, Rifiuto (nobody convenes, too long, same invitation recorded already).
    """
    esigi_gestione(utente)
    giorno = timezone.localdate(dati["inizio"])
    if dati["fine"] - dati["inizio"] > DURATA_MASSIMA:
        raise Rifiuto(_("Un incontro non dura più di %d giorni: correggi le date.") % DURATA_MASSIMA.days)
    if rete is None and convocante is None:
        raise Rifiuto(_("Scegli il tavolo, oppure chi convoca."))
    if rete is None:
        rete = _crea_tavolo(utente, convocante, nome_tavolo, giorno)
    elif not rete.di_altri:
        raise Rifiuto(_("«%s» è convocato dalla Provincia: qui si registrano gli inviti di altri.") % rete)
    _siede(rete, giorno)
    incontro = crea_incontro(utente=utente, rete=rete, **dati)
    if originale:
        try:
            with transaction.atomic():
                _tieni_originale(utente, incontro, originale, leggi_invito(originale))
        except IntegrityError:
            raise Rifiuto(_("Questo invito è già registrato: caricalo di nuovo per vedere che cosa cambia."))
    return convoca_incontro(utente=utente, incontro=incontro)


def piu_nuovo(incontro: Incontro, invito: InvitoLetto) -> bool:
    """Whether `invito` was written after the one that is kept (RFC 5546: SEQUENCE, then DTSTAMP)."""
    if not incontro.invito_ricevuto:
        return True
    with incontro.invito_ricevuto.open() as file:
        return invito.versione > leggi_invito(file.read()).versione


def differenze(incontro: Incontro, invito: InvitoLetto) -> list[tuple[str, str, str]]:
    """What `invito` would change: (name, as it is, as it would be)."""
    etichette = {
        "titolo": _("Titolo"),
        "inizio": _("Inizio"),
        "fine": _("Fine"),
        "luogo": _("Luogo"),
        "collegamento": _("Collegamento"),
        "ordine_del_giorno": _("Ordine del giorno"),
    }
    nuovi = {campo: (_mostra(getattr(incontro, campo)), _mostra(v)) for campo, v in campi_di(invito).items()}
    return [(etichette[campo], prima, dopo) for campo, (prima, dopo) in nuovi.items() if prima != dopo]


def _mostra(valore: str | datetime) -> str:
    if isinstance(valore, datetime):
        return date_format(timezone.localtime(valore), "l j F Y, H:i").lower()
    return "\n".join(titoli(valore))


@transaction.atomic
def aggiorna_da_invito(*, utente: Any, incontro: Incontro, originale: bytes) -> Incontro:
    """Bring a meeting of others to what a newer invitation says; one that takes it back cancels it.

    Who goes for the Province is told. Raises PermissionDenied, Rifiuto (another meeting's
    invitation, not newer, meeting held or cancelled).
    """
    esigi_gestione(utente)
    incontro, invito = blocca(incontro), leggi_invito(originale)
    if not invito.uid or invito.uid != incontro.uid_esterno:
        raise Rifiuto(_("Questo invito è di un altro incontro."))
    if not piu_nuovo(incontro, invito):
        raise Rifiuto(_("L'invito non è più nuovo di quello registrato: non cambia nulla."))
    if invito.annulla:
        motivo = invito.calendario.commento or _("Annullato da chi lo convocava.")
        incontro = annulla_incontro(utente=utente, incontro=incontro, motivo=motivo[:255])
    else:
        incontro = modifica_incontro(utente=utente, incontro=incontro, **campi_di(invito))
        if incontro.stato == StatoIncontro.RINVIATO:
            incontro = convoca_incontro(utente=utente, incontro=incontro)
    _tieni_originale(utente, incontro, originale, invito)
    return incontro


@transaction.atomic
def registra_partecipazione(*, utente: Any, incontro: Incontro, righe: Iterable[RigaAppello]) -> Incontro:
    """Who went for the Province, with the evidence; the meeting is held in the same gesture, or the record corrected.

    Raises PermissionDenied, Rifiuto (not begun, presence without evidence, seat left out).
    """
    registra_presenze(utente=utente, incontro=incontro, righe=righe)
    incontro = blocca(incontro)
    return segna_svolto(utente=utente, incontro=incontro) if incontro.stato == StatoIncontro.CONVOCATO else incontro
