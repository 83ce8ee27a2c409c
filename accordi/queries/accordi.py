"""Agreements as others read them: current document, who must sign, ties, desk, lists for the indicators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accordi.models import Accordo, Firma, Parte, VersioneTesto
from accordi.queries.accreditamento import come_oggi
from accordi.stati import ACCORDI_FIRMATI, StatoAccordo
from core.orologio import oggi
from core.registro import righe_di
from core.scrivania import Voce, piu_urgenti
from core.termini import scadenza
from reti.grafo import Arco
from reti.models import Rappresentanza, Soggetto
from utenti.models import Utente
from utenti.permissions import COORDINANO, FIRMANO_PER_LA_PROVINCIA, ha_ruolo


@dataclass(frozen=True)
class Revisione:
    """The document as it stands: the frozen text, or the text with the signatures so far."""

    versione: VersioneTesto
    firme: tuple[Firma, ...]

    @property
    def impronta(self) -> str:
        return self.firme[-1].impronta_dopo if self.firme else self.versione.impronta

    @property
    def pdf(self) -> FieldFile:
        return self.firme[-1].pdf if self.firme else self.versione.pdf


def revisione_corrente(accordo: Accordo) -> Revisione | None:
    """The current document with its signatures in order; None while the text is a draft."""
    if accordo.stato == StatoAccordo.BOZZA:
        return None
    versione = accordo.versioni.last()
    firme = Firma.objects.filter(versione=versione).select_related("parte__soggetto", "utente", "marca").order_by("pk")
    return Revisione(versione, tuple(firme)) if versione else None


@dataclass(frozen=True)
class ParteFirma:
    """A party and its signature on the current text, or None. `di_turno`: it is awaited now."""

    parte: Parte
    firma: Firma | None
    di_turno: bool = False


def parti_e_firme(accordo: Accordo) -> list[ParteFirma]:
    """Every party in order with its signature on the current version."""
    revisione = revisione_corrente(accordo)
    firme = {f.parte_id: f for f in revisione.firme} if revisione else {}
    di_turno = set(accordo.parti.di_turno().values_list("pk", flat=True))
    return [ParteFirma(p, firme.get(p.pk), p.pk in di_turno) for p in accordo.parti.select_related("soggetto")]


def parti_che_firmano(accordo: Accordo) -> QuerySet[Parte]:
    """Who signs its text, in order: every party, or of an amendment those whose clauses change (R12)."""
    return accordo.parti.filter(firma_la_modifica=True).select_related("soggetto")


@dataclass(frozen=True)
class Passo:
    """One line of an agreement's history, in words."""

    quando: datetime
    testo: str
    dettaglio: str


EVENTI = {
    "accordo.creato": _l("Bozza preparata"),
    "accordo.bozza_modificata": _l("Bozza modificata"),
    "accordo.in_firma": _l("Testo congelato e mandato in firma"),
    "accordo.documento_preso": _l("Documento preso per firmarlo altrove"),
    "accordo.documento_lasciato": _l("Documento lasciato senza firmarlo"),
    "accordo.firmato": _l("Firma apposta"),
    "accordo.sottoscritto": _l("Firmato da tutti"),
    "accordo.ritirato": _l("Testo ritirato dalla firma"),
    "accordo.rifiutato": _l("Firma rifiutata"),
    "accordo.annullato": _l("Accordo annullato"),
    "accordo.sollecitato": _l("Sollecito di firma"),
    "accordo.attivato": _l("Accordo attivo"),
    "accordo.sospeso": _l("Accordo sospeso"),
    "accordo.riattivato": _l("Sospensione finita"),
    "accordo.rinnovo_preparato": _l("Preparato il rinnovo"),
    "accordo.modifica_preparato": _l("Preparata una modifica"),
    "accordo.modificato": _l("Modifica in vigore"),
    "accordo.recesso_di_una_parte": _l("Recesso di una parte"),
    "accordo.concluso_per_recesso": _l("Concluso per recesso"),
    "accordo.scaduto": _l("Scaduto"),
    "accordo.risolto": _l("Risolto"),
    "accordo.marca_ottenuta": _l("Marca temporale ottenuta"),
    "accordo.versato": _l("Versato in conservazione"),
    "accordo.marca_richiesta": _l("Marca temporale chiesta di nuovo"),
}


def storia(accordo: Accordo) -> list[Passo]:
    """The agreement's history from the audit trail, oldest first; requests of codes stay out."""
    nomi = dict(accordo.parti.values_list("soggetto__slug", "soggetto__denominazione"))
    return [
        Passo(
            r.quando,
            str(EVENTI[r.azione]),
            ": ".join(filter(None, (nomi.get(r.dati.get("parte")), r.dati.get("motivo") or r.dati.get("protocollo")))),
        )
        for r in righe_di(accordo)
        if r.azione in EVENTI
    ]


def firmatari_di(parte: Parte) -> QuerySet[Utente]:
    """Who may sign for `parte` today, by registered powers."""
    poteri = Rappresentanza.objects.valide().filter(soggetto=parte.soggetto, puo_firmare=True)
    scelti = Utente.objects.filter(is_active=True, pk__in=poteri.values("utente"))
    if parte.soggetto.titolare_piattaforma:
        return scelti.filter(ruolo__in=FIRMANO_PER_LA_PROVINCIA)
    return scelti


def solo_amministrazioni(accordo: Accordo) -> bool:
    """Every party is a public administration (L. 241/1990 art. 15)."""
    return all(p.soggetto.e_pubblica_amministrazione for p in accordo.parti.select_related("soggetto"))


