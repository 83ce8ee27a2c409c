"""The life of a point as its host sees it: the steps, and what is awaited now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.stati import StatoProposta, StatoPunto


@dataclass(frozen=True)
class Passo:
    """One step: done, present or to come."""

    nome: str
    fatto: bool
    presente: bool


def con_vita(punti: Any) -> list[PuntoInformativo]:
    """Points with `passi`, `atteso`, `ultima_proposta` (open, or decided and not withdrawn), in two queries."""
    punti = list(punti)
    ultime: dict[int, Proposta] = {}
    for proposta in Proposta.objects.filter(punto__in=punti).exclude(stato=StatoProposta.RITIRATA):
        ultime.setdefault(proposta.punto_id, proposta)
    for punto in punti:
        punto.passi, punto.atteso = passi(punto), atteso(punto)
        punto.modificabile = punto.stato != StatoPunto.CESSATO
        punto.ultima_proposta = ultime.get(punto.pk)
    return punti


def passi(punto: PuntoInformativo) -> list[Passo]:
    """From the candidacy to the end; the suspension is shown while it lasts."""
    stati = [StatoPunto.CANDIDATO, StatoPunto.VERIFICATO, StatoPunto.ATTIVO]
    if punto.stato in (StatoPunto.SOSPESO, StatoPunto.CESSATO):
        stati.append(StatoPunto(punto.stato))
    # A point may end before it was ever open.
    mai = {StatoPunto.ATTIVO} if punto.stato == StatoPunto.CESSATO and not punto.attivo_dal else set()
    qui = stati.index(StatoPunto(punto.stato))
    elenco = [Passo(_nome(s), n < qui, n == qui) for n, s in enumerate(stati) if s not in mai]
    return [Passo(_("Istanza ammessa"), True, False), *elenco] if punto.istanza_id else elenco


def _nome(stato: StatoPunto) -> str:
    return _("Aperto al pubblico") if stato == StatoPunto.ATTIVO else str(stato.label)


def atteso(punto: PuntoInformativo) -> str:
    """Who moves next, in one sentence."""
    return {
        StatoPunto.CANDIDATO: _("Completa orari e contatti; poi la Provincia verifica i dati."),
        StatoPunto.VERIFICATO: _("La Provincia ha verificato i dati: manca l'apertura al pubblico, la decide lei."),
        StatoPunto.ATTIVO: "",
        StatoPunto.SOSPESO: _("Sospeso dalla Provincia: il motivo è nell'email che hai ricevuto."),
        StatoPunto.CESSATO: _("Cessato: la storia resta, la pagina non è più pubblica."),
    }[StatoPunto(punto.stato)]
