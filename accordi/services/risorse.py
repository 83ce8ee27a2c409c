"""Own resources: promised by a party, given bit by bit; what a party says it gave waits for the office."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Conferimento, Parte, Risorsa
from accordi.permissions import motivo_rifiuto_rendiconta, puo_gestire_accordo
from accordi.services.impegni import esigi_firmato, esigi_parte, esigi_scrivibile
from accordi.services.passaggi import blocca
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from utenti.models import Utente


@transaction.atomic
def prometti_risorsa(*, utente: Utente, accordo: Accordo, parte: Parte, **campi: Any) -> Risorsa:
    """Write what a party promises. `campi`: `area`, `descrizione`, `unita`, `promesso` (in that unit)."""
    accordo = blocca(utente, accordo)
    esigi_scrivibile(accordo)
    esigi_parte(accordo, parte)
    risorsa = Risorsa(accordo=accordo, parte=parte, **campi)
    risorsa.full_clean()
    risorsa.save()
    annota(
        utente,
        "accordo.risorsa_promessa",
        accordo,
        risorsa=str(risorsa),
        quanto=str(risorsa.promesso),
        di=risorsa.unita,
    )
    return risorsa


@transaction.atomic
def togli_risorsa(*, utente: Utente, risorsa: Risorsa) -> None:
    """Take away a promise written by mistake; refuses one of which something was given."""
    risorsa = _bloccata(risorsa)
    accordo = blocca(utente, risorsa.accordo)
    if risorsa.conferimenti.exists():
        raise Rifiuto(_("Di questa risorsa è già stato dato qualcosa: resta, come prova."))
    annota(utente, "accordo.risorsa_tolta", accordo, risorsa=str(risorsa))
    risorsa.delete()


@transaction.atomic
def conferisci(*, utente: Utente, risorsa: Risorsa, quando: date, quantita: Decimal, nota: str = "") -> Conferimento:
    """Record that some of it was given; more than promised is allowed, a future day isn't.

    PermissionDenied for who neither coordinates nor represents today the party that promised it.
    """
    risorsa = _bloccata(risorsa)
    if motivo := motivo_rifiuto_rendiconta(utente, risorsa.accordo, risorsa.parte):
        raise PermissionDenied(motivo)
    esigi_firmato(risorsa.accordo)
    if quando > oggi():
        raise Rifiuto(_("La data è futura: indica il giorno in cui è stato dato."))
    conferimento = Conferimento(
        risorsa=risorsa,
        quando=quando,
        quantita=quantita,
        nota=nota,
        registrato_da=utente,
        confermato_il=oggi() if puo_gestire_accordo(utente) else None,
    )
    conferimento.full_clean()
    conferimento.save()
    annota(utente, "accordo.risorsa_data", risorsa.accordo, risorsa=str(risorsa), quanto=str(conferimento))
    return conferimento


@transaction.atomic
def conferma_conferimento(*, utente: Utente, conferimento: Conferimento) -> Conferimento:
    """The office agrees that it was given; again it changes nothing."""
    conferimento, accordo = _conferimento(utente, conferimento)
    if conferimento.confermato_il is None:
        conferimento.confermato_il = oggi()
        conferimento.full_clean()
        conferimento.save()
        annota(utente, "accordo.conferimento_confermato", accordo, quanto=str(conferimento))
    return conferimento


@transaction.atomic
def togli_conferimento(*, utente: Utente, conferimento: Conferimento) -> None:
    """Take away what wasn't given; the audit line keeps it."""
    conferimento, accordo = _conferimento(utente, conferimento)
    annota(utente, "accordo.conferimento_tolto", accordo, quanto=str(conferimento), risorsa=str(conferimento.risorsa))
    conferimento.delete()


def _bloccata(risorsa: Risorsa) -> Risorsa:
    return (
        Risorsa.objects.select_for_update(of=("self",)).select_related("accordo", "parte__soggetto").get(pk=risorsa.pk)
    )


def _conferimento(utente: Utente, conferimento: Conferimento) -> tuple[Conferimento, Accordo]:
    bloccato = Conferimento.objects.select_for_update(of=("self",)).select_related("risorsa__accordo")
    conferimento = bloccato.get(pk=conferimento.pk)
    return conferimento, blocca(utente, conferimento.risorsa.accordo)
