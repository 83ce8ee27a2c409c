"""A host's changes that wait for the Province: proposed, withdrawn, accepted, refused.

A model of our own: Wagtail's workflow moderates the latest draft, and a point has only
one, which the Province's editors share (docs/architecture.md).
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.posta import accoda
from core.registro import annota
from core.transizioni import transita
from punti_informativi import permissions
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Deroga
from punti_informativi.services.conferme import indirizzi_dell_ospite
from punti_informativi.services.contenuto import applica, bloccato, controlla_campi
from punti_informativi.stati import TRANSIZIONI_PROPOSTA, StatoProposta
from punti_informativi.valori import deroga_in_json, metti, valori_di


@dataclass(frozen=True)
class Partenza:
    """What a host had before its eyes when it began to write: the point, and the proposal that waited then."""

    punto: dict[str, Any]
    attesi: dict[str, Any] = field(default_factory=dict)
    proposta: int | None = None

    @property
    def visti(self) -> dict[str, Any]:
        return self.punto | self.attesi


class Superata(Rifiuto):
    """Somebody moved first: the page shows what changed, and keeps what was typed."""


def partenza_di(punto: PuntoInformativo) -> Partenza:
    aperta = proposta_aperta(punto)
    if aperta is None:
        return Partenza(valori_di(punto))
    return Partenza(valori_di(punto), aperta.dopo, aperta.pk)


def proposta_aperta(punto: PuntoInformativo) -> Proposta | None:
    return punto.proposte.filter(stato=StatoProposta.IN_ATTESA).select_related("proposta_da").first()


@transaction.atomic
def proponi_modifica(
    *, utente: Any, punto: PuntoInformativo, scritti: dict[str, Any], partenza: Partenza, messaggio: str = ""
) -> Proposta | None:
    """Propose what differs between `scritti` and what the host saw; nothing is public until the Province accepts.

    A point has one open proposal: a second one joins it, field by field. None when no
    difference is left, and an open proposal is then withdrawn. Refuses (Superata) when
    a colleague changed the same field, or the proposal was decided meanwhile.
    """
    punto = bloccato(punto)
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    controlla_campi(scritti)
    aperta = proposta_aperta(punto)
    cambiati = {c: v for c, v in scritti.items() if v != partenza.visti[c]}
    _nessuno_prima(punto, partenza, aperta, cambiati)
    ora, attesi = valori_di(punto), aperta.dopo if aperta else {}
    dopo = {c: v for c, v in (attesi | cambiati).items() if v != ora.get(c)}
    prima = {c: partenza.punto[c] if c in cambiati else aperta.prima[c] for c in dopo}
    return _scrivi(utente, punto, aperta, prima, dopo, messaggio)


@transaction.atomic
def proponi_eccezione(*, utente: Any, punto: PuntoInformativo, deroga: Deroga) -> Proposta | None:
    """Ask for a dated closure or opening too far away to be public at once; it joins the open proposal."""
    punto = bloccato(punto)
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    aperta = proposta_aperta(punto)
    prima, dopo = (aperta.prima, aperta.dopo) if aperta else ({}, {})
    righe, nuova = dopo.get("eccezioni", []), deroga_in_json(deroga)
    if nuova in righe:
        raise Rifiuto(_("L'hai già chiesto: è tra le modifiche in attesa della Provincia."))
    if len(righe) >= settings.PUNTI_ECCEZIONI_MASSIME:
        raise Rifiuto(_("Hai già chiesto troppe date: aspetta che la Provincia decida, o ritira la proposta."))
    dopo = dopo | {"eccezioni": [*righe, nuova]}
    messaggio = aperta.messaggio if aperta else ""
    return _scrivi(utente, punto, aperta, prima | {"eccezioni": []}, dopo, messaggio)


def _nessuno_prima(
    punto: PuntoInformativo, partenza: Partenza, aperta: Proposta | None, cambiati: dict[str, Any]
) -> None:
    if partenza.proposta and (aperta is None or aperta.pk != partenza.proposta):
        decisa = Proposta.objects.get(pk=partenza.proposta)
        frase = _("La proposta che stavi correggendo intanto è stata chiusa (%s): controlla e invia di nuovo.")
        raise Superata(frase % decisa.get_stato_display().lower())
    if aperta is None:
        return
    scontri = [c for c, v in cambiati.items() if aperta.dopo.get(c, v) not in (v, partenza.visti[c])]
    if scontri:
        nomi = ", ".join(str(etichetta(c)) for c in scontri)
        frase = _(
            "Intanto %(chi)s ha proposto altro per: %(campi)s. "
            "Se invii di nuovo vale quello che c'è adesso in questa pagina."
        )
        raise Superata(frase % {"chi": aperta.proposta_da, "campi": nomi})


def _scrivi(
    utente: Any,
    punto: PuntoInformativo,
    aperta: Proposta | None,
    prima: dict[str, Any],
    dopo: dict[str, Any],
    messaggio: str,
) -> Proposta | None:
    if not dopo:
        if aperta:
            _chiudi(utente, punto, aperta, StatoProposta.RITIRATA, "proposta_ritirata")
        return None
    prova = PuntoInformativo.objects.get(pk=punto.pk)
    metti(prova, dopo)
    prova.full_clean()
    proposta = aperta or Proposta(punto=punto)
    proposta.prima, proposta.dopo, proposta.messaggio = prima, dopo, messaggio
    proposta.proposta_da, proposta.proposta_il = utente, adesso()
    proposta.full_clean()
    proposta.save()
    annota(utente, "modifica_proposta", punto, campi=sorted(dopo), proposta=proposta.pk)
    return proposta


@transaction.atomic
def ritira_proposta(*, utente: Any, punto: PuntoInformativo) -> Proposta:
    """The host takes back what it proposed. Refuses when nothing waits."""
    punto = bloccato(punto)
    if motivo := permissions.motivo_rifiuto_ritira(utente, punto):
        raise PermissionDenied(motivo)
    proposta = proposta_aperta(punto)
    if proposta is None:
        raise Rifiuto(_("Non c'è niente da ritirare: la Provincia ha già deciso."))
    return _chiudi(utente, punto, proposta, StatoProposta.RITIRATA, "proposta_ritirata")


@transaction.atomic
def accogli_proposta(
    *, utente: Any, proposta: Proposta, vista: str, correzioni: dict[str, Any] | None = None
) -> Proposta:
    """Publish a proposal, whole or with `correzioni` to its fields, and tell the host.

    `vista`: the fingerprint of what the moderator read (`impronta`). Refuses a proposal
    already decided, one's own, and one that changed, or whose point changed, meanwhile.
    """
    proposta, punto = _da_decidere(utente, proposta, vista)
    if estranei := set(correzioni or {}) - set(proposta.dopo):
        raise PermissionDenied(f"Campi fuori dalla proposta: {', '.join(sorted(estranei))}.")
    valori = proposta.dopo | (correzioni or {})
    corretti = sorted(c for c in proposta.dopo if valori[c] != proposta.dopo[c])
    applica(utente=utente, punto=punto, valori=valori, proposta=proposta.pk, corretti=corretti)
    _decidi(utente, punto, proposta, StatoProposta.ACCOLTA, "proposta_accolta")
    _avvisa(punto, proposta, "proposta_accolta", _("Modifiche accolte: «%s»"), corretti=corretti)
    return proposta


@transaction.atomic
def respingi_proposta(*, utente: Any, proposta: Proposta, vista: str, motivo: str) -> Proposta:
    """Refuse a proposal with a reason, which the host receives; the page stays as it is."""
    proposta, punto = _da_decidere(utente, proposta, vista)
    if not motivo.strip():
        raise Rifiuto(_("Scrivi il motivo: il soggetto ospitante lo riceve per email."))
    proposta.motivo = motivo.strip()
    _decidi(utente, punto, proposta, StatoProposta.RESPINTA, "proposta_respinta")
    _avvisa(punto, proposta, "proposta_respinta", _("Modifiche non accolte: «%s»"), corretti=[])
    return proposta


def chiudi_aperta(utente: Any, punto: PuntoInformativo, motivo: str) -> None:
    """Nothing waits for a point that ended, or that passed to another host."""
    if proposta := proposta_aperta(punto):
        proposta.motivo = motivo
        _decidi(utente, punto, proposta, StatoProposta.RESPINTA, "proposta_respinta")


def chiudi_se_altro_ospite(utente: Any, punto: PuntoInformativo) -> None:
    """What the old host had proposed isn't the new one's: who proposed never represented it."""
    proposta = proposta_aperta(punto)
    if proposta and not punto.soggetto.rappresentanze.filter(utente=proposta.proposta_da).exists():
        chiudi_aperta(utente, punto, _("Il punto è passato a un altro ospite."))


def impronta(proposta: Proposta, punto: PuntoInformativo) -> str:
    """Fingerprint of what a decision rests on: the proposal, and the same fields on page and draft."""
    campi = set(proposta.dopo) - {"eccezioni"}
    bozza = punto.get_latest_revision_as_object() if punto.has_unpublished_changes else punto
    adesso_ = [{c: v for c, v in valori_di(p).items() if c in campi} for p in (punto, bozza)]
    testo = json.dumps([proposta.dopo, proposta.messaggio, *adesso_], sort_keys=True)
    return hashlib.sha256(testo.encode()).hexdigest()


def _da_decidere(utente: Any, proposta: Proposta, vista: str) -> tuple[Proposta, PuntoInformativo]:
    punto = bloccato(proposta.punto)
    proposta = Proposta.objects.select_for_update(of=("self",)).get(pk=proposta.pk)
    if motivo := permissions.motivo_rifiuto_decidi(utente, proposta):
        raise PermissionDenied(motivo)
    if proposta.stato != StatoProposta.IN_ATTESA:
        frase = _("La proposta non è più in attesa (%s): non c'è niente da decidere.")
        raise Rifiuto(frase % proposta.get_stato_display().lower())
    if impronta(proposta, punto) != vista:
        raise Rifiuto(_("Intanto la proposta o il punto sono cambiati: rileggi le differenze e decidi di nuovo."))
    return proposta, punto


def _decidi(utente: Any, punto: PuntoInformativo, proposta: Proposta, stato: str, azione: str) -> None:
    proposta.decisa_da, proposta.decisa_il = utente, adesso()
    _chiudi(utente, punto, proposta, stato, azione)


def _chiudi(utente: Any, punto: PuntoInformativo, proposta: Proposta, stato: str, azione: str) -> Proposta:
    transita(proposta, stato, tabella=TRANSIZIONI_PROPOSTA, utente=utente, azione=azione)
    annota(utente, azione, punto, proposta=proposta.pk, campi=sorted(proposta.dopo), motivo=proposta.motivo)
    return proposta


def _avvisa(punto: PuntoInformativo, proposta: Proposta, modello: str, oggetto: str, *, corretti: list[str]) -> None:
    dati = {
        "punto": punto,
        "proposta": proposta,
        "campi": [str(etichetta(c)) for c in proposta.dopo],
        "corretti": [str(etichetta(c)) for c in corretti],
    }
    for email in indirizzi_dell_ospite(punto):
        accoda(
            chiave=f"proposta-{proposta.pk}-{email}"[:120],
            destinatario=email,
            oggetto=oggetto % punto.nome,
            testo=render_to_string(f"punti_informativi/email/{modello}.txt", dati),
            riferimento=f"punto-{punto.pk}",
        )


def etichetta(campo: str) -> Any:
    """The words for a field of a proposal."""
    altre = {"orari": _("orario settimanale"), "eccezioni": _("chiusure e aperture straordinarie")}
    return altre.get(campo) or PuntoInformativo._meta.get_field(campo).verbose_name
