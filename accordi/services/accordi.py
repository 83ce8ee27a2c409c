"""Verbs on agreements before and after signing: create, amend, freeze, withdraw, activate, suspend."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Istanza, Parte
from accordi.stati import StatoIstanza
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Soggetto
from utenti.models import Utente
from utenti.permissions import motivo_rifiuto_coordina


@transaction.atomic
def crea_accordo(*, utente: Utente, istanza: Istanza) -> Accordo:
    """Draft the agreement of an admitted application from the model of its call.

    Parties in signing order: the Province, the leading body, its partners by
    name. Called again it returns the draft that exists. Sends nothing. Refuses
    an application that isn't admitted.
    """
    _esigi_coordinamento(utente)
    istanza = Istanza.objects.select_for_update(of=("self",)).select_related("avviso", "protocollo").get(pk=istanza.pk)
    esistente = Accordo.objects.filter(istanza=istanza).first()
    if esistente:
        return esistente
    if istanza.stato != StatoIstanza.AMMESSA:
        raise Rifiuto(_("L'accordo si prepara dopo l'ammissione dell'istanza: concludi prima l'istruttoria."))
    altri = [
        p.soggetto
        for p in istanza.partecipanti.select_related("soggetto").order_by("soggetto__denominazione")
        if p.soggetto_id != istanza.capofila_id
    ]
    parti = [Soggetto.objects.titolare(), istanza.capofila, *altri]
    accordo = Accordo(
        tipo=istanza.avviso.tipo,
        titolo=f"{istanza.avviso.titolo}: {istanza.capofila}"[:255],
        istanza=istanza,
        testo=_compila_modello(istanza, parti),
    )
    return _salva_nuovo(utente, accordo, parti)


@transaction.atomic
def crea_accordo_libero(*, utente: Utente, tipo: str, titolo: str, testo: str, parti: Sequence[Soggetto]) -> Accordo:
    """Draft an agreement that no application asks for (collaboration, memorandum).

    `parti` are the other parties: the Province is always the first. Refuses
    when there is none, or the same one twice. Sends nothing.
    """
    _esigi_coordinamento(utente)
    provincia = Soggetto.objects.titolare()
    altre = [p for p in parti if p != provincia]
    if not altre:
        raise Rifiuto(_("Un accordo ha almeno due parti: aggiungi chi lo firma con la Provincia."))
    if len(set(altre)) != len(altre):
        raise Rifiuto(_("La stessa parte compare due volte: toglila una volta."))
    return _salva_nuovo(utente, Accordo(tipo=tipo, titolo=titolo, testo=testo), [provincia, *altre])


def _esigi_coordinamento(utente: Utente) -> None:
    motivo = motivo_rifiuto_coordina(utente)
    if motivo:
        raise PermissionDenied(motivo)


def _salva_nuovo(utente: Utente, accordo: Accordo, parti: Sequence[Soggetto]) -> Accordo:
    accordo.creato_il = adesso()
    accordo.full_clean()
    accordo.save()
    Parte.objects.bulk_create(
        Parte(accordo=accordo, soggetto=soggetto, ordine=n) for n, soggetto in enumerate(parti, start=1)
    )
    annota(utente, "accordo.creato", accordo, tipo=accordo.tipo, parti=[s.slug for s in parti])
    return accordo


def _compila_modello(istanza: Istanza, parti: Sequence[Soggetto]) -> str:
    """Put the application's data in the call's model; plain replacement, so that no text can run anything."""
    testo = istanza.avviso.modello_accordo
    for segnaposto, valore in {
        "{parti}": ", ".join(str(p) for p in parti),
        "{avviso}": istanza.avviso.titolo,
        "{atto}": istanza.avviso.atto,
        "{protocollo}": str(istanza.protocollo),
    }.items():
        testo = testo.replace(segnaposto, valore)
    return testo
