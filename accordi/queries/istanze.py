"""Applications and their clocks; who waits for what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.composizione import Membro, mancanze
from accordi.models import Istanza
from accordi.stati import ACCORDI_FIRMATI, StatoIstanza
from core.orologio import adesso, oggi
from core.scrivania import Voce, VoceMenu
from core.termini import giorni_lordi, giorni_netti, scadenza
from reti.models import Rappresentanza, Soggetto
from reti.queries.soggetti import nome_o_comune
from reti.stati import StatoAccreditamento
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo, puo_coordinare

IN_ESAME = (StatoIstanza.PRESENTATA, StatoIstanza.ISTRUTTORIA, StatoIstanza.INTEGRAZIONE)
SENZA_ACCORDO = (StatoIstanza.RESPINTA, StatoIstanza.RITIRATA)


@dataclass(frozen=True)
class Clock:
    """The term of an application on a day (R01). Days are calendar days from the protocol date, day 0.

    `termine` is the last day to sign on time; when the call counts net days, suspensions push it
    forward. `fermo` means that the count ended: signed by all, rejected or withdrawn.
    """

    termine: date
    al: date
    giorni_lordi: int
    giorni_netti: int
    giorni_previsti: int
    conta_netto: bool
    fermo: bool
    in_ritardo: bool

    @property
    def giorni(self) -> int:
        """The days that the call counts."""
        return self.giorni_netti if self.conta_netto else self.giorni_lordi

    @property
    def mancano(self) -> int:
        """Days left to the term; negative when it has passed."""
        return self.giorni_previsti - self.giorni

    @property
    def oltre(self) -> int:
        """Days past the term; 0 when there are none."""
        return max(0, -self.mancano)

    @property
    def in_scadenza(self) -> bool:
        """Running, on time, and within the notice that the installation chose."""
        return not self.fermo and 0 <= self.mancano <= settings.GIORNI_AVVISO_SCADENZA


def per_il_clock(istanze: QuerySet[Istanza]) -> QuerySet[Istanza]:
    """What `clock` reads, fetched with the list so that the queries don't grow with the rows."""
    return istanze.select_related("avviso", "capofila", "protocollo", "accordo").prefetch_related("sospensioni")


def _fine(istanza: Istanza) -> date | None:
    """The day on which the count ended, or None while it runs."""
    accordo = getattr(istanza, "accordo", None)
    if accordo is not None and accordo.sottoscritto_il and accordo.stato in ACCORDI_FIRMATI:
        return timezone.localdate(accordo.sottoscritto_il)
    if istanza.stato in SENZA_ACCORDO and istanza.esito_il:
        return timezone.localdate(istanza.esito_il)
    return None


def clock(istanza: Istanza, al_giorno: date | None = None) -> Clock | None:
    """The clock of a presented application as of a day (today by default); None for a draft.

    Facts after that day are not known yet. An application rejected or withdrawn is never late.
    """
    dal = istanza.presentata_il
    if dal is None:
        return None
    giorno = al_giorno or oggi()
    fine = _fine(istanza)
    fermo = fine is not None and fine <= giorno
    al = max(dal, fine if fine is not None and fermo else giorno)
    sospensioni = [(s.dal, s.al) for s in istanza.sospensioni.all() if s.dal <= al]
    lordi, netti = giorni_lordi(dal, al), giorni_netti(dal, al, sospensioni)
    avviso = istanza.avviso
    contati = netti if avviso.conta_netto else lordi
    previsti = avviso.giorni_sottoscrizione
    return Clock(
        termine=scadenza(dal, previsti + (lordi - netti if avviso.conta_netto else 0)),
        al=al,
        giorni_lordi=lordi,
        giorni_netti=netti,
        giorni_previsti=previsti,
        conta_netto=avviso.conta_netto,
        fermo=fermo,
        in_ritardo=contati > previsti and not (fermo and istanza.stato in SENZA_ACCORDO),
    )


def istanze_presentate(*, tipo: str = "", dal: date, al: date) -> QuerySet[Istanza]:
    """Applications whose protocol date falls in the period, both ends included, to calls of that kind of agreement."""
    istanze = per_il_clock(Istanza.objects.filter(protocollo__registrato_il__date__range=(dal, al)))
    istanze = istanze.filter(avviso__tipo=tipo) if tipo else istanze
    return istanze.order_by("protocollo__anno", "protocollo__numero")


def casi_in_ritardo(*, tipo: str = "", dal: date, al: date, al_giorno: date | None = None) -> list[Istanza]:
    """Applications presented in the period that are late as of `al_giorno` (default: `al`, but never after today).

    Late: signed by all after the call's term, or not signed and past it (B5).
    """
    giorno = al_giorno or min(al, oggi())
    presentate = istanze_presentate(tipo=tipo, dal=dal, al=al)
    return [i for i in presentate if (c := clock(i, giorno)) and c.in_ritardo]