def parti_da_firmare(utente: Any) -> QuerySet[Parte]:
    """Parties on turn that `utente` may sign for today, and that haven't signed the current version."""
    if not getattr(utente, "is_authenticated", False):
        return Parte.objects.none()
    poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_firmare=True)
    parti = (
        Parte.objects.di_turno()
        .filter(soggetto__in=poteri.values("soggetto"))
        .select_related("accordo__istanza__protocollo", "accordo__istanza__avviso", "soggetto")
    )
    return parti if ha_ruolo(utente, FIRMANO_PER_LA_PROVINCIA) else parti.exclude(soggetto__titolare_piattaforma=True)


def accordi_sottoscritti(*, tipo: str, dal: date, al: date) -> QuerySet[Accordo]:
    """Agreements of that kind signed by all between two local dates, both included; an amendment isn't one more."""
    firmati = Accordo.objects.firmati().exclude(legame=Accordo.Legame.MODIFICA)
    return firmati.filter(tipo=tipo, sottoscritto_il__date__gte=dal, sottoscritto_il__date__lte=al)


def archi_accordi(al: date) -> Iterable[Arco]:
    """Ties "co-signed" on that day: the Province with every other party still bound by an agreement.

    They end on the last day in force for that party: expiry, end of the whole, or its own withdrawal.
    """
    provincia = Soggetto.objects.filter(titolare_piattaforma=True).first()
    parti = (
        Parte.objects.filter(accordo__stato__in=ACCORDI_FIRMATI, accordo__sottoscritto_il__date__lte=al)
        .filter(Q(accordo__scade_il__isnull=True) | Q(accordo__scade_il__gte=al))
        .filter(Q(accordo__cessato_dal__isnull=True) | Q(accordo__cessato_dal__gt=al))
        .vincolate(al)
        .exclude(soggetto=provincia)
        .exclude(accordo__legame=Accordo.Legame.MODIFICA)
        .select_related("accordo", "soggetto", "recesso")
    )
    for parte in parti if provincia else ():
        accordo = parte.accordo
        yield Arco(
            da=provincia.slug,
            a=parte.soggetto.slug,
            tipo="accordo",
            dal=timezone.localdate(accordo.sottoscritto_il),
            al=ultimo_giorno_di(parte),
            prova=accordo.titolo,
            url=reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        )


# What waits for a coordinator, by state.
DA_GESTIRE = {
    StatoAccordo.BOZZA: _l("Manda in firma l'accordo «%s»"),
    StatoAccordo.RIFIUTATO: _l("Una parte ha rifiutato di firmare: «%s»"),
    StatoAccordo.SOTTOSCRITTO: _l("Attiva l'accordo «%s»"),
    StatoAccordo.SOSPESO: _l("Accordo sospeso: «%s»"),
}


def ultimo_giorno_di(parte: Parte) -> date | None:
    """Last day on which the agreement binds that party; None when nothing ends it."""
    recesso = getattr(parte, "recesso", None)
    prime_fuori = [parte.accordo.cessato_dal, recesso.efficace_dal if recesso else None]
    ultimi = [giorno - timedelta(days=1) for giorno in prime_fuori if giorno]
    return min([*ultimi, *([parte.accordo.scade_il] if parte.accordo.scade_il else [])], default=None)


def voci_scrivania(utente: Any) -> list[Voce]:
    """What waits for `utente`: agreements to sign; for coordinators, drafts, refusals, signed ones."""
    voci = [_voce_firma(utente, parte) for parte in parti_da_firmare(utente)]
    if utente.e_provincia:
        voci = piu_urgenti(voci, _("Altri accordi da firmare: %d"), reverse("accordi_gestione:da_firmare"))
    if ha_ruolo(utente, COORDINANO):
        voci += [
            _voce_gestione(accordo)
            for accordo in come_oggi(Accordo.objects.select_related("istanza__protocollo", "istanza__avviso")).filter(
                Q(stato__in=DA_GESTIRE) | Q(senza_accreditamento=True)
            )
        ]
    return voci


def _urgenza(entro: date | None) -> int:
    """0 late, 1 within the days of warning, 2 otherwise."""
    if entro is None:
        return 2
    if entro < oggi():
        return 0
    return 1 if entro <= scadenza(oggi(), settings.GIORNI_AVVISO_SCADENZA) else 2


def _voce_firma(utente: Any, parte: Parte) -> Voce:
    accordo = parte.accordo
    entro = accordo.istanza.termine if accordo.istanza else None
    # The office signs in the back office, partners on the public site.
    indirizzo = (
        reverse("accordi_gestione:firma", args=[parte.pk])
        if utente.e_provincia
        else reverse("accordi:firma", args=[accordo.codice])
    )
    return Voce(
        titolo=_("Firma l'accordo «%s»") % accordo.titolo,
        url=indirizzo,
        urgenza=_urgenza(entro),
        dettaglio=_("Per %s.") % parte.soggetto,
        entro=entro,
        gruppo=_("Accordi da firmare"),
        azione=_("Leggi e firma"),
        enti=(parte.soggetto.slug,),
        prima=True,
    )


def _voce_gestione(accordo: Accordo) -> Voce:
    stato = StatoAccordo.SOSPESO if accordo.senza_accreditamento else accordo.stato
    entro = accordo.istanza.termine if accordo.istanza and accordo.stato == StatoAccordo.BOZZA else None
    return Voce(
        titolo=str(DA_GESTIRE[stato]) % accordo.titolo,
        url=reverse("accordi_gestione:accordo", args=[accordo.pk]),
        urgenza=1 if stato in (StatoAccordo.SOSPESO, StatoAccordo.RIFIUTATO) else _urgenza(entro),
        entro=entro,
        gruppo=_("Accordi"),
    )
