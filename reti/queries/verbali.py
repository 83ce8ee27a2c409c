"""Minutes by reader: what waits for whom, who may read and observe, what the public sees (R24)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.orologio import oggi
from core.scrivania import Voce
from core.termini import scadenza
from reti.models import Adesione, Incontro, Osservazione, Presenza, Rappresentanza, Rete, Verbale
from reti.stati import StatoIncontro, StatoVerbale
from utenti.permissions import puo_coordinare


def enti_a_cui_rispondere(utente: Any) -> set[int]:
    """Primary keys of the bodies that `utente` may answer for, today."""
    poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True)
    return set(poteri.values_list("soggetto_id", flat=True))


def seggi_che_osservano(utente: Any, incontro: Incontro) -> QuerySet[Adesione]:
    """Seats that were present and for whose body `utente` may answer, today."""
    poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True)
    presenti = incontro.presenze.filter(esito=Presenza.Esito.PRESENTE)
    seggi = Adesione.objects.filter(pk__in=presenti.values("adesione"), soggetto__in=poteri.values("soggetto"))
    return seggi.select_related("soggetto", "rete")


def verbali_pubblici(rete: Rete) -> QuerySet[Verbale]:
    """Approved minutes that the public page of a board lists, the latest first; also of joint meetings."""
    incontri = Incontro.objects.filter(rete=rete) | Incontro.objects.filter(altre_reti=rete)
    pubblici = Verbale.objects.pubblici().filter(incontro__in=incontri.values("pk"))
    return pubblici.select_related("incontro").order_by("-incontro__inizio")


def _da_osservare(utente: Any) -> list[Voce]:
    poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True)
    presenti = Presenza.objects.filter(
        incontro=OuterRef("incontro"), esito=Presenza.Esito.PRESENTE, adesione__soggetto__in=poteri.values("soggetto")
    )
    gia = Osservazione.objects.filter(verbale=OuterRef("pk"), autore=utente, scritta_il__gte=OuterRef("inviato_il"))
    verbali = Verbale.objects.filter(
        Exists(presenti), ~Exists(gia), stato=StatoVerbale.OSSERVAZIONI, osservazioni_fino_al__gte=oggi()
    )
    presto = oggi() + timedelta(days=settings.GIORNI_AVVISO_SCADENZA)
    return [
        Voce(
            titolo=_("Leggi il verbale di %s") % v.incontro.titolo,
            url=reverse("tavoli:verbale", args=[v.incontro.codice]),
            urgenza=1 if v.osservazioni_fino_al <= presto else 2,
            dettaglio=v.incontro.tavoli,
            entro=v.osservazioni_fino_al,
            gruppo=_("Verbali"),
        )
        for v in verbali.select_related("incontro__rete")
        .prefetch_related("incontro__altre_reti")
        .order_by("osservazioni_fino_al")
    ]


def _voce(testo: str, incontro: Incontro, indirizzo: str, entro: Any) -> Voce:
    return Voce(
        titolo=testo % incontro.titolo,
        url=reverse(indirizzo, args=[incontro.pk]),
        urgenza=0 if entro and oggi() > entro else 2,
        dettaglio=incontro.tavoli,
        entro=entro,
        gruppo=_("Verbali"),
    )


def _da_portare_avanti() -> list[Voce]:
    """For coordinators, one entry for each held meeting whose minutes wait for them; two queries."""
    tenuti = Incontro.objects.filter(stato=StatoIncontro.SVOLTO, rete__convocante__titolare_piattaforma=True)
    attese = Osservazione.objects.filter(verbale=OuterRef("verbale"), esito=Osservazione.Esito.ATTESA)
    voci = []
    for incontro in tenuti.select_related("rete", "verbale").annotate(attese=Exists(attese)).order_by("inizio"):
        verbale = getattr(incontro, "verbale", None)
        redazione = scadenza(timezone.localdate(incontro.inizio), settings.GIORNI_PER_IL_VERBALE)
        if verbale is None:
            voci.append(_voce(_("Redigi il verbale di %s"), incontro, "gestione_incontri:verbale", redazione))
        elif incontro.attese:
            voci.append(
                _voce(_("Esamina le osservazioni al verbale di %s"), incontro, "gestione_incontri:scheda", None)
            )
        elif verbale.stato == StatoVerbale.BOZZA:
            voci.append(
                _voce(_("Invia ai presenti il verbale di %s"), incontro, "gestione_incontri:verbale", redazione)
            )
        elif oggi() > verbale.osservazioni_fino_al:
            voci.append(_voce(_("Porta in approvazione il verbale di %s"), incontro, "gestione_incontri:scheda", None))
    return voci


def voci_scrivania(utente: Any) -> list[Voce]:
    """Minutes that wait for `utente`: to write, send, examine; for a partner, to read within the term."""
    return _da_portare_avanti() if puo_coordinare(utente) else _da_osservare(utente)
