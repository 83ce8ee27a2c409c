"""The life of a point: verified, opened to the public, suspended, ended."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accordi.models import Accordo
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.posta import accoda
from core.registro import annota, righe_di
from core.transizioni import transita
from punti_informativi import permissions
from punti_informativi.models import PuntoInformativo, Verifica
from punti_informativi.services.conferme import segna_verifica
from punti_informativi.services.proposte import chiudi_aperta
from punti_informativi.stati import TRANSIZIONI_PUNTO, StatoPunto


def _bloccato(punto: PuntoInformativo, rifiuto: str) -> PuntoInformativo:
    """The row locked for this transaction; `rifiuto` is the reason why this user may not, if any."""
    if rifiuto:
        raise PermissionDenied(rifiuto)
    return PuntoInformativo.objects.select_for_update().get(pk=punto.pk)


def _solo_da(*stati: str) -> dict[str, frozenset[str]]:
    """The transition table narrowed to the starting states of one verb."""
    return {s: TRANSIZIONI_PUNTO[s] if s in stati else frozenset() for s in StatoPunto.values}


def _avvisa(punto: PuntoInformativo, modello: str, oggetto: str, **dati: str) -> None:
    """Tell the host by mail, in the same transaction; a body without an address is told on its desk only."""
    if punto.soggetto.email:
        accoda(
            chiave=f"punto-{punto.pk}-{modello}-{adesso():%Y%m%d%H%M%S%f}",
            destinatario=punto.soggetto.email,
            oggetto=oggetto,
            testo=render_to_string(f"punti_informativi/email/{modello}.txt", {"punto": punto, **dati}),
            riferimento=f"punto-{punto.pk}",
        )


@transaction.atomic
def verifica_punto(*, utente: Any, punto: PuntoInformativo, nota: str = "") -> Verifica:
    """Confirm the point's data today; a candidate becomes verified, any other keeps its state (R31).

    Refuses an ended point, and one that offers no service.
    """
    punto = _bloccato(punto, permissions.motivo_rifiuto_verifica(utente, punto))
    if punto.stato == StatoPunto.CESSATO:
        raise Rifiuto("Il punto è cessato: non c'è più niente da verificare.")
    if not punto.servizi.exists():
        raise Rifiuto("Il punto non offre nessun servizio: indicane almeno uno prima di verificarlo.")
    verifica = segna_verifica(punto, utente=utente, nota=nota)
    if punto.stato == StatoPunto.CANDIDATO:
        transita(punto, StatoPunto.VERIFICATO, tabella=TRANSIZIONI_PUNTO, utente=utente, azione="punto_verificato")
    else:
        annota(utente, "punto_riverificato", punto, nota=nota)
    return verifica


@transaction.atomic
def attiva_punto(*, utente: Any, punto: PuntoInformativo) -> PuntoInformativo:
    """Open a verified point to the public: publishes its latest draft and tells the host."""
    punto = _bloccato(punto, permissions.motivo_rifiuto_attiva(utente, punto))
    punto.attivo_dal = oggi()
    transita(
        punto,
        StatoPunto.ATTIVO,
        tabella=_solo_da(StatoPunto.VERIFICATO),
        utente=utente,
        azione="punto_attivato",
    )
    bozza = punto.get_latest_revision() if punto.has_unpublished_changes else None
    (bozza or punto.save_revision(user=utente)).publish(user=utente, skip_permission_checks=True)
    punto.refresh_from_db()
    _avvisa(punto, "attivato", f"Il punto informativo «{punto.nome}» è pubblico")
    return punto


@transaction.atomic
def sospendi_punto(*, utente: Any, punto: PuntoInformativo, motivo: str) -> PuntoInformativo:
    """Take an active point off the list for a while; its page says so. `motivo` goes to the host and the audit."""
    punto = _bloccato(punto, permissions.motivo_rifiuto_sospendi(utente, punto))
    if not motivo.strip():
        raise Rifiuto("Scrivi il motivo della sospensione: il soggetto ospitante lo riceve per email.")
    transita(
        punto,
        StatoPunto.SOSPESO,
        tabella=_solo_da(StatoPunto.ATTIVO),
        utente=utente,
        azione="punto_sospeso",
        dati={"motivo": motivo},
    )
    _avvisa(punto, "sospeso", f"Il punto informativo «{punto.nome}» è sospeso", motivo=motivo)
    return punto


@transaction.atomic
def riattiva_punto(*, utente: Any, punto: PuntoInformativo) -> PuntoInformativo:
    """Bring a suspended point back to the list and tell the host."""
    punto = _bloccato(punto, permissions.motivo_rifiuto_riattiva(utente, punto))
    transita(punto, StatoPunto.ATTIVO, tabella=_solo_da(StatoPunto.SOSPESO), utente=utente, azione="punto_riattivato")
    _avvisa(punto, "attivato", f"Il punto informativo «{punto.nome}» è di nuovo pubblico")
    return punto


@transaction.atomic
def sospendi_per_accordo(*, utente: Any, accordo: Accordo, motivo: str) -> list[PuntoInformativo]:
    """Take off the list the active points born from the application of an agreement that stopped (R16).

    `utente` None: the system. The audit line names the agreement, so that its return brings back these only.
    """
    punti = PuntoInformativo.objects.select_for_update(of=("self",)).filter(
        stato=StatoPunto.ATTIVO, istanza__isnull=False, istanza=accordo.istanza_id
    )
    fatti = list(punti)
    for punto in fatti:
        dati = {"motivo": motivo, "accordo": accordo.codice}
        transita(punto, StatoPunto.SOSPESO, tabella=TRANSIZIONI_PUNTO, utente=utente, azione="punto_sospeso", dati=dati)
        _avvisa(punto, "sospeso", f"Il punto informativo «{punto.nome}» è sospeso", motivo=motivo)
    return fatti


@transaction.atomic
def riprendi_per_accordo(*, utente: Any, accordo: Accordo) -> list[PuntoInformativo]:
    """Bring back the points that this agreement's suspension took off the list, not those suspended otherwise."""
    punti = PuntoInformativo.objects.select_for_update(of=("self",)).filter(
        stato=StatoPunto.SOSPESO, istanza__isnull=False, istanza=accordo.istanza_id
    )
    fatti = [p for p in punti if _sospeso_con(p) == accordo.codice]
    for punto in fatti:
        transita(punto, StatoPunto.ATTIVO, tabella=TRANSIZIONI_PUNTO, utente=utente, azione="punto_riattivato")
        _avvisa(punto, "attivato", f"Il punto informativo «{punto.nome}» è di nuovo pubblico")
    return fatti


