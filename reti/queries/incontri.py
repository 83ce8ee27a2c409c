"""Which meetings count, and what about meetings waits for a person (R26)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.orologio import adesso, oggi
from core.scrivania import Voce, VoceMenu
from core.termini import scadenza
from reti.models import Convocazione, Incontro, Presenza, Rappresentanza
from reti.models.incontri import IncontroQuerySet
from reti.stati import StatoIncontro
from utenti.permissions import puo_coordinare


def incontri_tenuti(*, dal: date, al: date, tipo: str = "", tema: str = "") -> IncontroQuerySet:
    """Held meetings of the Province's own reti, local start date in [dal, al]; optionally of one kind and subject."""
    scelti = Incontro.objects.tenuti(dal, al).filter(rete__convocante__titolare_piattaforma=True)
    if tipo:
        scelti = scelti.filter(rete__tipo=tipo)
    return scelti.filter(rete__tema=tema) if tema else scelti


def inviti_di_altri(dal: date, al: date):
    """The Province's invitations to held meetings convened by others: QuerySet[Convocazione], one per meeting.

    Two seats of the Province at one board still make one meeting. This is the denominator of D1.
    """
    tutti = Convocazione.objects.filter(
        adesione__soggetto__titolare_piattaforma=True,
        incontro__rete__convocante__titolare_piattaforma=False,
        incontro__in=Incontro.objects.tenuti(dal, al),
    )
    primi = tutti.order_by().values("incontro").annotate(primo=Min("pk")).values("primo")
    return Convocazione.objects.filter(pk__in=primi)


def partecipazioni_di_altri(dal: date, al: date):
    """The Province's presences at the meetings of `inviti_di_altri`: QuerySet[Presenza], the numerator of D1."""
    tutte = Presenza.objects.filter(
        esito=Presenza.Esito.PRESENTE,
        adesione__soggetto__titolare_piattaforma=True,
        incontro__in=inviti_di_altri(dal, al).values("incontro"),
    )
    prime = tutte.order_by().values("incontro").annotate(prima=Min("pk")).values("prima")
    return Presenza.objects.filter(pk__in=prime)


def avviso_preavviso(incontro: Incontro) -> str:
    """A sentence when the notice would be shorter than the installation's term; a warning, never a wall."""
    giorni = (timezone.localdate(incontro.inizio) - oggi()).days
    minimo = settings.GIORNI_PREAVVISO_CONVOCAZIONE
    if giorni >= minimo:
        return ""
    return _("Il preavviso è di %(giorni)d giorni: il termine d'uso è di almeno %(minimo)d.") % {
        "giorni": max(giorni, 0),
        "minimo": minimo,
    }


def seggi_da_invitare(incontro: Incontro):
    """Seats valid on the meeting's day; at a board of others, the Province's only: QuerySet[Adesione]."""
    seggi = incontro.rete.adesioni.vigenti(timezone.localdate(incontro.inizio)).select_related("soggetto", "titolare")
    return seggi.filter(soggetto__titolare_piattaforma=True) if incontro.rete.di_altri else seggi


def convocazioni_di(utente: Any):
    """Meetings of the bodies that `utente` may answer for, the next first: QuerySet[Convocazione]."""
    return (
        Convocazione.objects.rispondibili_da(utente)
        .filter(incontro__rete__convocante__titolare_piattaforma=True)
        .select_related("incontro__rete", "adesione__soggetto", "adesione__rete")
        .order_by("-incontro__inizio", "adesione__soggetto__denominazione")
    )


def _da_rispondere(utente: Any) -> list[Voce]:
    termine = adesso() + timedelta(days=settings.GIORNI_PREAVVISO_CONVOCAZIONE)
    return [
        Voce(
            titolo=_("Rispondi alla convocazione: %s") % c.incontro.titolo,
            url=reverse("tavoli:rispondi", args=[c.gettone]),
            urgenza=1 if c.incontro.inizio <= termine else 2,
            dettaglio=f"{c.adesione.soggetto}, "
            + date_format(timezone.localtime(c.incontro.inizio), "j F Y H:i").lower(),
            entro=timezone.localdate(c.incontro.inizio),
            gruppo=_("Tavoli"),
        )
        for c in convocazioni_di(utente).in_attesa()
    ]


def _da_chiudere() -> list[Voce]:
    """For coordinators: the roll after the start, the minutes after the roll (not for boards of others)."""
    incontri = Incontro.objects.select_related("rete__convocante").order_by("inizio")
    appello = incontri.filter(stato=StatoIncontro.CONVOCATO, inizio__lte=adesso())
    verbale = incontri.filter(stato=StatoIncontro.SVOLTO, rete__convocante__titolare_piattaforma=True)
    voci = [
        (_("Registra le presenze di %s"), "gestione_incontri:presenze", settings.GIORNI_PER_LE_PRESENZE, appello),
        (_("Redigi il verbale di %s"), "gestione_incontri:verbale", settings.GIORNI_PER_IL_VERBALE, verbale),
    ]
    return [
        Voce(
            titolo=testo % incontro.titolo,
            url=reverse(nome, args=[incontro.pk]),
            urgenza=0 if oggi() > scadenza(timezone.localdate(incontro.inizio), giorni) else 2,
            dettaglio=incontro.rete.nome,
            entro=scadenza(timezone.localdate(incontro.inizio), giorni),
            gruppo=_("Tavoli"),
        )
        for testo, nome, giorni, quali in voci
        for incontro in quali
    ]


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`: answers for a partner, rolls and minutes for a coordinator."""
    if puo_coordinare(utente):
        return _da_chiudere()
    return _da_rispondere(utente)


def voci_area(utente: Any) -> list[VoceMenu]:
    """The private area's entry for whoever may answer for a body."""
    if not Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True).exists():
        return []
    return [
        VoceMenu(
            titolo=_("Tavoli e convocazioni"),
            url=reverse("tavoli:convocazioni"),
            descrizione=_("Gli incontri a cui sei invitato, con la tua risposta."),
            icona="it-calendar",
        )
    ]
