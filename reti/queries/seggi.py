"""What the seats of boards say: which meetings stay with a seat that ends, what waits on the desk."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.orologio import adesso, oggi
from core.scrivania import Voce
from core.termini import scadenza
from reti.collegio import Conto, Quorum, mancanti
from reti.composizione import avviso_quorum, elenca_mancanti, quorum_in_parole
from reti.models import Adesione, Convocazione, Incontro, Rete, Sostituto
from reti.models.incontri import IncontroQuerySet
from reti.models.reti import AdesioneQuerySet, ReteQuerySet
from reti.models.soggetti import vigente
from reti.queries.collegio import come_seggio, regola_di, valuta
from reti.stati import INCONTRI_TENUTI, StatoIncontro
from utenti.models import Ruolo, Utente
from utenti.permissions import puo_coordinare

COLONNE_SEGGI = (
    "soggetto", "codice_fiscale", "ruolo", "qualifica", "vota", "peso", "titolare", "email", "nomina", "dal", "al",
    "rappresenta", "sostituti",
)  # fmt: skip
DA_TENERE = (StatoIncontro.BOZZA, StatoIncontro.CONVOCATO, StatoIncontro.RINVIATO)


def seggi_di(rete: Rete) -> AdesioneQuerySet:
    """All seats of a board, ended ones too, with what a list shows of them; four queries."""
    return rete.adesioni.select_related("soggetto", "titolare").prefetch_related(
        "rappresenta", Prefetch("sostituti", Sostituto.objects.vigenti(), to_attr="sostituti_oggi")
    )


def righe_csv(rete: Rete) -> Iterator[list[object]]:
    """Cells in the order of COLONNE_SEGGI, one row per seat, ended ones too: for the office, it names persons."""
    for s in seggi_di(rete):
        yield [
            s.soggetto.denominazione,
            s.soggetto.codice_fiscale,
            s.get_ruolo_display(),
            s.get_qualifica_display() if s.qualifica else "",
            _("sì") if s.vota else _("no"),
            s.peso,
            s.titolare_nome or s.titolare or "",
            s.indirizzo_email,
            s.nomina,
            s.dal,
            s.al,
            ", ".join(str(ente) for ente in s.rappresenta.all()),
            ", ".join(sostituto.nome for sostituto in s.sostituti_oggi),
        ]


def quorum_detto(rete: Rete, seggi: list[Adesione]) -> tuple[str, str]:
    """(the quorum in words, a warning when it can't be reached), with `seggi` as the seats of today."""
    conto: Conto = valuta(rete, seggi, ()).conto
    quorum = Quorum(rete.quorum_modo, rete.quorum)
    return quorum_in_parole(quorum, conto), avviso_quorum(quorum, conto)


def incontri_che_restano(seggio: Adesione, al: date | None) -> IncontroQuerySet:
    """Meetings still to come to which the seat stays convened though it ends on `al`; none without an end."""
    if al is None:
        return Incontro.objects.none()
    inviti = Convocazione.objects.filter(adesione=seggio)
    futuri = Incontro.objects.filter(stato=StatoIncontro.CONVOCATO, inizio__gt=adesso(), inizio__date__gt=al)
    return futuri.filter(pk__in=inviti.values("incontro")).select_related("rete").order_by("inizio")


def possibili_titolari(seggio: Adesione):
    """Who may hold the seat with an account: who represents the body, or works for the Province: QuerySet[Utente]."""
    rappresentanti = Q(rappresentanze__soggetto=seggio.soggetto_id) & vigente("rappresentanze__")
    scelti = rappresentanti | Q(pk=seggio.titolare_id)
    if seggio.soggetto.titolare_piattaforma:
        scelti |= ~Q(ruolo=Ruolo.PARTNER)
    return Utente.objects.filter(scelti, is_active=True).distinct()


def _attive() -> ReteQuerySet:
    """The Province's own boards that work today."""
    return Rete.objects.della_provincia().filter(vigente())


def mandati_da_rinnovare() -> AdesioneQuerySet:
    """Seats of active boards whose mandate ends soon, or ended and no meeting was held since.

    A body that already has its next seat, of the same kind, isn't told again.
    """
    giorno = oggi()
    seguenti = Adesione.objects.filter(
        rete=OuterRef("rete"), soggetto=OuterRef("soggetto"), qualifica=OuterRef("qualifica"), dal__gt=OuterRef("dal")
    ).filter(Q(al__isnull=True) | Q(al__gte=giorno))
    incontri = Incontro.objects.filter(rete=OuterRef("rete"))
    ultimo = incontri.filter(stato__in=INCONTRI_TENUTI).order_by("-inizio").values("inizio__date")[:1]
    da_tenere = incontri.filter(stato__in=DA_TENERE, inizio__gte=adesso())
    vicini = Q(al__range=(giorno, scadenza(giorno, settings.GIORNI_AVVISO_SCADENZA)))
    finiti = Q(al__lt=giorno) & Q(Exists(da_tenere)) & (Q(ultimo__isnull=True) | Q(al__gte=F("ultimo")))
    return (
        Adesione.objects.filter(rete__in=_attive())
        .annotate(ultimo=Subquery(ultimo))
        .filter(vicini | finiti)
        .exclude(Exists(seguenti))
        .select_related("rete", "soggetto")
        .order_by("al")
    )


def reti_incomplete() -> list[tuple[Rete, list[str]]]:
    """Active boards whose composition misses somebody today, with who; constant number of queries."""
    con_regola = _attive().filter(Q(tipo=Rete.Tipo.COMITATO_TECNICO) | ~Q(composizione=[]))
    oggi_seduti = Prefetch("adesioni", Adesione.objects.vigenti().select_related("soggetto"), to_attr="seggi")
    trovate = [
        (rete, mancanti(regola_di(rete), [come_seggio(a) for a in rete.seggi]))
        for rete in con_regola.prefetch_related(oggi_seduti)
    ]
    return [(rete, nomi) for rete, nomi in trovate if nomi]


def voci_scrivania(utente: Any) -> list[Voce]:
    """For coordinators: mandates to renew, boards that miss a member."""
    if not puo_coordinare(utente):
        return []
    return [_voce_mandato(seggio) for seggio in mandati_da_rinnovare()] + [
        Voce(
            titolo=_("Completa la composizione di %s") % rete.nome,
            url=reverse("gestione_tavoli:scheda", args=[rete.pk]),
            urgenza=0 if rete.atto else 2,
            dettaglio=_("manca: %s") % elenca_mancanti(nomi),
            gruppo=_("Tavoli"),
        )
        for rete, nomi in reti_incomplete()
    ]


def _voce_mandato(seggio: Adesione) -> Voce:
    finito = seggio.al < oggi()
    frase = _("Mandato finito: %s") if finito else _("Mandato che finisce: %s")
    return Voce(
        titolo=frase % seggio.soggetto,
        url=reverse("gestione_tavoli:seggio", args=[seggio.pk]),
        urgenza=0 if finito else 1,
        dettaglio=f"{seggio.rete}, {date_format(seggio.al, 'j F Y').lower()}",
        entro=seggio.al,
        gruppo=_("Tavoli"),
    )
