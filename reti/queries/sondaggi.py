"""Polls: who is asked about what, until when, and what waits for a person (R23)."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.orologio import adesso
from core.scrivania import Voce, VoceMenu
from core.termini import giorni_lordi
from reti.models import Adesione, Disponibilita, Fascia, Incontro, Interpellato, Sondaggio
from reti.stati import StatoIncontro, StatoSondaggio
from utenti.permissions import puo_coordinare


def valido(seggio: Adesione, quando: datetime) -> bool:
    """The seat is held on that local day."""
    giorno = timezone.localdate(quando)
    return seggio.dal <= giorno and (seggio.al is None or seggio.al >= giorno)


def fasce_di(interpellato: Interpellato) -> list[Fascia]:
    """Slots that a seat is asked about: of days on which it is held. Reads `sondaggio.fasce`, prefetched or not."""
    return [f for f in interpellato.sondaggio.fasce.all() if valido(interpellato.adesione, f.inizio)]


def motivo_rifiuto_disponibilita(sondaggio: Sondaggio, *, ufficio: bool = False) -> str:
    """Empty while the poll takes answers: open, and until its term (the office: until it is closed)."""
    if sondaggio.stato == StatoSondaggio.ANNULLATO:
        return _("Il sondaggio è annullato: non serve più rispondere.")
    if sondaggio.stato == StatoSondaggio.CHIUSO:
        return _("Il sondaggio è chiuso: la data è scelta.")
    if sondaggio.entro <= adesso() and not ufficio:
        return _("Il termine per rispondere è passato: per una risposta urgente chiama l'ufficio.")
    return ""


def detto_nel_sondaggio(incontro: Incontro) -> dict[int, str]:
    """What each seat (primary key) had said of the slot that became this meeting; empty without a poll, or if moved."""
    righe = Disponibilita.objects.filter(
        fascia__sondaggio__incontro=incontro, fascia__inizio=incontro.inizio, fascia__fine=incontro.fine
    )
    return dict(righe.values_list("interpellato__adesione", "valore"))


def sondaggi_di(utente: Any):
    """Polls that ask bodies that `utente` may answer for, the latest first: QuerySet[Interpellato]."""
    return (
        Interpellato.objects.rispondibili_da(utente)
        .select_related("sondaggio__rete", "sondaggio__incontro", "adesione__soggetto", "adesione__rete")
        .prefetch_related("sondaggio__altre_reti", "sondaggio__fasce")
        .order_by("-sondaggio__entro", "adesione__soggetto__denominazione", "pk")
    )


def _da_rispondere(utente: Any) -> list[Voce]:
    aperti = sondaggi_di(utente).filter(
        risposto_il__isnull=True, sondaggio__stato=StatoSondaggio.APERTO, sondaggio__entro__gt=adesso()
    )
    return [
        Voce(
            titolo=_("Di' quando puoi: %s") % i.sondaggio.titolo,
            url=reverse("tavoli:sondaggio", args=[i.codice]),
            urgenza=1 if giorni_lordi(timezone.localdate(adesso()), timezone.localdate(i.sondaggio.entro)) <= 1 else 2,
            dettaglio=f"{i.adesione.soggetto}, {i.sondaggio.tavoli}",
            entro=timezone.localdate(i.sondaggio.entro),
            gruppo=_("Tavoli"),
            azione=_("Indica le date"),
            enti=(i.adesione.soggetto.slug,),
        )
        for i in aperti
    ]


def _da_scegliere() -> list[Voce]:
    """For coordinators: open polls past their term, or answered by everyone."""
    aperti = Sondaggio.objects.filter(stato=StatoSondaggio.APERTO).select_related("rete")
    aperti = aperti.prefetch_related("altre_reti").annotate(
        attesi=Count("interpellati", filter=Q(interpellati__risposto_il__isnull=True))
    )
    return [
        Voce(
            titolo=_("Scegli la data: %s") % s.titolo,
            url=reverse("gestione_sondaggi:scheda", args=[s.pk]),
            urgenza=1,
            dettaglio=f"{s.tavoli}, {_stato_delle_risposte(s.attesi)}",
            entro=timezone.localdate(s.entro),
            gruppo=_("Tavoli"),
        )
        for s in aperti.filter(Q(entro__lte=adesso()) | Q(attesi=0)).order_by("entro", "pk")
    ]


def _stato_delle_risposte(attesi: int) -> str:
    if not attesi:
        return _("hanno risposto tutti")
    return ngettext("senza risposta %d seggio", "senza risposta %d seggi", attesi) % attesi


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`: a poll to answer for a partner, a date to choose for a coordinator."""
    return _da_scegliere() if puo_coordinare(utente) else _da_rispondere(utente)


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
    """The private area's entry, once a body of `utente` was asked."""
    if not Interpellato.objects.rispondibili_da(utente).exists():
        return []
    return [
        VoceMenu(
            titolo=_("Sondaggi per la data"),
            url=reverse("tavoli:sondaggi"),
            descrizione=_("Le date proposte dai tavoli, con le tue disponibilità."),
            icona="it-calendar",
        )
    ]


def data_scelta(sondaggio: Sondaggio) -> str:
    """When the meeting is held, once the poll is closed and while that meeting stands; else empty."""
    incontro = sondaggio.incontro
    if incontro is None or incontro.stato in (StatoIncontro.BOZZA, StatoIncontro.RINVIATO, StatoIncontro.ANNULLATO):
        return ""
    return date_format(timezone.localtime(incontro.inizio), r"l j F Y, \o\r\e H:i").lower()
