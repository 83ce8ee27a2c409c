"""Decisions until they are done: whose, by when, and what the next agenda takes up again (R24)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.orologio import oggi
from core.scrivania import Voce, VoceMenu
from reti.models import Decisione, Incontro, Rete
from reti.models.verbali import DecisioneQuerySet
from reti.queries.minuta import in_parole
from reti.stati import INCONTRI_TENUTI, StatoVerbale
from utenti.permissions import puo_coordinare

LUNGHEZZA_TITOLO = 300


@dataclass(frozen=True)
class PuntoProposto:
    """An item that the next agenda should have, and the decision that it takes up."""

    titolo: str
    decisione: Decisione | None = None


def titolo_approvazione(incontro: Incontro) -> str:
    """The agenda item that approves the minutes of `incontro`."""
    return _("Approvazione del verbale del %s") % in_parole(timezone.localdate(incontro.inizio))


def titolo_ripresa(decisione: Decisione) -> str:
    """The agenda item that takes up `decisione`, on one line; the meeting's date tells it from a like one."""
    giorno = in_parole(timezone.localdate(decisione.incontro.inizio))
    inizio = _("Decisione del %s: ") % giorno
    testo = " ".join(decisione.testo.split())
    return inizio + Truncator(testo).chars(LUNGHEZZA_TITOLO - len(inizio))


def decisioni_aperte_di(rete: Rete) -> DecisioneQuerySet:
    """Open decisions of the held meetings of a board, the oldest first."""
    proprie = Q(incontro__rete=rete) | Q(incontro__altre_reti=rete)
    aperte = Decisione.objects.aperte().filter(proprie, incontro__stato__in=INCONTRI_TENUTI)
    return aperte.select_related("incontro", "soggetto").order_by("incontro__inizio", "pk").distinct()


def verbali_da_approvare(rete: Rete) -> list[Incontro]:
    """Held meetings of a board that approves in session, whose minutes aren't approved: the oldest first."""
    if rete.approvazione != Rete.Approvazione.SEDUTA:
        in_seduta = Q(verbale__approvato_via=Rete.Approvazione.SEDUTA)
    else:
        in_seduta = Q()
    tenuti = rete.incontri.tenuti().filter(in_seduta, verbale__isnull=False)
    return list(tenuti.exclude(verbale__stato=StatoVerbale.APPROVATO).order_by("inizio"))


def ordine_iniziale(rete: Rete) -> list[PuntoProposto]:
    """What the next agenda starts from: minutes to approve, then each open decision until it is done."""
    verbali = [PuntoProposto(titolo_approvazione(incontro)) for incontro in verbali_da_approvare(rete)]
    return verbali + [PuntoProposto(titolo_ripresa(d), d) for d in decisioni_aperte_di(rete)]


@dataclass(frozen=True)
class FiltroDecisioni:
    """What the list shows. `stato`: aperte, ritardo, segnalate, concluse, tutte; `rete`: primary key, 0 for all."""

    stato: str = "aperte"
    rete: int = 0
    mie: bool = False


def decisioni_filtrate(utente: Any, filtro: FiltroDecisioni) -> DecisioneQuerySet:
    """The decisions of `filtro`, the most urgent first, with meeting, board, minutes and body. One query."""
    scelte = Decisione.objects.filter(incontro__in=Incontro.objects.visibili_a(utente))
    if filtro.stato == "ritardo":
        scelte = scelte.in_ritardo(oggi())
    elif filtro.stato == "segnalate":
        scelte = scelte.aperte().filter(segnalata_il__isnull=False)
    elif filtro.stato == "concluse":
        scelte = scelte.filter(conclusa_il__isnull=False)
    elif filtro.stato == "aperte":
        scelte = scelte.aperte()
    if filtro.rete:
        scelte = scelte.filter(incontro__in=Incontro.objects.del_tavolo(filtro.rete))
    if filtro.mie:
        scelte = scelte.di(utente)
    scelte = scelte.select_related("incontro__rete", "incontro__verbale", "soggetto", "punto")
    scelte = scelte.prefetch_related("incontro__altre_reti")
    return scelte.order_by(F("entro").asc(nulls_last=True), "pk")


def reti_con_decisioni() -> list[Rete]:
    """Boards that decided something, alone or together, by name: the choices of the list's filter."""
    decisi = Incontro.objects.filter(decisioni__isnull=False).order_by()
    congiunte = Incontro.altre_reti.through.objects.filter(incontro__in=decisi).values("rete")
    return list(Rete.objects.filter(Q(pk__in=decisi.values("rete")) | Q(pk__in=congiunte)).order_by("nome"))


COLONNE = ("tavolo", "incontro", "data", "decisione", "ente", "incaricato", "entro", "conclusa_il", "esito")


def righe_csv(decisioni: DecisioneQuerySet) -> list[tuple]:
    """The rows of the export, in the order of COLONNE; dates as ISO texts."""
    return [
        (
            d.incontro.tavoli,
            d.incontro.titolo,
            timezone.localdate(d.incontro.inizio),
            d.testo,
            d.soggetto or "",
            d.incaricato,
            d.entro,
            d.conclusa_il,
            d.esito,
        )
        for d in decisioni
    ]


def _urgenza(entro: date | None) -> int:
    if entro is None or entro > oggi() + timedelta(days=settings.GIORNI_AVVISO_SCADENZA):
        return 2
    return 0 if entro < oggi() else 1


def voci_scrivania(utente: Any) -> list[Voce]:
    """Decisions late or due soon, and those that a body says done: for coordinators all, for a partner its own."""
    if puo_coordinare(utente):
        presto = oggi() + timedelta(days=settings.GIORNI_AVVISO_SCADENZA)
        scelte = Decisione.objects.aperte().filter(Q(entro__lte=presto) | Q(segnalata_il__isnull=False))
        fatta = _("Conferma che è fatta: %s")
    else:
        scelte = Decisione.objects.affidate_a(utente).aperte().filter(segnalata_il__isnull=True)
        fatta = ""
    return [
        Voce(
            titolo=(fatta if d.segnalata_il else _("Decisione da portare a termine: %s"))
            % Truncator(d.testo).chars(90),
            url=reverse("gestione_decisioni:scheda", args=[d.pk]) if fatta else reverse("tavoli:incarichi"),
            urgenza=_urgenza(d.entro),
            dettaglio=d.incontro.tavoli,
            entro=d.entro,
            gruppo=_("Decisioni"),
            azione="" if fatta else _("Di' che è fatta"),
            enti=(d.soggetto.slug,) if d.soggetto else (),
        )
        for d in scelte.select_related("incontro__rete", "soggetto")
        .prefetch_related("incontro__altre_reti")
        .order_by("entro", "pk")
    ]


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
    """The private area's entry for whoever represents a body that was given something to do."""
    if not Decisione.objects.affidate_a(utente).exists():
        return []
    return [
        VoceMenu(
            titolo=_("Decisioni affidate a te"),
            url=reverse("tavoli:incarichi"),
            descrizione=_("Che cosa i tavoli hanno chiesto ai tuoi enti, ed entro quando."),
            icona="it-check-circle",
        )
    ]
