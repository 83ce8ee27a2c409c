"""Self check-in by QR code (R22): a person says that they are there, the secretary confirms or not."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.deleghe import forma
from reti.models import Adesione, Incontro, Ingresso, Presenza
from reti.queries.appello import attese
from reti.services.appello import Gesto, registra_appello
from reti.services.incontri import blocca, esigi_gestione
from reti.services.presenze import apertura_sala
from reti.services.seduta import aggiungi_ospite, apri
from reti.stati import StatoIncontro
from reti.tocchi import ARRIVO, ESITO, PERSONA, PRESENTE, REMOTO

MASSIMO_IN_ATTESA = 200


def motivo_rifiuto_ingresso(incontro: Incontro) -> str:
    """Empty while people may say that they have come: from the opening of the room to the planned end."""
    if incontro.stato in (StatoIncontro.ANNULLATO, StatoIncontro.RINVIATO):
        return _("L'incontro è %s.") % incontro.get_stato_display().lower()
    if incontro.rete.di_altri:
        return _("Questo incontro è convocato da altri: le presenze non si registrano qui.")
    if incontro.stato != StatoIncontro.CONVOCATO or adesso() > incontro.fine:
        return _("L'incontro è finito: per correggere le presenze rivolgiti alla segreteria.")
    if (apertura := apertura_sala(incontro)) > adesso():
        return _("La registrazione si apre %s: torna su questa pagina allora.") % _quando(apertura)
    return ""


def _quando(istante: datetime) -> str:
    locale = timezone.localtime(istante)
    return _("il %(giorno)s alle %(ora)s") % {
        "giorno": date_format(locale, "j F Y").lower(),
        "ora": f"{locale:%H:%M}",
    }


@transaction.atomic
def registra_ingresso(
    *, incontro: Incontro, chiave: str, nome: str, adesione: Adesione | None, ente: str = "", da_remoto: bool = False
) -> Ingresso:
    """Keep what a person said; nothing counts yet. The same sending, or the same person again, is kept once.

    Raises Rifiuto (not open, no name, too many waiting).
    """
    incontro = blocca(incontro)
    if gia := incontro.ingressi.filter(chiave=chiave).first():
        return gia
    if motivo := motivo_rifiuto_ingresso(incontro):
        raise Rifiuto(motivo)
    nome, ente = " ".join(nome.split()), " ".join(ente.split())
    if not nome:
        raise Rifiuto(_("Scrivi nome e cognome."))
    vivi = list(incontro.ingressi.exclude(esito=Ingresso.Stato.RIFIUTATO))
    for altro in vivi:
        stesso_posto = altro.adesione_id == getattr(adesione, "pk", None) and forma(altro.ente) == forma(ente)
        if stesso_posto and forma(altro.nome) == forma(nome):
            return altro
    if sum(i.esito == Ingresso.Stato.ATTESA for i in vivi) >= MASSIMO_IN_ATTESA:
        raise Rifiuto(_("Troppe registrazioni aspettano conferma: presentati alla segreteria."))
    ingresso = Ingresso(incontro=incontro, adesione=adesione, nome=nome, ente=ente, da_remoto=da_remoto, chiave=chiave)
    ingresso.full_clean()
    ingresso.save()
    annota(None, "incontro.ingresso", incontro, ingresso=ingresso.pk)
    return ingresso


def _in_attesa(incontro: Incontro, pk: int) -> Ingresso | None:
    """The arrival, or None when somebody has already decided about it."""
    ingresso = incontro.ingressi.select_for_update(of=("self",)).filter(pk=pk).first()
    if ingresso is None:
        raise Rifiuto(_("Questa registrazione non c'è più: ricarica la pagina."))
    return ingresso if ingresso.esito == Ingresso.Stato.ATTESA else None


def _seggi_di(ingresso: Ingresso) -> list[Adesione]:
    """The invited seats of that body: more than one when several boards meet together."""
    scelto = ingresso.adesione
    return list(
        Adesione.objects.filter(
            convocazioni__incontro=ingresso.incontro_id, soggetto=scelto.soggetto_id, qualifica=scelto.qualifica
        )
    )


def _siede_un_altro(ingresso: Ingresso, seggi: list[Adesione]) -> bool:
    presenti = ingresso.incontro.presenze.filter(adesione__in=seggi, esito=Presenza.Esito.PRESENTE)
    return any(p.persona and forma(p.persona) != forma(ingresso.nome) for p in presenti)


def _come_presenza(utente: Any, ingresso: Ingresso, seggi: list[Adesione]) -> None:
    arrivo = timezone.localtime(ingresso.arrivato_il)
    segni = [(ESITO, REMOTO if ingresso.da_remoto else PRESENTE), (PERSONA, ingresso.nome), (ARRIVO, f"{arrivo:%H:%M}")]
    gesti = [
        Gesto(f"in-{ingresso.pk}-{seggio.pk}-{campo}", seggio.pk, campo, valore, adesso(), con_ora=False)
        for seggio in seggi
        for campo, valore in segni
    ]
    registra_appello(utente=utente, incontro=ingresso.incontro, gesti=gesti)


def _come_ospite(utente: Any, ingresso: Ingresso) -> None:
    arrivo = timezone.localtime(ingresso.arrivato_il).time().replace(second=0, microsecond=0)
    ente = ingresso.ente or (ingresso.adesione.soggetto.denominazione if ingresso.adesione else "")
    dati = {"nome": ingresso.nome, "ente": ente, "da_remoto": ingresso.da_remoto, "arrivo": arrivo}
    aggiungi_ospite(utente=utente, incontro=ingresso.incontro, **dati)


@transaction.atomic
def conferma_ingresso(*, utente: Any, incontro: Incontro, ingresso: int) -> None:
    """Turn what a person said into a presence, or into a guest: without a seat, or when another sits there.

    Decided already: nothing happens. Raises PermissionDenied, Rifiuto (roll closed).
    """
    incontro = apri(utente, incontro)
    scelto = _in_attesa(incontro, ingresso)
    if scelto is None:
        return
    seggi = _seggi_di(scelto) if scelto.adesione_id else []
    if seggi and not _siede_un_altro(scelto, seggi):
        _come_presenza(utente, scelto, seggi)
    else:
        _come_ospite(utente, scelto)
    scelto.esito = Ingresso.Stato.CONFERMATO
    scelto.save(update_fields=["esito"])
    annota(utente, "incontro.ingresso_confermato", incontro, ingresso=scelto.pk)


@transaction.atomic
def conferma_attesi(*, utente: Any, incontro: Incontro) -> int:
    """Confirm all who wait and are expected on their seat; returns how many."""
    incontro = apri(utente, incontro)
    per_seggio = attese(incontro)
    in_attesa = incontro.ingressi.filter(esito=Ingresso.Stato.ATTESA, adesione__isnull=False)
    scelti = [i.pk for i in in_attesa if i.adesione_id in per_seggio and per_seggio[i.adesione_id].attende(i.nome)]
    for pk in scelti:
        conferma_ingresso(utente=utente, incontro=incontro, ingresso=pk)
    return len(scelti)


@transaction.atomic
def rifiuta_ingresso(*, utente: Any, incontro: Incontro, ingresso: int, motivo: str) -> None:
    """Say no, with a reason that the person reads; nothing when it was decided. Raises PermissionDenied, Rifiuto."""
    incontro = apri(utente, incontro)
    scelto = _in_attesa(incontro, ingresso)
    if scelto is None:
        return
    if not motivo.strip():
        raise Rifiuto(_("Scrivi perché non la confermi: chi si è registrato lo legge."))
    scelto.esito, scelto.motivo = Ingresso.Stato.RIFIUTATO, motivo.strip()
    scelto.full_clean()
    scelto.save(update_fields=["esito", "motivo"])
    annota(utente, "incontro.ingresso_rifiutato", incontro, ingresso=scelto.pk, motivo=scelto.motivo)


@transaction.atomic
def rinnova_gettone_ingresso(*, utente: Any, incontro: Incontro) -> Incontro:
    """A new QR code: the old one, printed or passed on, opens nothing more."""
    esigi_gestione(utente)
    incontro = blocca(incontro)
    incontro.gettone_ingresso = secrets.token_urlsafe()
    incontro.save(update_fields=["gettone_ingresso"])
    annota(utente, "incontro.gettone_ingresso", incontro)
    return incontro
