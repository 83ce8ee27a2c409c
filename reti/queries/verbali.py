"""Minutes by reader: what waits for whom, who may read and observe, what the public sees (R24)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from core.scrivania import Voce, piu_urgenti
from core.termini import scadenza
from reti.models import Adesione, Incontro, Osservazione, Presenza, Rappresentanza, Rete, Verbale
from reti.queries.in_attesa import Attesa, incontri_in_attesa
from reti.stati import StatoVerbale
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
            titolo=gettext("Leggi il verbale di %s") % v.incontro.titolo,
            url=reverse("tavoli:verbale", args=[v.incontro.codice]),
            urgenza=1 if v.osservazioni_fino_al <= presto else 2,
            dettaglio=v.incontro.tavoli,
            entro=v.osservazioni_fino_al,
            gruppo=gettext("Verbali"),
            azione=gettext("Leggi il verbale"),
        )
        for v in verbali.select_related("incontro__rete")
        .prefetch_related("incontro__altre_reti")
        .order_by("osservazioni_fino_al")
    ]


PASSI = {  # what the minutes wait for: (the entry, its page, the line for the others)
    Attesa.MINUTA: (_("Redigi il verbale di %s"), "verbale", _("Altri verbali da redigere: %d")),
    Attesa.INVIO: (_("Invia ai presenti il verbale di %s"), "verbale", _("Altri verbali da inviare: %d")),
    Attesa.OSSERVAZIONI: (
        _("Esamina le osservazioni al verbale di %s"),
        "scheda",
        _("Altri verbali con osservazioni da esaminare: %d"),
    ),
    Attesa.APPROVAZIONE: (
        _("Porta in approvazione il verbale di %s"),
        "scheda",
        _("Altri verbali da portare in approvazione: %d"),
    ),
}


def _voce(incontro: Incontro) -> Voce:
    testo, pagina, _altri = PASSI[incontro.attesa]
    entro = None
    if pagina == "verbale":
        entro = scadenza(timezone.localdate(incontro.inizio), settings.GIORNI_PER_IL_VERBALE)
    return Voce(
        titolo=testo % incontro.titolo,
        url=reverse(f"gestione_incontri:{pagina}", args=[incontro.pk]),
        urgenza=0 if entro and oggi() > entro else 2,
        dettaglio=incontro.tavoli,
        entro=entro,
        gruppo=gettext("Verbali"),
    )


def _da_portare_avanti() -> list[Voce]:
    """For coordinators, the held meetings whose minutes wait for them, the most urgent of each kind; two queries."""
    incontri = incontri_in_attesa().filter(attesa__in=PASSI).select_related("rete").prefetch_related("altre_reti")
    per_passo: dict[str, list[Voce]] = {passo: [] for passo in PASSI}
    for incontro in incontri:
        per_passo[incontro.attesa].append(_voce(incontro))
    elenco = reverse("gestione_incontri:index")
    return [
        voce
        for passo, voci in per_passo.items()
        for voce in piu_urgenti(voci, str(PASSI[passo][2]), f"{elenco}?attesa={passo}")
    ]


def voci_scrivania(utente: Any) -> list[Voce]:
    """Minutes that wait for `utente`: to write, send, examine; for a partner, to read within the term."""
    return _da_portare_avanti() if puo_coordinare(utente) else _da_osservare(utente)
