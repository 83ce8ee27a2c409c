"""Obligations, resources and actions of one agreement as its pages show them, and what of them waits for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Accordo, Azione, Conferimento, Impegno, Risorsa
from accordi.scelte import AreaRisorsa
from accordi.stati import ACCORDI_VIVI
from core.orologio import oggi
from core.scrivania import Voce
from core.termini import scadenza
from reti.models import Soggetto
from utenti.permissions import puo_coordinare


@dataclass(frozen=True)
class RigaRisorsa:
    """A promise with what was given of it, confirmed and waiting, in its unit."""

    risorsa: Risorsa
    dato: Decimal
    da_confermare: list[Conferimento]

    @property
    def percento(self) -> int:
        """Of the promise, rounded down, more than 100 when more was given."""
        return int(self.dato * 100 / self.risorsa.promesso)

    @property
    def barra(self) -> int:
        return min(self.percento, 100)


@dataclass(frozen=True)
class TotaleArea:
    """Promised and given in one area and one unit: euros and hours don't add up."""

    area: str
    unita: str
    promesso: Decimal
    dato: Decimal

    @property
    def percento(self) -> int:
        return int(self.dato * 100 / self.promesso)

    @property
    def barra(self) -> int:
        return min(self.percento, 100)


@dataclass(frozen=True)
class Vita:
    """What an agreement's page shows of its life."""

    impegni: list[Impegno]
    risorse: list[RigaRisorsa]
    totali: list[TotaleArea]
    azioni: list[Azione]


def vita(accordo: Accordo) -> Vita:
    """All of it, in a number of queries that doesn't grow with the rows."""
    risorse = [_riga(r) for r in accordo.risorse.select_related("parte__soggetto").prefetch_related("conferimenti")]
    return Vita(
        impegni=list(accordo.impegni.select_related("parte__soggetto")),
        risorse=risorse,
        totali=totali(risorse),
        azioni=list(accordo.azioni.prefetch_related("parti__soggetto")),
    )


def _riga(risorsa: Risorsa) -> RigaRisorsa:
    conferimenti = list(risorsa.conferimenti.all())
    dato = sum((c.quantita for c in conferimenti if c.confermato_il), Decimal(0))
    return RigaRisorsa(risorsa, dato, [c for c in conferimenti if not c.confermato_il])


def totali(righe: Sequence[RigaRisorsa]) -> list[TotaleArea]:
    """By area and unit, in the areas' order; what waits for a confirmation isn't counted."""
    chiavi = dict.fromkeys((r.risorsa.area, r.risorsa.unita) for r in righe)
    ordine = {area: n for n, area in enumerate(AreaRisorsa.values)}
    esito = []
    for area, unita in sorted(chiavi, key=lambda c: (ordine[c[0]], c[1])):
        scelte = [r for r in righe if (r.risorsa.area, r.risorsa.unita) == (area, unita)]
        promesso = sum((r.risorsa.promesso for r in scelte), Decimal(0))
        dato = sum((r.dato for r in scelte), Decimal(0))
        esito.append(TotaleArea(str(AreaRisorsa(area).label), unita, promesso, dato))
    return esito


def stato_impegno(impegno: Impegno) -> str:
    """In a word: confirmed, waiting for a confirmation, late, open."""
    if impegno.confermato_il:
        return _("adempiuto")
    if impegno.adempiuto_il:
        return _("da confermare")
    return _("in ritardo") if impegno.in_ritardo else _("aperto")


INTESTAZIONE = (
    "Che cosa",
    "Di chi",
    "Descrizione",
    "Stato",
    "Dal",
    "Entro il",
    "Fatto il",
    "Unità",
    "Promesso",
    "Dato",
)


def righe_csv(accordo: Accordo) -> Iterable[Sequence[Any]]:
    """Heading and one row for each obligation, resource and action."""
    dati = vita(accordo)
    yield INTESTAZIONE
    for i in dati.impegni:
        chi = str(i.parte) if i.parte else "tutte le parti"
        yield ("impegno", chi, i.testo, stato_impegno(i), None, i.entro, i.adempiuto_il, "", None, None)
    for r in dati.risorse:
        ris = r.risorsa
        stato = f"{r.percento}%"
        yield (
            f"risorsa: {ris.get_area_display()}", str(ris.parte), ris.descrizione, stato, None, None, None,
            ris.unita, float(ris.promesso), float(r.dato),
        )  # fmt: skip
    for a in dati.azioni:
        chi = ", ".join(str(p) for p in a.parti.all()) or "tutte le parti"
        azione = f"azione: {a.get_tipo_display()}"
        yield (azione, chi, a.descrizione, a.get_stato_display(), a.dal, a.al, None, "", None, None)


