"""Applications: who is in them, what is missing, who waits for what."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.composizione import Membro, mancanze
from accordi.models import Istanza
from accordi.queries.contenuto import mancanze_contenuto, parti_da_confermare
from accordi.queries.preavvisi import osservazioni_entro
from accordi.queries.termini import clock, per_il_clock
from accordi.stati import StatoIstanza
from core.orologio import adesso, oggi
from core.scrivania import Voce
from reti.models import Rappresentanza, Soggetto
from reti.queries.soggetti import nome_o_comune
from reti.stati import StatoAccreditamento
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo, puo_coordinare

IN_ESAME = (StatoIstanza.PRESENTATA, StatoIstanza.ISTRUTTORIA, StatoIstanza.INTEGRAZIONE)


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
    """What keeps the application from being presented, one sentence each (R09):
    composition, answers, documents, confirmations, declarations."""
    dichiarate = {"dote"} if istanza.dichiarazione_dote else set()
    frasi = mancanze(istanza.avviso.regola_composizione, membri(istanza), dichiarate)
    if not istanza.motivazione.strip():
        frasi.append(_("Scrivi perché partecipate."))
    frasi += mancanze_contenuto(istanza)
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
    """Partners: drafts of open calls, integrations and notices to answer. Coordinators: what to examine, by term."""
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
                _("Completa"),
                (istanza.capofila.slug,),
            )
        )
    for parte in parti_da_confermare(utente):
        decaduta = parte.conferma == parte.Conferma.DECADUTA
        titolo = (_("Conferma di nuovo la parte di %s") if decaduta else _("Conferma la parte di %s")) % parte.soggetto
        dettaglio = _("%(capofila)s vi ha messi nella sua rete: %(avviso)s.") % {
            "capofila": parte.istanza.capofila,
            "avviso": parte.istanza.avviso,
        }
        indirizzo = reverse("accordi:istanza_conferma", args=[parte.istanza.codice, parte.soggetto.slug])
        chi = (parte.soggetto.slug,)
        voci.append(Voce(titolo, indirizzo, 1, dettaglio, None, _("Istanze"), _("Leggi e conferma"), chi))
    attese = mie.annotate(entro=osservazioni_entro())
    for istanza in attese.filter(Q(stato=StatoIstanza.INTEGRAZIONE) | Q(entro__isnull=False)):
        frase = (
            _("Rispondi al preavviso di rigetto: %s")
            if istanza.entro
            else _("Rispondi alla richiesta di integrazione: %s")
        )
        titolo, chi, indirizzo = frase % istanza.avviso, istanza.capofila, istanza.get_absolute_url()
        voci.append(Voce(titolo, indirizzo, 1, str(chi), istanza.entro, _("Istanze"), _("Rispondi"), (chi.slug,)))
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