def membri(istanza: Istanza) -> list[Membro]:
    """The participants as the rule of composition reads them, with accreditations in force today."""
    giorno = oggi()
    partecipanti = istanza.partecipanti.select_related("soggetto").prefetch_related(
        "soggetto__accreditamenti", "soggetto__sedi"
    )
    return [
        Membro(
            nome=p.soggetto.denominazione,
            tipo=p.soggetto.tipo,
            natura=p.soggetto.natura,
            accreditamenti=frozenset(
                a.registro
                for a in p.soggetto.accreditamenti.all()
                if a.stato == StatoAccreditamento.VIGENTE and a.dal <= giorno and (a.al is None or a.al >= giorno)
            ),
            nel_territorio=bool(p.soggetto.sedi.all()),
        )
        for p in partecipanti
    ]


def condizioni_mancanti(istanza: Istanza) -> list[str]:
    """What keeps the application from being presented, one sentence each: composition and declarations (R09)."""
    dichiarate = {"dote"} if istanza.dichiarazione_dote else set()
    frasi = mancanze(istanza.avviso.regola_composizione, membri(istanza), dichiarate)
    if not istanza.motivazione.strip():
        frasi.append(_("Scrivi perché partecipate."))
    if not istanza.dichiarazione_poteri:
        frasi.append(_("Manca la dichiarazione sui poteri di rappresentanza."))
    return frasi


def soggetti_candidabili(utente: Any) -> QuerySet[Soggetto]:
    """Bodies for which `utente` may present applications today."""
    valide = Rappresentanza.objects.valide().filter(utente=utente, puo_presentare=True)
    return Soggetto.objects.filter(pk__in=valide.values("soggetto"))


def soggetti_da_aggiungere(istanza: Istanza, testo: str) -> QuerySet[Soggetto]:
    """Bodies of the register whose name holds every word of `testo`, not yet in the application."""
    soggetti = Soggetto.objects.exclude(partecipazioni__istanza=istanza).exclude(titolare_piattaforma=True)
    for parola in dict.fromkeys(testo.split()):
        soggetti = soggetti.filter(nome_o_comune(parola))
    return soggetti


def voci_scrivania(utente: Any) -> list[Voce]:
    """Partners: drafts of open calls, integrations to answer. Coordinators: applications to examine, by term."""
    if puo_coordinare(utente):
        return _voci_coordinatore(utente)
    if ha_ruolo(utente, LEGGONO_TUTTO):
        return []
    return _voci_partner(utente)


def _voci_partner(utente: Any) -> list[Voce]:
    mie = Istanza.objects.filter(capofila__in=soggetti_candidabili(utente)).select_related("avviso", "capofila")
    voci = []
    for istanza in mie.filter(stato=StatoIstanza.BOZZA, avviso__live=True, avviso__chiude__gt=adesso()):
        chiude = timezone.localtime(istanza.avviso.chiude)
        vicino = (chiude.date() - oggi()).days <= settings.GIORNI_AVVISO_SCADENZA
        voci.append(
            Voce(
                _("Completa l'istanza: %s") % istanza.avviso,
                istanza.get_absolute_url(),
                1 if vicino else 2,
                _("L'avviso chiude il %s.") % f"{chiude:%d/%m/%Y alle %H:%M}",
                chiude.date(),
                _("Istanze"),
            )
        )
    for istanza in mie.filter(stato=StatoIstanza.INTEGRAZIONE):
        titolo = _("Rispondi alla richiesta di integrazione: %s") % istanza.avviso
        voci.append(Voce(titolo, istanza.get_absolute_url(), 1, str(istanza.capofila), None, _("Istanze")))
    return voci


def _voci_coordinatore(utente: Any) -> list[Voce]:
    voci = []
    for istanza in per_il_clock(Istanza.objects.filter(stato__in=IN_ESAME)):
        orologio = clock(istanza)
        voci.append(
            Voce(
                _("%(stato)s: %(capofila)s") % {"stato": istanza.get_stato_display(), "capofila": istanza.capofila},
                reverse("accordi_istanze:istruttoria", args=[istanza.pk]),
                0 if orologio.in_ritardo else 1 if orologio.in_scadenza else 2,
                _("%(avviso)s. Giorno %(n)d di %(previsti)d.")
                % {"avviso": istanza.avviso, "n": orologio.giorni, "previsti": orologio.giorni_previsti},
                orologio.termine,
                _("Istanze da esaminare"),
            )
        )
    return voci


def voci_area(utente: Any) -> list[VoceMenu]:
    """Entries of the private area for `utente`."""
    return [
        VoceMenu(
            _("Le mie istanze"),
            reverse("accordi:istanze"),
            _("Le risposte agli avvisi dei soggetti che rappresenti: bozze, protocollo, stato."),
            "it-files",
        )
    ]