def voci_scrivania(utente: Any) -> list[Voce]:
    """Coordinators: what to confirm, agreements to renew, obligations late. Parties: their obligations near or late."""
    return _voci_ufficio() if puo_coordinare(utente) else _voci_parte(utente)


def _voci_ufficio() -> list[Voce]:
    gruppo = _("Accordi")
    voci = [
        Voce(_("Conferma l'impegno «%s»") % i.testo, _pagina(i.accordo), 1, i.accordo.titolo, gruppo=gruppo)
        for i in Impegno.objects.da_confermare().select_related("accordo")
    ]
    conferimenti = Conferimento.objects.filter(confermato_il__isnull=True).select_related("risorsa__accordo")
    for c in conferimenti:
        accordo = c.risorsa.accordo
        titolo = _("Conferma quanto dato per «%(risorsa)s»: %(quanto)s") % {"quanto": c, "risorsa": c.risorsa}
        voci.append(Voce(titolo, _pagina(accordo), 1, accordo.titolo, gruppo=gruppo))
    vivi = Impegno.objects.scaduti().filter(accordo__stato__in=ACCORDI_VIVI).select_related("accordo")
    for i in vivi:
        titolo = _("Impegno in ritardo: «%s»") % i.testo
        voci.append(Voce(titolo, _pagina(i.accordo), 0, i.accordo.titolo, i.entro, gruppo))
    return [*voci, *(_voce_scadenza(a) for a in _da_decidere())]


def _da_decidere() -> Iterable[Accordo]:
    """In force, ending within the first warning, without a renewal begun."""
    limite = scadenza(oggi(), max(settings.GIORNI_AVVISO_ACCORDI))
    rinnovati = Accordo.objects.filter(legame=Accordo.Legame.RINNOVO).exclude(stato="annullato").values("padre")
    vivi = Accordo.objects.che_vivono().in_vigore().filter(scade_il__lte=limite, cessato_dal__isnull=True)
    return vivi.exclude(pk__in=rinnovati).exclude(legame=Accordo.Legame.MODIFICA)


def _voce_scadenza(accordo: Accordo) -> Voce:
    vicina = accordo.scade_il <= scadenza(oggi(), settings.GIORNI_AVVISO_SCADENZA)
    titolo = _("Rinnova o lascia scadere «%s»") % accordo.titolo
    return Voce(titolo, _pagina(accordo), 1 if vicina else 2, entro=accordo.scade_il, gruppo=_("Accordi"))


def _voci_parte(utente: Any) -> list[Voce]:
    limite = scadenza(oggi(), max(settings.GIORNI_AVVISO_ACCORDI))
    enti = Soggetto.objects.rappresentati_da(utente)
    impegni = (
        Impegno.objects.aperti()
        .filter(Q(parte__soggetto__in=enti) | Q(parte__isnull=True, accordo__parti__soggetto__in=enti))
        .filter(accordo__stato__in=ACCORDI_VIVI, entro__lte=limite)
        .select_related("accordo", "parte__soggetto")
        .distinct()
    )
    vicino = scadenza(oggi(), settings.GIORNI_AVVISO_SCADENZA)
    return [
        Voce(
            titolo=_("Adempi l'impegno «%s»") % i.testo,
            url=reverse("accordi:vita", args=[i.accordo.codice]),
            urgenza=0 if i.in_ritardo else 1 if i.entro <= vicino else 2,
            dettaglio=i.accordo.titolo,
            entro=i.entro,
            gruppo=_("Impegni"),
            azione=_("Di' che è adempiuto"),
            enti=(i.parte.soggetto.slug,) if i.parte else (),
        )
        for i in impegni
    ]


def _pagina(accordo: Accordo) -> str:
    return reverse("accordi_gestione:vita", args=[accordo.pk])