def _sospeso_con(punto: PuntoInformativo) -> str:
    """Code of the agreement that the last suspension of `punto` followed; "" when the office decided it."""
    ultima = righe_di(punto).filter(azione="punto_sospeso").order_by("numero").last()
    return ultima.dati.get("accordo", "") if ultima else ""


@transaction.atomic
def cessa_punto(
    *, utente: Any, punto: PuntoInformativo, motivo: str, sostituito_da: PuntoInformativo | None = None
) -> PuntoInformativo:
    """End a point for good from today: it leaves the list, and its old address says that it ended.

    With `sostituito_da`, an open point, the old address leads there.
    """
    if sostituito_da:  # both, in one order: two points that end at once don't lead to each other
        coppia = PuntoInformativo.objects.filter(pk__in=(punto.pk, sostituito_da.pk))
        list(coppia.select_for_update(of=("self",)).order_by("pk"))
    punto = _bloccato(punto, permissions.motivo_rifiuto_cessa(utente, punto))
    if not motivo.strip():
        raise Rifiuto("Scrivi il motivo della cessazione: il soggetto ospitante lo riceve per email.")
    punto.sostituito_da = _sostituto(punto, sostituito_da)
    punto.cessato_dal = oggi()
    transita(
        punto,
        StatoPunto.CESSATO,
        tabella=TRANSIZIONI_PUNTO,
        utente=utente,
        azione="punto_cessato",
        dati={"motivo": motivo, "sostituito_da": punto.sostituito_da.slug if punto.sostituito_da else ""},
    )
    chiudi_aperta(utente, punto, _("Il punto è cessato."))
    if punto.live:
        punto.unpublish(user=utente)
    _avvisa(punto, "cessato", f"Il punto informativo «{punto.nome}» è cessato", motivo=motivo)
    return punto


def _sostituto(punto: PuntoInformativo, scelto: PuntoInformativo | None) -> PuntoInformativo | None:
    if scelto is None:
        return None
    trovato = PuntoInformativo.objects.aperti_al_pubblico().exclude(pk=punto.pk).filter(pk=scelto.pk).first()
    if trovato is None:
        raise Rifiuto("Il punto che ne prende il posto deve essere un altro, aperto al pubblico: scegline uno.")
    return trovato
