"""Which meetings count, and what about meetings waits for a person (R26)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.orologio import adesso, oggi
from core.scrivania import Voce, VoceMenu, piu_urgenti
from core.termini import scadenza
from reti.models import Adesione, Convocazione, Incontro, Rappresentanza, Rete
from reti.models.incontri import IncontroQuerySet
from reti.models.reti import ReteQuerySet
from reti.models.soggetti import vigente
from reti.queries.collegio import reti_di
from reti.queries.in_attesa import Attesa, incontri_in_attesa
from utenti.permissions import puo_coordinare


def reti_contate(*, tipo: str = "", tema: str = "") -> ReteQuerySet:
    """The Province's own reti, optionally of one kind and subject."""
    criteri = {nome: valore for nome, valore in (("tipo", tipo), ("tema", tema)) if valore}
    return Rete.objects.della_provincia().filter(**criteri)


def incontri_contati(*, tipo: str = "", tema: str = "") -> IncontroQuerySet:
    """Meetings of those reti, in any state. A joint one is of the board that convenes it."""
    return Incontro.objects.filter(rete__in=reti_contate(tipo=tipo, tema=tema))


def incontri_tenuti(*, dal: date, al: date, tipo: str = "", tema: str = "") -> IncontroQuerySet:
    """Those held, local start date in [dal, al]."""
    return incontri_contati(tipo=tipo, tema=tema).tenuti(dal, al)


def preavviso_di(rete: Rete) -> int:
    """Days of notice that the board asks: its own term, else the installation's."""
    return settings.GIORNI_PREAVVISO_CONVOCAZIONE if rete.preavviso_giorni is None else rete.preavviso_giorni


def avviso_preavviso(incontro: Incontro) -> str:
    """As `preavviso_breve`; empty for a meeting of others, whose notice isn't ours to give."""
    return "" if incontro.rete.di_altri else preavviso_breve(reti_di(incontro), incontro.inizio)


def preavviso_breve(reti: Iterable[Rete], inizio: datetime) -> str:
    """A sentence when the notice would be too short for one of the boards (the longest term); never a wall."""
    giorni = max((timezone.localdate(inizio) - oggi()).days, 0)
    esigente = max(reti, key=preavviso_di)
    minimo = preavviso_di(esigente)
    if giorni >= minimo:
        return ""
    preavviso = ngettext("Il preavviso è di %(giorni)d giorno", "Il preavviso è di %(giorni)d giorni", giorni)
    termine = ngettext("il termine di «%(rete)s» è %(n)d giorno.", "il termine di «%(rete)s» è %(n)d giorni.", minimo)
    return f"{preavviso % {'giorni': giorni}}: {termine % {'rete': esigente.nome, 'n': minimo}}"


def seggi_delle_reti(reti: Iterable[Rete], giorni: Iterable[date]):
    """Seats of these boards that are valid on some of these days, by body: QuerySet[Adesione]."""
    in_quei_giorni = reduce(or_, (vigente("", giorno) for giorno in giorni))
    seggi = Adesione.objects.filter(in_quei_giorni, rete__in=[rete.pk for rete in reti])
    return seggi.select_related("soggetto", "titolare", "rete")


def seggi_da_invitare(incontro: Incontro):
    """Seats of every board that meets, valid that day; at a board of others the Province's only: QuerySet[Adesione]."""
    seggi = seggi_delle_reti(reti_di(incontro), [timezone.localdate(incontro.inizio)])
    return seggi.filter(soggetto__titolare_piattaforma=True) if incontro.rete.di_altri else seggi


def convocazioni_di(utente: Any):
    """Meetings of the bodies that `utente` may answer for, the next first: QuerySet[Convocazione]."""
    return (
        Convocazione.objects.rispondibili_da(utente)
        .filter(incontro__rete__convocante__titolare_piattaforma=True)
        .select_related("incontro__rete", "adesione__soggetto", "adesione__rete")
        .prefetch_related("incontro__altre_reti")
        .order_by("-incontro__inizio", "adesione__soggetto__denominazione")
    )


def _da_rispondere(utente: Any) -> list[Voce]:
    termine = adesso() + timedelta(days=settings.GIORNI_PREAVVISO_CONVOCAZIONE)
    return [
        Voce(
            titolo=_("Rispondi alla convocazione: %s") % c.incontro.titolo,
            url=reverse("tavoli:rispondi", args=[c.codice]),
            urgenza=1 if c.incontro.inizio <= termine else 2,
            dettaglio=f"{c.adesione.soggetto}, "
            + date_format(timezone.localtime(c.incontro.inizio), "j F Y H:i").lower(),
            entro=timezone.localdate(c.incontro.inizio),
            gruppo=_("Tavoli"),
            azione=_("Rispondi"),
            enti=(c.adesione.soggetto.slug,),
        )
        for c in convocazioni_di(utente).in_attesa()
    ]


def _da_chiudere() -> list[Voce]:
    """For coordinators, at the Province's own boards: the roll, once the meeting has begun."""
    incontri = incontri_in_attesa().filter(attesa=Attesa.PRESENZE)
    voci = [
        Voce(
            titolo=_("Registra le presenze di %s") % incontro.titolo,
            url=reverse("gestione_incontri:presenze", args=[incontro.pk]),
            urgenza=0 if oggi() > entro else 2,
            dettaglio=incontro.tavoli,
            entro=entro,
            gruppo=_("Tavoli"),
        )
        for incontro in incontri.select_related("rete").prefetch_related("altre_reti")
        for entro in [scadenza(timezone.localdate(incontro.inizio), settings.GIORNI_PER_LE_PRESENZE)]
    ]
    elenco = reverse("gestione_incontri:index") + f"?attesa={Attesa.PRESENZE}"
    return piu_urgenti(voci, _("Altri incontri di cui registrare le presenze: %d"), elenco)


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`: answers for a partner, rolls for a coordinator."""
    if puo_coordinare(utente):
        return _da_chiudere()
    return _da_rispondere(utente)


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
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
