"""Obligations of an agreement: written by the office, said as met by a party with a proof, confirmed by the office."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Impegno, Parte
from accordi.permissions import motivo_rifiuto_rendiconta, puo_gestire_accordo
from accordi.services.avvisi_vita import avvisa_impegno_respinto
from accordi.services.passaggi import blocca, esigi_motivo
from accordi.stati import ACCORDI_FIRMATI
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from utenti.models import Utente


def esigi_scrivibile(accordo: Accordo) -> None:
    """Refuse a text out for signature, given up or terminated: what it says doesn't change, and isn't due."""
    if not accordo.scrivibile:
        raise Rifiuto(
            _(
                "L'accordo oggi è «%s»: impegni, risorse e azioni si propongono nella bozza e si seguono dopo la firma "
                "di tutti."
            )
            % accordo.stato_attuale.label
        )


def esigi_firmato(accordo: Accordo) -> None:
    """Refuse to report on what nobody owes yet."""
    if accordo.stato not in ACCORDI_FIRMATI:
        raise Rifiuto(_("L'accordo non è firmato da tutti: quel che si fa si registra dopo."))


def esigi_parte(accordo: Accordo, parte: Parte | None) -> None:
    if parte is not None and parte.accordo_id != accordo.pk:
        raise Rifiuto(_("Quella parte non è di questo accordo: scegline una dall'elenco."))


@transaction.atomic
def aggiungi_impegno(*, utente: Utente, accordo: Accordo, parte: Parte | None = None, **campi: Any) -> Impegno:
    """Write what a party owes (None: all of them). `campi`: `testo`, `referente`, `entro`."""
    accordo = blocca(utente, accordo)
    esigi_scrivibile(accordo)
    esigi_parte(accordo, parte)
    impegno = Impegno(accordo=accordo, parte=parte, **campi)
    impegno.full_clean()
    impegno.save()
    annota(utente, "accordo.impegno_aggiunto", accordo, impegno=impegno.testo, entro=str(impegno.entro or ""))
    return impegno


@transaction.atomic
def togli_impegno(*, utente: Utente, impegno: Impegno) -> None:
    """Take away an obligation written by mistake; refuses one already met."""
    impegno = _bloccato(impegno)
    accordo = blocca(utente, impegno.accordo)
    if impegno.adempiuto_il:
        raise Rifiuto(_("L'impegno è già adempiuto: resta, come prova."))
    annota(utente, "accordo.impegno_tolto", accordo, impegno=impegno.testo)
    _scarta_prova(impegno)
    impegno.delete()


@transaction.atomic
def adempi_impegno(
    *, utente: Utente, impegno: Impegno, quando: date, nota: str = "", prova: File | None = None
) -> Impegno:
    """Say that it was met, on a day not in the future; the office's word is a confirmation, a party's waits for one.

    PermissionDenied for who neither coordinates nor represents today the party that owes it.
    """
    impegno = _bloccato(impegno)
    if motivo := motivo_rifiuto_rendiconta(utente, impegno.accordo, impegno.parte):
        raise PermissionDenied(motivo)
    esigi_firmato(impegno.accordo)
    if impegno.adempiuto_il:
        raise Rifiuto(_("L'impegno risulta già adempiuto il %s.") % f"{impegno.adempiuto_il:%d/%m/%Y}")
    if quando > oggi():
        raise Rifiuto(_("La data è futura: indica il giorno in cui è stato fatto."))
    impegno.adempiuto_il, impegno.nota = quando, nota
    impegno.confermato_il = oggi() if puo_gestire_accordo(utente) else None
    if prova:
        _scarta_prova(impegno)
        impegno.prova = prova
    impegno.full_clean()
    impegno.save()
    annota(utente, "accordo.impegno_adempiuto", impegno.accordo, impegno=impegno.testo, il=str(quando))
    return impegno


@transaction.atomic
def conferma_impegno(*, utente: Utente, impegno: Impegno) -> Impegno:
    """The office agrees that it was met; again it changes nothing."""
    impegno = _bloccato(impegno)
    accordo = blocca(utente, impegno.accordo)
    if impegno.adempiuto_il is None:
        raise Rifiuto(_("Nessuno ha ancora detto che l'impegno è adempiuto: registralo come adempiuto."))
    if impegno.confermato_il is None:
        impegno.confermato_il = oggi()
        impegno.full_clean()
        impegno.save()
        annota(utente, "accordo.impegno_confermato", accordo, impegno=impegno.testo)
    return impegno


@transaction.atomic
def respingi_impegno(*, utente: Utente, impegno: Impegno, motivo: str) -> Impegno:
    """The office doesn't agree: it is open again, and the party reads why. Refuses one already confirmed."""
    impegno = _bloccato(impegno)
    accordo = blocca(utente, impegno.accordo)
    esigi_motivo(motivo)
    if impegno.adempiuto_il is None or impegno.confermato_il:
        raise Rifiuto(_("Non c'è niente da respingere: l'impegno è aperto, oppure è già confermato."))
    impegno.adempiuto_il, impegno.nota = None, motivo.strip()[:255]
    impegno.full_clean()
    impegno.save()
    annota(utente, "accordo.impegno_respinto", accordo, impegno=impegno.testo, motivo=motivo.strip())
    avvisa_impegno_respinto(impegno, motivo.strip())
    return impegno


def _scarta_prova(impegno: Impegno) -> None:
    """The bytes of a proof that nothing will name any more go, once the transaction holds."""
    if impegno.prova:
        archivio, nome = impegno.prova.storage, impegno.prova.name
        transaction.on_commit(lambda: archivio.delete(nome))


def _bloccato(impegno: Impegno) -> Impegno:
    return (
        Impegno.objects.select_for_update(of=("self",)).select_related("accordo", "parte__soggetto").get(pk=impegno.pk)
    )
